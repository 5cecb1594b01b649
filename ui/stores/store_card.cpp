#include "ui/stores/store_card.h"

#include "ui/errors/error_text.h"
#include "ui/stores/api_text.h"
#include "ui/stores/store_text.h"
#include "ui/stores/sync_steps.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/pulsing_dot.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QMenu>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

StoreCard::StoreCard(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_dot(new StatusDot(this))
    , m_pulse(new PulsingDot(this))
    , m_name(new ElidedLabel(TextStyle::Title, &Colors::textPrimary, this))
    , m_domain(new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this))
    , m_counts(new ElidedLabel(TextStyle::MonoMeta, &Colors::textPrimary, this))
    , m_last(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_next(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_left(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_comparison(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_api(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_steps(new SyncSteps(this))
    , m_history(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_ask(new SubtleButton(tr("Request historical access"), SubtleButton::Look::Subtle, this))
    , m_advice(new TextBlock(TextStyle::Meta, &Colors::warning, this))
    , m_act(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_sync(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_more(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_menu(new QMenu(m_more)) {
    describe(this);
    build();
    buildMenu();
}

void StoreCard::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 14);
    column->setSpacing(size::grid);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_domain->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setGlyph(Icon::More);
    head->addWidget(m_dot);
    head->addWidget(m_pulse);
    head->addWidget(m_name);
    head->addWidget(m_domain, 1);
    head->addWidget(m_sync);
    head->addWidget(m_more);
    column->addLayout(head);
    auto* activity = new QHBoxLayout;
    activity->setSpacing(3 * size::grid);
    m_left->setAlignment(Qt::AlignTrailing);
    m_left->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (ElidedLabel* line : {m_counts, m_last, m_next, m_comparison, m_api})
        line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    activity->addWidget(m_last, 1);
    activity->addWidget(m_left);
    column->addWidget(m_counts);
    column->addLayout(activity);
    column->addWidget(m_steps);
    column->addWidget(m_next);
    column->addWidget(m_comparison);
    column->addWidget(m_api);
    auto* limited = new QHBoxLayout;
    limited->setSpacing(3 * size::grid);
    limited->addWidget(m_history, 1);
    limited->addWidget(m_ask, 0, Qt::AlignTop);
    column->addLayout(limited);
    auto* trouble = new QHBoxLayout;
    trouble->setSpacing(3 * size::grid);
    trouble->addWidget(m_advice, 1);
    trouble->addWidget(m_act, 0, Qt::AlignTop);
    column->addLayout(trouble);
    connect(m_sync, &QAbstractButton::clicked, this, [this] {
        if (m_state.isBusy())
            Q_EMIT cancelAsked();
        else if (isOfFiles())
            Q_EMIT importAsked();
        else
            Q_EMIT syncAsked(SyncKind::Incremental);
    });
    connect(m_act, &QAbstractButton::clicked, this, [this] {
        if (isParted())
            Q_EMIT reconnectAsked();
        else
            Q_EMIT syncAsked(m_state.retryKind);
    });
    connect(m_ask, &QAbstractButton::clicked, this, &StoreCard::olderOrdersAsked);
}

void StoreCard::buildMenu() {
    m_menu->setToolTipsVisible(true);
    m_frequency = m_menu->addMenu(tr("Frequency"));
    QMenu* frequency = m_frequency;
    m_schedules = new QActionGroup(frequency);
    for (const ScheduleChoice& choice : scheduleChoices()) {
        QAction* action = frequency->addAction(choice.title);
        action->setCheckable(true);
        action->setData(choice.word);
        m_schedules->addAction(action);
    }
    connect(m_schedules, &QActionGroup::triggered, this,
            [this](const QAction* action) { Q_EMIT scheduleAsked(action->data().toString()); });
    m_menu->addAction(tr("Rename…"), this, &StoreCard::renameAsked);
    m_menu->addAction(tr("History…"), this, &StoreCard::historyAsked);
    m_webhooks = m_menu->addAction(tr("Hear of changes at once…"), this, &StoreCard::webhooksAsked);
    m_webhooks->setVisible(false);
    m_menu->addSeparator();
    m_fullSync = m_menu->addAction(tr("Sync everything again"), this, [this] { Q_EMIT syncAsked(SyncKind::Full); });
    m_older = m_menu->addAction(tr("Load older orders"), this, [this] { Q_EMIT syncAsked(SyncKind::History); });
    m_older->setToolTip(tr("A first sync brings the orders of the last 90 days."));
    m_compare = m_menu->addAction(tr("Compare with the shop"), this, &StoreCard::compareAsked);
    m_menu->addSeparator();
    m_reconnect = m_menu->addAction(tr("Reconnect…"), this, &StoreCard::reconnectAsked);
    m_disconnect = m_menu->addAction(tr("Disconnect…"), this, &StoreCard::disconnectAsked);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + size::grid))); });
}

void StoreCard::offerWebhooks() {
    m_offersWebhooks = true;
}

bool StoreCard::isToAct() const {
    using State = SyncStanding::State;
    const State state = m_state.standing.state;
    return !m_state.isBusy() && (isParted() || state == State::Retrying || state == State::Stopped);
}

bool StoreCard::isToSync() const {
    return !isParted() && (m_state.isBusy() || !isToAct());
}

// "Retry now" gives way to "Stop" and that to "Sync now": one who pressed the one goes on with the other.
void StoreCard::passFocus() {
    const QWidget* focused = window()->focusWidget();
    const bool leaves = (focused == m_act && !isToAct()) || (focused == m_sync && !isToSync());
    if (!leaves) return;
    SubtleButton* next = isToSync() ? m_sync : isToAct() ? m_act : m_more;
    next->show();
    next->setFocus(Qt::OtherFocusReason);
}

void StoreCard::setState(const StoreState& state) {
    const QString before = face().name;
    m_state = state;
    const StoreRow& store = state.view.store;
    passFocus();
    const StoreLook look = storeLook(state);
    m_dot->setStatus(look.dot, look.word);
    m_dot->setVisible(!state.isBusy());
    m_pulse->setMeaning(look.word);
    m_pulse->setVisible(state.isBusy());
    m_name->setText(storeTitle(store));
    m_domain->setText(store.name.isEmpty() ? QString() : store.domain);
    m_counts->setText(storeCountsText(state.view));
    showActivity();
    showAdvice();
    showButtons();
    if (face().name != before) announceChange(this, QAccessible::NameChanged);
}

void StoreCard::showActivity() {
    const StoreRow& store = m_state.view.store;
    const UtcTime now = m_clock.now();
    const bool isBusy = m_state.isBusy();
    const SyncProgress progress = m_state.progress.value_or(SyncProgress());
    m_last->setText(isBusy ? storeActivityText(progress)
                           : storeLook(m_state).word + u" · "_s + lastSyncText(m_state, now));
    m_left->setText(isBusy ? timeLeftText(progress) : QString());
    m_left->setVisible(!m_left->text().isEmpty());
    m_steps->setProgress(progress.resources);
    m_steps->setVisible(isBusy && !progress.resources.empty());
    QStringList next{nextSyncText(m_state, now), signInText(m_state, now)};
    next.removeAll(QString());
    m_next->setText(next.join(u" · "_s));
    m_next->setVisible(!isBusy);
    m_comparison->setText(comparisonText(m_state.comparison, now));
    m_comparison->setVisible(!isBusy && !m_comparison->text().isEmpty());
    m_api->setText(apiHealthText(m_state.apiHealth, now));
    m_api->setVisible(!isBusy && !m_api->text().isEmpty());
    const bool isLimited = store.kind == StoreKind::Shopify && store.historyLimited && store.lastSyncAt;
    for (QWidget* part : {static_cast<QWidget*>(m_history), static_cast<QWidget*>(m_ask)})
        part->setVisible(isLimited && !isBusy && store.status == StoreStatus::Connected);
    m_history->setText(
        tr("Limited history: Shopify shows this app the orders of the last 60 days. Once it allows older "
           "ones, add read_all_orders to the app's scopes, release it, and reconnect."));
    m_ask->setSpokenName(tr("Request historical access for %1").arg(m_name->text()));
}

void StoreCard::showAdvice() {
    const QString advice = storeAdvice(m_state);
    const auto error = isParted() ? errorOfWords(m_state.view.store.lastError) : std::nullopt;
    const bool isExpected =
        m_state.standing.state == SyncStanding::State::Unreachable || (error && error->cause == ErrorCause::SignInOver);
    m_advice->setColor(isExpected ? &Colors::textSecondary : &Colors::warning);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_act->setVisible(isToAct());
    m_act->setText(isParted() ? tr("Reconnect") : tr("Retry now"));
    m_act->setSpokenName(isParted() ? tr("Reconnect %1").arg(m_name->text()) : tr("Retry %1 now").arg(m_name->text()));
}

void StoreCard::showButtons() {
    const bool isBusy = m_state.isBusy();
    const bool isOn = !isParted();
    m_sync->setText(isBusy ? tr("Stop") : isOfFiles() ? tr("Import again…") : tr("Sync now"));
    const bool isComparing = m_state.progress && m_state.progress->work == SyncProgress::Work::Comparison;
    m_sync->setSpokenName(isComparing   ? tr("Stop comparing %1").arg(m_name->text())
                          : isBusy      ? tr("Stop syncing %1").arg(m_name->text())
                          : isOfFiles() ? tr("Import newer files of %1").arg(m_name->text())
                                        : tr("Sync %1 now").arg(m_name->text()));
    m_sync->setVisible(isToSync());
    m_more->setSpokenName(tr("More about %1").arg(m_name->text()));
    for (QAction* action : m_schedules->actions()) {
        action->setChecked(action->data().toString() == m_state.view.store.schedule);
        action->setEnabled(isOn);
    }
    m_fullSync->setEnabled(isOn && !isBusy);
    // A shop with limited history shows no more than what is here; the card says so.
    const StoreRow& store = m_state.view.store;
    m_frequency->menuAction()->setVisible(!isOfFiles()); // no shop stands behind files
    for (QAction* ofShops : {m_fullSync, m_older, m_compare, m_reconnect, m_disconnect})
        ofShops->setVisible(!isOfFiles());
    m_older->setEnabled(isOn && !isBusy && store.lastSyncAt && !store.historyLimited);
    m_compare->setEnabled(isOn && !isBusy);
    // Parted by a person nothing is left to be forgotten; parted by the shop, the keys of before are.
    m_disconnect->setEnabled(isOn || !store.lastError.isEmpty());
    m_webhooks->setVisible(m_offersWebhooks && !isOfFiles());
    m_webhooks->setEnabled(isOn);
}

AccessibleFace StoreCard::face() const {
    QStringList words{m_name->text(), storeLook(m_state).word, m_last->text(), m_counts->text()};
    if (!m_state.isBusy()) words << m_next->text();
    return {QAccessible::Grouping, words.join(u", "_s), {}, m_advice->text(), Expansion::None};
}

void StoreCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeRounded(painter, rect(), size::radiusCard, Theme::colors().borderSubtle);
}

} // namespace aiva
