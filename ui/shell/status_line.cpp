#include "ui/shell/status_line.h"

#include "ui/stores/job_text.h"
#include "ui/stores/store_text.h"
#include "ui/theme/painting.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/pulsing_dot.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// Those that are connected. Files stand for no shop that could have news: they count where there is nothing else.
std::vector<StoreRow> storesInTouch(const std::vector<StoreView>& views) {
    std::vector<StoreRow> shops;
    std::vector<StoreRow> files;
    for (const StoreView& view : views)
        if (view.store.status != StoreStatus::Disconnected)
            (view.store.kind == StoreKind::Csv ? files : shops).push_back(view.store);
    return shops.empty() ? files : shops;
}

} // namespace

StatusLine::StatusLine(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setFixedHeight(size::statusLine);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(11, size::hairline, 14, 0);
    line->setSpacing(0);
    m_pulse = new PulsingDot(this);
    m_dot = new StatusDot(this);
    m_activity = textLabel({}, TextStyle::MonoMicro, &Colors::textSecondary, this);
    m_detail = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this);
    m_detail->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_counts = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this);
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_offline = textLabel(tr("○ offline, showing what is cached"), TextStyle::MonoMicro, &Colors::warning, this);
    m_offline->setAccessibleName(tr("offline, showing what is cached"));
    m_offline->hide();
    m_mails = new SubtleButton({}, SubtleButton::Look::Quiet, this);
    m_mails->setFocusPolicy(Qt::TabFocus);
    connect(m_mails, &QAbstractButton::clicked, this, &StatusLine::outboxAsked);
    m_autoSend = new SubtleButton({}, SubtleButton::Look::Quiet, this);
    m_autoSend->setFocusPolicy(Qt::TabFocus);
    m_autoSend->hide();
    connect(m_autoSend, &QAbstractButton::clicked, this, &StatusLine::autoSendAsked);
    line->addWidget(m_pulse);
    line->addWidget(m_dot);
    line->addSpacing(size::grid + 1);
    line->addWidget(m_activity);
    line->addSpacing(4 * size::grid);
    line->addWidget(m_detail);
    line->addWidget(m_counts, 1);
    line->addWidget(m_autoSend);
    line->addSpacing(2 * size::grid);
    line->addWidget(m_mails);
    line->addSpacing(2 * size::grid);
    line->addWidget(m_offline);
    rewrite();
}

void StatusLine::setStores(const std::vector<StoreView>& stores) {
    m_stores = stores;
    rewrite();
}

void StatusLine::setProgress(const SyncProgress& progress) {
    m_running[progress.store] = progress;
    rewrite();
}

void StatusLine::setSyncing(StoreId store, bool syncing) {
    if (!syncing)
        m_running.remove(store);
    else if (!m_running.contains(store))
        m_running.insert(store, std::nullopt);
    rewrite();
}

void StatusLine::setMailProgress(const MailSyncProgress& progress) {
    if (progress.total > 0 && progress.done >= progress.total)
        m_mail.remove(progress.mailbox);
    else
        m_mail[progress.mailbox] = progress;
    rewrite();
}

void StatusLine::endMailSync(MailboxId mailbox) {
    m_mail.remove(mailbox);
    rewrite();
}

void StatusLine::setOutbox(const Outbox& outbox) {
    if (outbox == m_outbox) return;
    m_outbox = outbox;
    rewrite();
}

void StatusLine::setAutoSend(AutoSendSection::State state) {
    using State = AutoSendSection::State;
    m_autoSend->setVisible(state != State::Off);
    m_autoSend->setText(state == State::Stopped ? tr("❚❚ auto-send stopped") : tr("● auto-send on"));
    m_autoSend->setSpokenName(state == State::Stopped ? tr("Automatic sending is stopped. Allow it again")
                                                      : tr("Automatic sending is on. Stop everything"));
    m_autoSend->setToolTip(state == State::Stopped ? tr("Press to allow it again")
                                                   : tr("Press to stop everything that would leave by itself"));
}

void StatusLine::setImporting(bool importing) {
    m_importing = importing;
    rewrite();
}

void StatusLine::setOnline(bool online) {
    m_online = online;
    rewrite();
}

// Of several the first that has anything to tell.
std::optional<SyncProgress> StatusLine::shownProgress() const {
    for (const auto& progress : m_running)
        if (progress) return progress;
    return std::nullopt;
}

QString StatusLine::activity() const {
    if (!m_running.isEmpty()) {
        SyncProgress progress = shownProgress().value_or(SyncProgress());
        progress.slowedByMs = 0; // said beside it
        return storeActivityText(progress);
    }
    if (!m_mail.isEmpty()) return u"> mail_sync_in_progress"_s;
    if (m_importing) return u"> mail_import_in_progress"_s;
    return {};
}

