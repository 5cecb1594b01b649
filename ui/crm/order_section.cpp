#include "ui/crm/order_section.h"

#include "ui/crm/order_body.h"
#include "ui/widgets/format.h"
#include "ui/widgets/order_text.h"

namespace aiva {

OrderSection::OrderSection(QWidget* parent) : AccordionSection(parent) {}

void OrderSection::setOrder(const OrderView& order, const QString& adminUrl, UtcTime now, const QLocale& locale) {
    const bool another = order.id != m_order.id;
    const bool same = order == m_order && adminUrl == m_adminUrl && locale == m_locale;
    m_now = now;
    if (same) return refreshAges(now);
    m_order = order;
    m_adminUrl = adminUrl;
    m_locale = locale;
    const OrderStanding standing = orderStanding(order);
    header()->setContent({order.name, formatOrderDate(order.createdAt, now, locale), orderStandingDot(standing),
                          orderStandingWord(standing), isStandingPrinted(standing),
                          formatFullDate(order.createdAt, locale)});
    if (another && body() != nullptr) static_cast<OrderBody*>(body())->foldItems();
    if (isExpanded()) fillBody();
}

void OrderSection::refreshAges(UtcTime now) {
    m_now = now;
    if (isExpanded()) fillBody();
}

QList<QWidget*> OrderSection::bodyControls() const {
    return body() != nullptr ? static_cast<const OrderBody*>(body())->controls() : QList<QWidget*>();
}

QWidget* OrderSection::makeBody() {
    auto* made = new OrderBody(this);
    connect(made, &OrderBody::openUrlRequested, this, &OrderSection::openUrlRequested);
    connect(made, &OrderBody::trackingLinkCopied, this, &OrderSection::trackingLinkCopied);
    return made;
}

void OrderSection::fillBody() {
    static_cast<OrderBody*>(body())->setOrder(m_order, m_adminUrl, m_now, m_locale);
}

} // namespace aiva
