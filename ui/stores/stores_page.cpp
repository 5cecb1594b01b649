#include "ui/stores/stores_page.h"

#include "ui/stores/connect/connect_wizard.h"
#include "ui/stores/disconnect_store_sheet.h"
#include "ui/stores/history_sheet.h"
#include "ui/stores/import/import_sheet.h"
#include "ui/stores/rename_sheet.h"
#include "ui/stores/store_card.h"
#include "ui/stores/store_text.h"
#include "ui/stores/webhooks/webhook_sheet.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

#include <algorithm>

namespace aiva {

StoresPage::StoresPage(StoreDesk& desk, StoreReads reads, const Clock& clock, QWidget* parent)
    : Page(tr("Stores"), parent)
    , m_desk(desk)
    , m_reads(std::move(reads))
    , m_clock(clock)
    , m_list(new QVBoxLayout)
    , m_empty(new EmptyState)
    , m_totals(new TextBlock(TextStyle::MonoMicro, &Colors::textMuted))
    , m_files(new SubtleButton(tr("Import files…"), SubtleButton::Look::Quiet))
    , m_add(new SubtleButton(tr("Connect a store"), SubtleButton::Look::Subtle)) {
    addToHeading(m_files);
    addToHeading(m_add);
    m_empty->setContent(tr("No store is connected yet"),
                        tr("Connect your shop to see who writes, what they ordered, and where it is. Aiva only reads; "
                           "it changes nothing there."),
                        tr("Connect a store"));
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_list->setSpacing(3 * size::grid);
    column()->addWidget(m_totals);
    column()->addLayout(m_list);
    column()->addWidget(m_empty, 1);
    column()->addStretch();
    connect(m_add, &QAbstractButton::clicked, this, &StoresPage::connectStore);
    connect(m_files, &QAbstractButton::clicked, this, [this] { importFiles(); });
    connect(m_empty, &EmptyState::actionTriggered, this, &StoresPage::connectStore);
    showTotals();
}

StoreState StoresPage::stateOf(const StoreView& view) const {
    StoreState state;
    state.view = view;
    const auto progress = m_progress.find(view.store.id);
    if (progress != m_progress.end()) state.progress = progress->second;
    const auto jobs = m_reads.jobs ? m_reads.jobs(view.store.id, jobsForFailures)
                                   : Result<std::vector<SyncJobRow>>(std::vector<SyncJobRow>());
    if (jobs) {
        const auto ended = std::find_if(jobs->begin(), jobs->end(),
                                        [](const SyncJobRow& job) { return job.status != SyncStatus::Running; });
        if (ended != jobs->end()) state.lastJob = *ended;
    }
    const SyncFailures failures = jobs ? failuresOf(*jobs) : SyncFailures();
    state.retryKind = failures.kind;
    state.standing = standingOf(view.store, failures, std::nullopt, m_clock.now());
    if (m_reads.comparison)
        if (const auto comparison = m_reads.comparison(view.store.id)) state.comparison = *comparison;
    if (m_reads.apiHealth)
        if (const auto health = m_reads.apiHealth(view.store.id, m_clock.now())) state.apiHealth = *health;
    return state;
}

void StoresPage::setStores(const std::vector<StoreView>& stores) {
    m_views = stores;
    refresh();
}

// What is not looked at is not read.
void StoresPage::refresh() {
    if (isVisible()) showStores();
}

void StoresPage::showEvent(QShowEvent* event) {
    showStores();
    Page::showEvent(event);
}

// A card stays with its store: what has the focus in it, and its open menu, never come to mean another one. Stores come
// in the order they were connected in, so none changes its place.
void StoresPage::showStores() {
    m_empty->setVisible(m_views.empty());
    std::vector<StoreCard*> before = std::exchange(m_cards, {});
    for (const StoreView& view : m_views) {
        const auto known = std::find_if(before.begin(), before.end(), [&view](const StoreCard* card) {
            return card->state().view.store.id == view.store.id;
        });
        m_cards.push_back(known != before.end() ? *known : addCard());
        if (known != before.end()) before.erase(known);
        m_cards.back()->setState(stateOf(view));
    }
    for (StoreCard* gone : before) {
        gone->hide();
        gone->deleteLater(); // it may be inside its own signal
    }
    showTotals();
    if (m_history)
        for (const StoreView& view : m_views)
            if (view.store.id == m_history->store()) m_history->refresh(view.store);
}

void StoresPage::setProgress(const SyncProgress& progress) {
    m_progress.insert_or_assign(progress.store, progress);
    for (StoreCard* card : m_cards) {
        if (card->state().view.store.id != progress.store) continue;
        StoreState state = card->state();
        state.progress = progress;
        card->setState(state);
    }
    if (m_history && m_history->store() == progress.store) m_history->setProgress(progress);
}

void StoresPage::endProgress(StoreId store) {
    m_progress.erase(store);
    if (m_history && m_history->store() == store) m_history->setProgress(std::nullopt);
}

void StoresPage::showTotals() {
    std::vector<StoreState> states;
    for (const StoreCard* card : m_cards)
        states.push_back(card->state());
    m_totals->setText(totalsTexts(states).join(u'\n'));
    m_totals->setVisible(states.size() > 1);
    m_add->setVisible(!states.empty());
}

void StoresPage::setSchedule(StoreId store, const QString& schedule) {
    whenDone(m_desk.setSchedule(store, schedule), this, [this](const Result<bool>& done) {
        if (done) return;
        showStores(); // the menu shows what was chosen, and that is not so
        Q_EMIT failed(done.error());
    });
}

StoreCard* StoresPage::addCard() {
    auto* card = new StoreCard(m_clock, this);
    m_list->addWidget(card);
    card->show();
    const auto store = [card] { return card->state().view.store; };
    connect(card, &StoreCard::syncAsked, this, [=, this](SyncKind kind) { m_desk.syncStore(store().id, kind); });
    connect(card, &StoreCard::importAsked, this, [=, this] { importFiles(store()); });
    connect(card, &StoreCard::cancelAsked, this, [=, this] { m_desk.cancelSync(store().id); });
    connect(card, &StoreCard::compareAsked, this, [=, this] { m_desk.compareStore(store().id); });
    connect(card, &StoreCard::scheduleAsked, this,
            [=, this](const QString& schedule) { setSchedule(store().id, schedule); });
    connect(card, &StoreCard::renameAsked, this, [=, this] {
        auto* sheet = new RenameSheet(m_desk, store(), window());
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    connect(card, &StoreCard::olderOrdersAsked, this, [this] { Q_EMIT openUrlAsked(historyAccessUrl()); });
    connect(card, &StoreCard::historyAsked, this, [=, this] { showHistory(store()); });
    if (m_webhooks) card->offerWebhooks();
    connect(card, &StoreCard::webhooksAsked, this, [=, this] { showWebhooks(store()); });
    connect(card, &StoreCard::reconnectAsked, this, [=, this] { reconnect(store().id); });
    connect(card, &StoreCard::disconnectAsked, this, [=, this] {
        auto* sheet = new DisconnectStoreSheet(m_desk, card->state().view, window());
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    return card;
}

HistorySheet* StoresPage::showHistory(const StoreRow& store) {
    auto* sheet = new HistorySheet(m_desk, m_reads, m_clock, store, window());
    m_history = sheet;
    if (const auto progress = m_progress.find(store.id); progress != m_progress.end())
        sheet->setProgress(progress->second);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
    return sheet;
}

WebhookSheet* StoresPage::showWebhooks(const StoreRow& store) {
    auto* sheet = new WebhookSheet(*m_webhooks, store, m_clock, window());
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
    return sheet;
}

ConnectWizard* StoresPage::connectStore() {
    return open(new ConnectWizard(m_desk, window()));
}

ImportSheet* StoresPage::importFiles(const std::optional<StoreRow>& again) {
    auto* sheet = new ImportSheet(m_desk, window());
    if (again) sheet->setStore(*again);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
    return sheet;
}

ConnectWizard* StoresPage::reconnect(StoreId store) {
    for (const StoreView& view : m_views)
        if (view.store.id == store) return open(new ConnectWizard(m_desk, view.store, window()));
    return nullptr;
}

ConnectWizard* StoresPage::open(ConnectWizard* wizard) {
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    wizard->open();
    return wizard;
}

} // namespace aiva
