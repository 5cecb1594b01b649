#include "ui/shell/customer_feed.h"

#include "ui/crm/crm_panel.h"
#include "ui/stores/store_text.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace aiva {

namespace {
constexpr int ordersAtFirst = 10;
constexpr int ordersMore = 25;
constexpr int candidates = 8;
constexpr int frameMs = 16;

bool hasDisconnectedStore(const CustomerView& customer) {
    return std::any_of(customer.stores.begin(), customer.stores.end(),
                       [](const StoreIdentity& store) { return store.status == StoreStatus::Disconnected; });
}

// Its first sync goes on, waits or is to be tried again.
bool isUnfinished(const StoreView& view) {
    return !view.store.lastSyncAt && view.store.status != StoreStatus::Disconnected;
}

// Nobody of it is known yet, and somebody soon will be.
bool isBare(const StoreView& view) {
    return view.customers == 0 && !view.store.lastSyncAt && view.store.status == StoreStatus::Syncing;
}
} // namespace

CustomerFeed::CustomerFeed(Desk& desk, const Clock& clock, QObject* parent)
    : QObject(parent), m_desk(desk), m_panel(new CrmPanel(clock)) {
    connectPanel();
    m_nextFrame.setSingleShot(true);
    connect(&m_nextFrame, &QTimer::timeout, this, [this] { showPanel(Panel::Now); });
}

void CustomerFeed::connectPanel() {
    connect(m_panel, &CrmPanel::refreshRequested, this, &CustomerFeed::refreshRequested);
    connect(m_panel, &CrmPanel::openUrlRequested, this, &CustomerFeed::openUrlRequested);
    connect(m_panel, &CrmPanel::historyRequested, this, [this] { Q_EMIT openUrlRequested(historyAccessUrl()); });
    connect(m_panel, &CrmPanel::conversationRequested, this, &CustomerFeed::conversationRequested);
    connect(m_panel, &CrmPanel::customerSearchChanged, this, &CustomerFeed::findCandidates);
    connect(m_panel, &CrmPanel::moreOrdersRequested, this, [this] {
        m_orderLimit += ordersMore;
        fill();
    });
    connect(m_panel, &CrmPanel::linkRequested, this, [this](ProfileId profile) {
        if (m_conversation.isValid()) m_desk.linkToProfile(m_conversation, profile);
    });
    connect(m_panel, &CrmPanel::unlinkRequested, this, [this] {
        if (m_conversation.isValid()) m_desk.linkToProfile(m_conversation, std::nullopt);
    });
    connect(m_panel, &CrmPanel::linkUndoRequested, this, [this] {
        if (m_conversation.isValid()) m_desk.revertLink(m_conversation);
    });
}

void CustomerFeed::follow(const ConversationView& conversation, std::optional<CustomerView> customer,
                          std::vector<PastConversation> past) {
    const bool hasMoreOrders = conversation.id == m_conversation && m_orderLimit > ordersAtFirst;
    m_conversation = conversation.id;
    m_profile = {};
    m_address = conversation.customerEmail;
    if (hasMoreOrders) return fill();
    m_orderLimit = ordersAtFirst;
    keep(std::move(customer), std::move(past));
}

// A slow machine shows the conversation with this frame and the panel with the next one rather than miss both.
void CustomerFeed::showPanel(Panel when) {
    if (!m_due) return;
    if (when == Panel::NextFrame) return m_nextFrame.start(frameMs);
    m_nextFrame.stop();
    m_panel->setState(*std::exchange(m_due, std::nullopt));
}

void CustomerFeed::showPerson(ProfileId profile) {
    if (profile != m_profile) m_orderLimit = ordersAtFirst;
    m_conversation = {};
    m_profile = profile;
    m_address.clear();
    fill();
}

void CustomerFeed::showNothing() {
    m_conversation = {};
    m_profile = {};
    m_address.clear();
    fill();
}

void CustomerFeed::refresh() {
    fill();
}

void CustomerFeed::openOrder(int index) {
    showPanel(Panel::Now);
    m_panel->openOrder(index);
}

Result<std::optional<CustomerView>> CustomerFeed::read() {
    CustomerQuery& customers = *m_desk.read().customers;
    if (m_conversation.isValid()) return customers.forConversation(m_conversation, m_orderLimit);
    if (m_profile.isValid()) return customers.byProfile(m_profile, m_orderLimit);
    return std::optional<CustomerView>();
}

void CustomerFeed::fill() {
    auto customer = read();
    if (!customer) Q_EMIT failed(customer.error());
    std::optional<CustomerView> person = customer ? *std::move(customer) : std::nullopt;
    std::vector<PastConversation> past = person ? pastOf(*person) : std::vector<PastConversation>();
    keep(std::move(person), std::move(past));
    showPanel(Panel::Now);
}

void CustomerFeed::keep(std::optional<CustomerView> customer, std::vector<PastConversation> past) {
    m_customer = std::move(customer);
    CrmPanelState state;
    state.network = m_desk.isOnline() ? CrmPanelState::Network::Online : CrmPanelState::Network::Offline;
    if (m_customer) {
        if (hasDisconnectedStore(*m_customer)) state.network = CrmPanelState::Network::Disconnected;
        if (m_customer->matchedBy == MatchedBy::Manual) state.link = CrmPanelState::Link::Corrected;
        state.content = CrmPanelState::Customer{*m_customer, std::move(past)};
    } else {
        const auto stores = m_desk.read().stores->stores();
        const std::vector<StoreView> known = stores ? *stores : std::vector<StoreView>();
        if (!known.empty() && std::all_of(known.begin(), known.end(), isBare))
            state.content = CrmPanelState::FirstSync{};
        else if (m_conversation.isValid())
            state.content = CrmPanelState::NoneFound{m_address, std::any_of(known.begin(), known.end(), isUnfinished)};
    }
    m_due = std::move(state);
}

std::vector<PastConversation> CustomerFeed::pastOf(const CustomerView& customer) {
    auto past = m_desk.read().customers->pastConversations(customer.profile, m_conversation);
    return past ? *std::move(past) : std::vector<PastConversation>();
}

void CustomerFeed::findCandidates(const QString& text) {
    if (text.trimmed().isEmpty()) {
        m_panel->setCandidates(text, {});
        return;
    }
    whenDone(m_desk.search(text, candidates), this, [this, text](const Result<std::vector<SearchHit>>& hits) {
        if (hits) m_panel->setCandidates(text, *hits);
    });
}

} // namespace aiva