// How the stores stand while nothing goes on. One that is disconnected has the banner; offline is no failure of a shop.
StatusLine::Standing StatusLine::standing() const {
    const std::vector<StoreRow> stores = storesInTouch(m_stores);
    if (!m_stores.empty() && stores.empty())
        return {u"> disconnected"_s, {DotShape::Ring, Tone::Danger}, tr("disconnected")};
    std::optional<UtcTime> since; // what is here is as old as the oldest of it
    bool isWhole = true;
    for (const StoreRow& store : stores) {
        const bool isFailed = store.lastSyncStatus == SyncStatus::Failed || store.status == StoreStatus::Error;
        if (isFailed && m_online) return {u"> sync_failed"_s, {DotShape::Ring, Tone::Danger}, tr("failed")};
        isWhole = isWhole && store.lastSyncAt.has_value();
        if (store.lastSyncAt) since = std::min(since.value_or(*store.lastSyncAt), *store.lastSyncAt);
    }
    if (!since) return {};
    const QString text =
        isWhole ? u"> synced %1"_s.arg(formatTime(*since, m_clock.now(), QLocale())) : u"> synced_in_part"_s;
    if (!m_online) return {text, {DotShape::Hollow, Tone::Warning}, tr("offline")};
    if (!isWhole) return {text, {DotShape::Half, Tone::Warning}, tr("not every store has been synced")};
    return {text, {DotShape::Filled, Tone::Ok}, tr("up to date")};
}

// Of several stores, each with its own.
QString StatusLine::syncTimes() const {
    const std::vector<StoreRow> stores = storesInTouch(m_stores);
    QStringList lines;
    for (const StoreRow& store : stores)
        lines << tr("%1: %2", "store, when it was synced")
                     .arg(storeTitle(store), store.lastSyncAt ? formatTime(*store.lastSyncAt, m_clock.now(), QLocale())
                                                              : tr("never synced"));
    return lines.size() > 1 ? lines.join(u'\n') : QString();
}

QString StatusLine::detail() const {
    if (m_running.isEmpty() && !m_mail.isEmpty()) {
        const MailSyncProgress& mail = m_mail.first();
        if (mail.total <= 0) return mail.folder;
        return tr("%1 %2 of %3").arg(mail.folder, QLocale().toString(mail.done), QLocale().toString(mail.total));
    }
    const auto progress = shownProgress();
    if (!progress) return {};
    if (progress->slowedByMs > 0) return tr("slowing down, the shop asked for it");
    const QString resource = resourceTitle(progress->resource);
    const QLocale locale;
    if (progress->total > 0)
        return tr("%1 %2 of %3").arg(resource, locale.toString(progress->done), locale.toString(progress->total));
    return progress->done > 0 ? tr("%1 %2").arg(resource, locale.toString(progress->done)) : resource;
}

QString StatusLine::counts() const {
    if (m_stores.empty()) return {};
    qint64 customers = 0;
    qint64 orders = 0;
    for (const StoreView& view : m_stores) {
        customers += view.customers;
        orders += view.orders;
    }
    const QString who = m_stores.size() == 1 ? storeTitle(m_stores.front().store)
                                             : tr("%n stores", nullptr, static_cast<int>(m_stores.size()));
    return tr("%1 %2 · %3", "whose, customers, orders")
        .arg(who, resourceCountText(Resource::Customers, customers), resourceCountText(Resource::Orders, orders));
}

void StatusLine::rewrite() {
    const QString doing = activity();
    const bool isBusy = !doing.isEmpty();
    const Standing stands = isBusy ? Standing{doing, {}, {}} : standing();
    m_pulse->setVisible(isBusy);
    m_pulse->setMeaning(doing);
    m_dot->setVisible(!isBusy && !stands.text.isEmpty());
    m_dot->setStatus(stands.dot, stands.word);
    m_activity->setText(stands.text);
    m_activity->setToolTip(isBusy ? QString() : syncTimes());
    m_detail->setText(detail());
    m_detail->setContentsMargins(0, 0, m_detail->text().isEmpty() ? 0 : 4 * size::grid, 0);
    m_counts->setText(counts());
    m_mails->setText(outboxText());
    m_mails->setVisible(!m_mails->text().isEmpty());
    m_mails->setSpokenName(tr("Outbox: %1").arg(m_mails->text()));
    m_offline->setVisible(!m_online);
    setAccessibleName(tr("Status: %1").arg(text()));
}

QString StatusLine::outboxText() const {
    QStringList parts;
    if (m_outbox.isPaused) parts << tr("❚❚ sending paused");
    if (m_outbox.waiting > 0) parts << tr("outbox %1").arg(QLocale().toString(m_outbox.waiting));
    if (m_outbox.needsYou > 0) parts << tr("%1 held").arg(QLocale().toString(m_outbox.needsYou));
    return parts.join(u" · "_s);
}

QString StatusLine::text() const {
    QStringList parts{m_activity->text(), m_detail->text(), m_counts->text(), m_mails->text()};
    if (!m_online) parts << m_offline->accessibleName();
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

void StatusLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::TopEdge, Theme::colors().borderSubtle);
}

} // namespace aiva
