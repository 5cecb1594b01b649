#include "ui/crm/order_list.h"

#include "ui/crm/order_section.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/order_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

const StoreIdentity* storeOf(const CustomerView& customer, StoreId id) {
    for (const StoreIdentity& store : customer.stores)
        if (store.storeId == id) return &store;
    return nullptr;
}

} // namespace

OrderList::OrderList(QWidget* parent)
    : QWidget(parent)
    , m_asOf(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_sectionField(new QWidget(this))
    , m_none(new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this))
    , m_more(new SubtleButton({}, SubtleButton::Look::Quiet, this))
    , m_limited(new QWidget(this)) {
    auto* caption = new ElidedLabel(TextStyle::Micro, &Colors::textMuted, this);
    caption->setText(tr("Orders"));
    m_asOf->setAlignment(Qt::AlignTrailing);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->setContentsMargins(size::outset, 0, size::outset, 0);
    head->addWidget(caption);
    head->addWidget(m_asOf, 1);

    m_sectionColumn = new QVBoxLayout(m_sectionField);
    m_sectionColumn->setContentsMargins(0, 0, 0, 0);
    m_sectionColumn->setSpacing(0);

    auto* limitedColumn = new QVBoxLayout(m_limited);
    limitedColumn->setContentsMargins(size::outset, 12, size::outset, 0);
    limitedColumn->setSpacing(8);
    auto* limited = new TextBlock(TextStyle::Meta, &Colors::textSecondary, m_limited);
    limited->setText(tr("Limited history: the shop shows orders of the last 60 days only."));
    auto* request = new SubtleButton(tr("Request historical access"), SubtleButton::Look::Subtle, m_limited);
    limitedColumn->addWidget(limited);
    limitedColumn->addWidget(request, 0, Qt::AlignLeading);

    auto* column = new QVBoxLayout(this);
    // Rows reach their outset into the padding.
    constexpr int side = size::panelPadding - size::outset;
    column->setContentsMargins(side, size::panelPadding, side, size::panelPadding);
    m_none->setContentsMargins(size::outset, 0, size::outset, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addSpacing(6);
    column->addWidget(m_sectionField);
    column->addWidget(m_none);
    column->addSpacing(size::grid);
    column->addWidget(m_more);
    column->addWidget(m_limited);
    connect(m_more, &SubtleButton::clicked, this, &OrderList::moreOrdersRequested);
    connect(request, &SubtleButton::clicked, this, &OrderList::historyRequested);
}

std::vector<OrderList::Row> OrderList::rowsOf(const CustomerView& customer) {
    std::vector<Row> rows;
    rows.reserve(customer.orders.size());
    for (const OrderView& order : customer.orders)
        rows.push_back({&order, storeOf(customer, order.storeId)});
    // One list per store when there are several; newest first within each, the stores as the customer lists them.
    const auto rank = [&customer](const Row& row) {
        return row.store == nullptr ? static_cast<std::ptrdiff_t>(customer.stores.size())
                                    : row.store - customer.stores.data();
    };
    std::stable_sort(rows.begin(), rows.end(), [&rank](const Row& a, const Row& b) { return rank(a) < rank(b); });
    return rows;
}

OrderSection* OrderList::makeSection() {
    auto* section = new OrderSection(m_sectionField);
    connect(section, &OrderSection::openUrlRequested, this, &OrderList::openUrlRequested);
    connect(section, &OrderSection::trackingLinkCopied, this, &OrderList::trackingLinkCopied);
    connect(section, &OrderSection::expansionChanged, this, &OrderList::orderTabs);
    connect(section->header(), &AccordionHeader::stepWanted, this, [this, section](int key) { step(section, key); });
    return section;
}

void OrderList::matchSections(const std::vector<Row>& rows) {
    std::vector<OrderSection*> free(m_sections.begin(), m_sections.end());
    std::vector<OrderSection*> matched(rows.size(), nullptr);
    for (size_t i = 0; i < rows.size(); ++i)
        for (OrderSection*& section : free)
            if (section != nullptr && section->orderId() == rows[i].order->id) {
                matched[i] = std::exchange(section, nullptr);
                break;
            }
    std::erase(free, nullptr);
    size_t next = 0;
    for (OrderSection*& section : matched)
        if (section == nullptr) section = next < free.size() ? free[next++] : makeSection();
    matched.insert(matched.end(), free.begin() + static_cast<std::ptrdiff_t>(next), free.end());
    m_sections = std::move(matched);
    m_used = rows.size();
}

void OrderList::placeSections(const std::vector<Row>& rows, const CustomerView& customer) {
    const bool grouped = customer.stores.size() > 1;
    size_t captions = 0;
    int position = 0;
    const auto place = [this, &position](QWidget* widget) {
        if (m_sectionColumn->indexOf(widget) != position) {
            m_sectionColumn->removeWidget(widget);
            m_sectionColumn->insertWidget(position, widget);
        }
        widget->show();
        ++position;
    };
    for (size_t i = 0; i < rows.size(); ++i) {
        if (grouped && (i == 0 || rows[i].store != rows[i - 1].store)) {
            if (m_storeCaptions.size() == captions) {
                m_storeCaptions.push_back(new ElidedLabel(TextStyle::Micro, &Colors::textSecondary, m_sectionField));
                m_storeCaptions.back()->setContentsMargins(size::outset, 12, size::outset, 0);
            }
            m_storeCaptions[captions]->setText(rows[i].store != nullptr ? rows[i].store->storeName : tr("Other store"));
            place(m_storeCaptions[captions++]);
        }
        place(m_sections[i]);
    }
    for (size_t i = rows.size(); i < m_sections.size(); ++i)
        m_sections[i]->hide();
    for (size_t i = captions; i < m_storeCaptions.size(); ++i)
        m_storeCaptions[i]->hide();
}

void OrderList::setCustomer(const CustomerView& customer, UtcTime now, const QLocale& locale) {
    const bool another = customer.profile != m_profile;
    m_profile = customer.profile;
    const std::vector<Row> rows = rowsOf(customer);
    if (another) {
        // Positions, not orders: the sections of the last person take the next one's orders in place.
        while (m_sections.size() < rows.size())
            m_sections.push_back(makeSection());
        m_used = rows.size();
    } else {
        matchSections(rows);
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        if (another) m_sections[i]->setExpansion(Expansion::Collapsed);
        m_sections[i]->setOrder(*rows[i].order,
                                rows[i].store != nullptr ? adminUrl(*rows[i].order, *rows[i].store) : QString(), now,
                                locale);
    }
    placeSections(rows, customer);
    if (another && !rows.empty()) m_sections[0]->setExpansion(Expansion::Expanded);
    showNotes(customer);
    orderTabs();
}

void OrderList::orderTabs() {
    QWidget* last = m_sectionField;
    const auto next = [&last](QWidget* widget) {
        QWidget::setTabOrder(last, widget);
        last = widget;
    };
    for (size_t i = 0; i < m_used; ++i) {
        next(m_sections[i]->header());
        for (QWidget* control : m_sections[i]->bodyControls())
            next(control);
    }
}

void OrderList::showNotes(const CustomerView& customer) {
    m_none->setText(tr("No orders yet."));
    m_none->setVisible(customer.orders.empty());
    const qint64 hidden = customer.ordersCount - static_cast<qint64>(customer.orders.size());
    m_more->setText(hidden > 0 ? tr("%1 more orders", nullptr, static_cast<int>(hidden)).arg(QLocale().toString(hidden))
                               : tr("More orders"));
    m_more->setVisible(customer.hasMoreOrders);
    m_limited->setVisible(customer.historyLimited);
}

void OrderList::setFreshness(std::optional<UtcTime> asOf, CrmPanelState::Network network, UtcTime now,
                             const QLocale& locale) {
    const bool stale = network != CrmPanelState::Network::Online;
    const QString time = asOf ? tr("as of %1", "time").arg(formatTime(*asOf, now, locale)) : QString();
    QStringList parts;
    if (stale) parts << (network == CrmPanelState::Network::Offline ? tr("offline") : tr("disconnected"));
    if (!time.isEmpty()) parts << time;
    m_asOf->setText(parts.join(u" · "_s));
    m_asOf->setColor(stale ? &Colors::warning : &Colors::textMuted);
}

void OrderList::refreshAges(UtcTime now) {
    for (size_t i = 0; i < m_used; ++i)
        m_sections[i]->refreshAges(now);
}

OrderSection* OrderList::sectionAt(int index) const {
    return index >= 0 && static_cast<size_t>(index) < m_used ? m_sections[static_cast<size_t>(index)] : nullptr;
}

void OrderList::step(OrderSection* from, int key) {
    const auto begin = m_sections.begin();
    const auto last = static_cast<int>(m_used) - 1;
    const int at = static_cast<int>(std::find(begin, m_sections.end(), from) - begin);
    int target = at;
    if (key == Qt::Key_Up) target = at - 1;
    if (key == Qt::Key_Down) target = at + 1;
    if (key == Qt::Key_Home) target = 0;
    if (key == Qt::Key_End) target = last;
    if (OrderSection* section = sectionAt(std::clamp(target, 0, std::max(0, last))))
        section->header()->setFocus(Qt::OtherFocusReason);
}

} // namespace aiva
