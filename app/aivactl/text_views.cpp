#include "app/aivactl/json_views.h"

namespace aiva::ctl {
namespace {

QString day(const std::optional<UtcTime>& time) {
    return time ? time->isoText().left(10) : QStringLiteral("–");
}

QString word(const QString& text) {
    return text.isEmpty() ? QStringLiteral("–") : text;
}

} // namespace

QString moneyText(const Money& money) {
    return money.currency().isValid() ? money.decimalText() + QLatin1Char(' ') + money.currency().text()
                                      : QStringLiteral("–");
}

QString orderText(const OrderView& order) {
    QString text = QStringLiteral("%1  %2  %3  %4, %5")
                       .arg(order.name, day(order.createdAt), moneyText(order.total), word(order.financialStatus),
                            word(order.fulfillmentStatus));
    if (order.cancelledAt) text += QStringLiteral("  cancelled ") + day(order.cancelledAt);
    if (!order.refunded.isZero()) text += QStringLiteral("  refunded ") + moneyText(order.refunded);
    for (const OrderItemView& item : order.items) {
        const QString variant = item.variant.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(item.variant);
        text +=
            QStringLiteral("\n    %1x %2%3  %4").arg(item.quantity).arg(item.title, variant, moneyText(item.unitPrice));
    }
    for (const TrackingView& tracking : order.tracking) {
        const QStringList parts{word(tracking.company), tracking.number, tracking.status, tracking.url};
        text += QStringLiteral("\n    ") + parts.join(QLatin1Char(' ')).simplified();
    }
    return text;
}

QString customerText(const CustomerView& customer) {
    QString text = QStringLiteral("%1 <%2>\n%3 · %4 LTV · %5 orders")
                       .arg(customer.name, customer.email, toWord(customer.precedence), moneyText(customer.ltv))
                       .arg(customer.ordersCount);
    if (!customer.tags.isEmpty()) text += QStringLiteral(" · ") + customer.tags.join(QStringLiteral(", "));
    text += QStringLiteral("\nfirst order %1, last order %2, matched by %3")
                .arg(day(customer.firstOrderAt), day(customer.lastOrderAt), toWord(customer.matchedBy));
    for (const OrderView& order : customer.orders)
        text += QStringLiteral("\n  ") + orderText(order);
    return text;
}

QString conversationText(const ConversationView& conversation) {
    QString text = conversation.subject;
    for (const MessageView& message : conversation.messages) {
        text += QStringLiteral("\n\n%1 <%2>  %3\n%4")
                    .arg(message.from.name, message.from.email, message.sentAt.isoText(), message.text);
        for (const AttachmentView& attachment : message.attachments)
            text +=
                QStringLiteral("\n[%1, %2, %3 bytes]").arg(attachment.name, attachment.mimeType).arg(attachment.size);
    }
    if (conversation.draft) text += QStringLiteral("\n\nDraft:\n") + conversation.draft->text;
    return text;
}

} // namespace aiva::ctl
