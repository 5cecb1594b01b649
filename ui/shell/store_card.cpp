#include "ui/shell/store_card.h"

#include "ui/theme/painting.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct StateLook {
    DotLook dot;
    QString word;
};

StateLook lookOf(StoreStatus status) {
    switch (status) {
    case StoreStatus::NeverSynced:
        return {{DotShape::Hollow, Tone::Neutral}, StoreCard::tr("never synced")};
    case StoreStatus::Syncing:
        return {{DotShape::Half, Tone::Warning}, StoreCard::tr("syncing")};
    case StoreStatus::Connected:
        return {{DotShape::Filled, Tone::Ok}, StoreCard::tr("connected")};
    case StoreStatus::Error:
        return {{DotShape::Ring, Tone::Danger}, StoreCard::tr("last sync failed")};
    case StoreStatus::Disconnected:
        return {{DotShape::Ring, Tone::Danger}, StoreCard::tr("disconnected")};
    }
    return {};
}

QString resultWord(SyncStatus status) {
    switch (status) {
    case SyncStatus::Running:
        return StoreCard::tr("running");
    case SyncStatus::Completed:
        return StoreCard::tr("completed");
    case SyncStatus::CompletedWithErrors:
        return StoreCard::tr("completed with errors");
    case SyncStatus::Failed:
        return StoreCard::tr("failed");
    case SyncStatus::Cancelled:
        return StoreCard::tr("cancelled");
    case SyncStatus::Interrupted:
        return StoreCard::tr("interrupted");
    }
    return {};
}

} // namespace

StoreCard::StoreCard(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 14);
    column->setSpacing(size::grid);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    m_dot = new StatusDot(this);
    m_name = textLabel({}, TextStyle::Title, &Colors::textPrimary, this);
    m_domain = textLabel({}, TextStyle::Meta, &Colors::textSecondary, this);
    m_sync = new SubtleButton(tr("Sync now"), SubtleButton::Look::Subtle, this);
    connect(m_sync, &QAbstractButton::clicked, this, [this] { Q_EMIT syncAsked(m_id); });
    head->addWidget(m_dot);
    head->addWidget(m_name);
    head->addWidget(m_domain, 1);
    head->addWidget(m_sync);
    column->addLayout(head);
    m_state = textLabel({}, TextStyle::MonoMicro, &Colors::textSecondary, this);
    m_last = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this);
    m_counts = textLabel({}, TextStyle::MonoMeta, &Colors::textPrimary, this);
    column->addWidget(m_counts);
    column->addWidget(m_state);
    column->addWidget(m_last);
    m_advice = textLabel({}, TextStyle::Meta, &Colors::warning, this);
    m_advice->setWordWrap(true);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_advice);
}

void StoreCard::setStore(const StoreView& view, const std::optional<SyncProgress>& progress) {
    const StoreRow& store = view.store;
    m_id = store.id;
    setAccessibleName(store.name);
    m_name->setText(store.name.isEmpty() ? store.domain : store.name);
    m_domain->setText(store.name.isEmpty() ? QString() : store.domain);
    m_sync->setSpokenName(tr("Sync %1 now").arg(m_name->text()));
    const QLocale locale;
    m_counts->setText(
        tr("%1 customers · %2 orders · %3 products")
            .arg(locale.toString(view.customers), locale.toString(view.orders), locale.toString(view.products)));
    const bool syncing = progress.has_value() || store.status == StoreStatus::Syncing;
    showState(view, syncing);
    if (progress && progress->batch > 0 && progress->batches > 0)
        m_state->setText(u"> sync_in_progress (batch %1/%2)"_s.arg(progress->batch).arg(progress->batches));
    m_sync->setEnabled(!syncing && store.status != StoreStatus::Disconnected);
}

void StoreCard::showState(const StoreView& view, bool syncing) {
    const StateLook look = lookOf(syncing ? StoreStatus::Syncing : view.store.status);
    m_dot->setStatus(look.dot, look.word);
    QString state = look.word;
    if (view.store.historyLimited && view.store.kind == StoreKind::Shopify)
        state += tr(" · orders of the last 60 days");
    m_state->setText(state);
    m_last->setText(lastSync(view));
    m_advice->setVisible(!syncing && view.store.status == StoreStatus::Disconnected);
    m_advice->setText(tr("The shop no longer accepts its credentials. What is cached stays. To reconnect, run "
                         "aivactl store connect shopify --shop %1 with new ones.")
                          .arg(view.store.domain));
}

QString StoreCard::lastSync(const StoreView& view) const {
    const StoreRow& store = view.store;
    if (store.status == StoreStatus::Disconnected)
        return tr("Connect it again with: aivactl store connect shopify --shop %1").arg(store.domain);
    if (!store.lastSyncAt) return tr("no sync yet");
    const QString at = formatTime(*store.lastSyncAt, m_clock.now(), QLocale());
    return store.lastSyncStatus ? tr("last sync %1, %2").arg(at, resultWord(*store.lastSyncStatus))
                                : tr("last sync %1").arg(at);
}

void StoreCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeRounded(painter, rect(), size::radiusCard, Theme::colors().borderSubtle);
}

} // namespace aiva
