#include "ui/crm/crm_panel.h"

#include "ui/crm/identity_card.h"
#include "ui/crm/match_foot.h"
#include "ui/crm/no_customer_view.h"
#include "ui/crm/order_list.h"
#include "ui/crm/order_section.h"
#include "ui/crm/past_conversations.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/overlay_scroll_area.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace aiva {
namespace {

constexpr int kAgeIntervalMs = 60'000;

} // namespace

CrmPanel::CrmPanel(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_pages(new QStackedWidget(this))
    , m_nothing(new EmptyState)
    , m_firstSync(new EmptyState)
    , m_noCustomer(new NoCustomerView)
    , m_scroll(new OverlayScrollArea)
    , m_identity(new IdentityCard)
    , m_orders(new OrderList)
    , m_past(new PastConversationList)
    , m_foot(new MatchFoot) {
    setFixedWidth(size::crmPanel);
    setAttribute(Qt::WA_OpaquePaintEvent); // it fills itself: the window need not be painted beneath
    setAccessibleName(tr("Customer"));
    buildCustomerPage();
    m_nothing->setContent(tr("No conversation selected"), tr("Choose one to see who writes and what they ordered."));
    m_firstSync->setContent(
        tr("Customers are on their way"),
        tr("The first sync is running, newest first. People appear here as soon as they are known."));
    for (QWidget* page : {static_cast<QWidget*>(m_nothing), static_cast<QWidget*>(m_firstSync),
                          static_cast<QWidget*>(m_noCustomer), static_cast<QWidget*>(m_scroll)})
        m_pages->addWidget(page);
    auto* column = new QVBoxLayout(this);
    // The border takes its pixel at the leading edge.
    column->setContentsMargins(size::hairline, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    column->addWidget(m_foot);
    m_ageTimer.setInterval(kAgeIntervalMs);
    m_ageTimer.setTimerType(Qt::VeryCoarseTimer);
    connectParts();
    setState({});
    m_foot->clearMatch();
}

void CrmPanel::buildCustomerPage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_identity);
    column->addWidget(m_orders);
    column->addWidget(m_past);
    column->addStretch(1);
    m_scroll->setWidget(page);
}

void CrmPanel::connectParts() {
    connect(&m_ageTimer, &QTimer::timeout, this, &CrmPanel::refreshAges);
    connect(m_orders, &OrderList::openUrlRequested, this, &CrmPanel::openUrlRequested);
    connect(m_orders, &OrderList::trackingLinkCopied, this, &CrmPanel::trackingLinkCopied);
    connect(m_orders, &OrderList::historyRequested, this, &CrmPanel::historyRequested);
    connect(m_orders, &OrderList::moreOrdersRequested, this, &CrmPanel::moreOrdersRequested);
    connect(m_past, &PastConversationList::conversationRequested, this, &CrmPanel::conversationRequested);
    connect(m_noCustomer, &NoCustomerView::searchChanged, this, &CrmPanel::customerSearchChanged);
    connect(m_noCustomer, &NoCustomerView::linkRequested, this, &CrmPanel::linkRequested);
    connect(m_noCustomer, &NoCustomerView::undoRequested, this, &CrmPanel::linkUndoRequested);
    connect(m_foot, &MatchFoot::unlinkRequested, this, &CrmPanel::unlinkRequested);
    connect(m_foot, &MatchFoot::undoRequested, this, &CrmPanel::linkUndoRequested);
    connect(m_foot, &MatchFoot::refreshRequested, this, &CrmPanel::refreshRequested);
}

void CrmPanel::setState(const CrmPanelState& state) {
    if (m_filled && state == m_state) return;
    m_filled = true;
    m_state = state;
    if (const auto* customer = std::get_if<CrmPanelState::Customer>(&m_state.content)) {
        showCustomer(*customer);
        m_pages->setCurrentWidget(m_scroll);
        return;
    }
    m_foot->clearMatch();
    if (const auto* none = std::get_if<CrmPanelState::NoneFound>(&m_state.content)) {
        m_noCustomer->setAddress(none->address,
                                 none->isFilling ? NoCustomerView::Known::SoFar : NoCustomerView::Known::All,
                                 m_state.link == CrmPanelState::Link::Corrected ? NoCustomerView::Undo::Offered
                                                                                : NoCustomerView::Undo::None);
        m_pages->setCurrentWidget(m_noCustomer);
    } else {
        m_pages->setCurrentWidget(std::holds_alternative<CrmPanelState::FirstSync>(m_state.content) ? m_firstSync
                                                                                                    : m_nothing);
    }
}

void CrmPanel::showCustomer(const CrmPanelState::Customer& customer) {
    const UtcTime now = m_clock.now();
    const QLocale locale;
    const bool another = customer.view.profile != m_shownProfile;
    m_shownProfile = customer.view.profile;
    m_identity->setCustomer(customer.view, locale);
    m_orders->setCustomer(customer.view, now, locale);
    m_orders->setFreshness(customer.view.asOf, m_state.network, now, locale);
    m_past->setConversations(customer.past, now, locale);
    m_foot->setMatch(customer.view.matchedBy, customer.view.matchDetail, m_state.link);
    if (another) m_scroll->verticalScrollBar()->setValue(0);
}

void CrmPanel::refreshAges() {
    const auto* customer = std::get_if<CrmPanelState::Customer>(&m_state.content);
    if (customer == nullptr) return;
    m_orders->refreshAges(m_clock.now());
    m_orders->setFreshness(customer->view.asOf, m_state.network, m_clock.now(), QLocale());
}

void CrmPanel::setCandidates(const QString& sought, const std::vector<SearchHit>& hits) {
    m_noCustomer->setCandidates(sought, hits);
}

void CrmPanel::openOrder(int index) {
    if (m_pages->currentWidget() != m_scroll) return;
    OrderSection* section = m_orders->sectionAt(index);
    if (section == nullptr) return;
    section->setExpansion(Expansion::Expanded);
    section->header()->setFocus(Qt::ShortcutFocusReason);
    // The body just unfolded has no place yet.
    m_scroll->widget()->layout()->activate();
    m_scroll->ensureWidgetVisible(section, 0, 0);
    m_scroll->ensureWidgetVisible(section->header(), 0, 0);
}

void CrmPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& c = Theme::colors();
    painter.fillRect(rect(), c.elevated);
    strokeEdge(painter, rect(), layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge, c.borderSubtle);
}

void CrmPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F5)
        Q_EMIT refreshRequested();
    else
        QWidget::keyPressEvent(event);
}

void CrmPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshAges();
    m_ageTimer.start();
}

void CrmPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_ageTimer.stop();
}

} // namespace aiva
