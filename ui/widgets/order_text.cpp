#include "ui/widgets/order_text.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct OrderWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::OrderText)
};

bool isAllDigits(const QString& number) {
    return std::all_of(number.begin(), number.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString joined(const QString& carrier, const QString& number) {
    return carrier.isEmpty() || number.isEmpty() ? carrier + number : carrier + u' ' + number;
}

QString eventWord(const QString& status) {
    const QString word = status.toUpper();
    if (word == "IN_TRANSIT"_L1) return OrderWords::tr("In transit");
    if (word == "OUT_FOR_DELIVERY"_L1) return OrderWords::tr("Out for delivery");
    if (word == "DELIVERED"_L1) return OrderWords::tr("Delivered");
    if (word == "ATTEMPTED_DELIVERY"_L1) return OrderWords::tr("Delivery attempted");
    if (word == "NOT_DELIVERED"_L1 || word == "FAILURE"_L1) return OrderWords::tr("Not delivered");
    if (word == "READY_FOR_PICKUP"_L1) return OrderWords::tr("Ready for pickup");
    if (word == "PICKED_UP"_L1) return OrderWords::tr("Picked up");
    if (word == "CARRIER_PICKED_UP"_L1) return OrderWords::tr("With the carrier");
    if (word == "DELAYED"_L1) return OrderWords::tr("Delayed");
    if (word == "CONFIRMED"_L1) return OrderWords::tr("Confirmed by the carrier");
    if (word == "LABEL_PRINTED"_L1 || word == "LABEL_PURCHASED"_L1) return OrderWords::tr("Label made");
    if (word == "LABEL_VOIDED"_L1) return OrderWords::tr("Label voided");
    if (word == "CANCELED"_L1 || word == "CANCELLED"_L1) return OrderWords::tr("Shipment cancelled");
    if (word.isEmpty() || word == "FULFILLED"_L1 || word == "MARKED_AS_FULFILLED"_L1 || word == "SUBMITTED"_L1)
        return OrderWords::tr("Shipped");
    // A word the shop added since: readable, untranslated.
    QString readable = status.toLower().replace(u'_', u' ');
    readable[0] = readable[0].toUpper();
    return readable;
}

// Only what a browser opens; a javascript: or file: address stays text.
bool isWebLink(const QString& url) {
    const QUrl parsed(url, QUrl::StrictMode);
    return parsed.isValid() && !parsed.host().isEmpty() &&
           (parsed.scheme() == "https"_L1 || parsed.scheme() == "http"_L1);
}

} // namespace

OrderStanding orderStanding(const OrderView& order) {
    const QString financial = order.financialStatus.toUpper();
    const QString fulfillment = order.fulfillmentStatus.toUpper();
    // Files often say the word and not the time.
    const bool saysCancelled = financial == "VOIDED"_L1 || financial == "CANCELLED"_L1 || financial == "CANCELED"_L1;
    if (order.cancelledAt || saysCancelled) return OrderStanding::Cancelled;
    if (financial == "REFUNDED"_L1) return OrderStanding::Refunded;
    if (fulfillment == "FULFILLED"_L1) return OrderStanding::Fulfilled;
    if (fulfillment == "PARTIALLY_FULFILLED"_L1 || fulfillment == "PARTIAL"_L1) return OrderStanding::Partial;
    return OrderStanding::Unfulfilled;
}

QString orderStandingWord(OrderStanding standing) {
    switch (standing) {
    case OrderStanding::Unfulfilled:
        return OrderWords::tr("Unfulfilled");
    case OrderStanding::Partial:
        return OrderWords::tr("Partially fulfilled");
    case OrderStanding::Fulfilled:
        return OrderWords::tr("Fulfilled");
    case OrderStanding::Cancelled:
        return OrderWords::tr("Cancelled");
    case OrderStanding::Refunded:
        return OrderWords::tr("Refunded");
    }
    return {};
}

DotLook orderStandingDot(OrderStanding standing) {
    switch (standing) {
    case OrderStanding::Unfulfilled:
        return {DotShape::Filled, Tone::Warning};
    case OrderStanding::Partial:
        return {DotShape::Half, Tone::Warning};
    case OrderStanding::Fulfilled:
        return {DotShape::Filled, Tone::Ok};
    case OrderStanding::Cancelled:
    case OrderStanding::Refunded:
        return {DotShape::Ring, Tone::Danger};
    }
    return {};
}

bool isStandingPrinted(OrderStanding standing) {
    return standing == OrderStanding::Cancelled || standing == OrderStanding::Refunded;
}

QString itemText(const OrderItemView& item) {
    return QString::number(item.quantity) + u"x "_s + item.title;
}

QString itemDetail(const OrderItemView& item) {
    QStringList parts;
    if (!item.variant.isEmpty() && item.variant != "Default Title"_L1) parts << item.variant;
    if (item.currentQuantity < item.quantity)
        parts << OrderWords::tr("%1 removed").arg(item.quantity - item.currentQuantity);
    return parts.join(u" · "_s);
}

QString itemsSummary(const OrderView& order) {
    if (order.items.empty()) return {};
    const QString first = itemText(order.items.front());
    if (order.items.size() == 1) return first;
    return OrderWords::tr("%1 + %2 more", "first item, number of others").arg(first).arg(order.items.size() - 1);
}

QString parcelText(const TrackingView& parcel) {
    constexpr int kHead = 4;
    constexpr int kTail = 5;
    const QString& number = parcel.number;
    const bool isShort = number.size() <= kHead + kTail + 3;
    return joined(parcel.company, isShort ? number : number.left(kHead) + u'…' + number.right(kTail));
}

QString parcelFullText(const TrackingView& parcel) {
    QString number = parcel.number;
    if (number.size() >= 12 && isAllDigits(number))
        for (qsizetype at = 4; at < number.size(); at += 5)
            number.insert(at, u' ');
    return joined(parcel.company, number);
}

bool isDelivered(const TrackingView& parcel) {
    return parcel.deliveredAt.has_value() || parcel.status.compare("DELIVERED"_L1, Qt::CaseInsensitive) == 0;
}

QString parcelEvent(const TrackingView& parcel, UtcTime now, const QLocale& locale) {
    const QString word = parcel.deliveredAt ? eventWord(u"DELIVERED"_s) : eventWord(parcel.status);
    const UtcTime at = parcel.deliveredAt.value_or(parcel.lastEventAt);
    if (at.ms() == 0) return word;
    constexpr qint64 kWeekMs = 7LL * 86'400'000;
    const QString when = now.msSince(at) < kWeekMs ? formatAgo(at, now) : formatOrderDate(at, now, locale);
    return OrderWords::tr("%1 · %2", "parcel event, when").arg(word, when);
}

std::optional<UtcTime> deliveredAt(const OrderView& order) {
    if (order.tracking.empty() || orderStanding(order) != OrderStanding::Fulfilled) return std::nullopt;
    UtcTime last;
    for (const TrackingView& parcel : order.tracking) {
        if (!isDelivered(parcel)) return std::nullopt;
        last = std::max(last, parcel.deliveredAt.value_or(parcel.lastEventAt));
    }
    return last;
}

TrackingBlock trackingBlock(const OrderView& order) {
    TrackingBlock block;
    if (order.tracking.empty()) return block;
    const QString heading = OrderWords::tr("Tracking for order %1:").arg(order.name);
    QStringList textLines{heading};
    QStringList htmlLines{heading.toHtmlEscaped()};
    for (const TrackingView& parcel : order.tracking) {
        const QString label = joined(parcel.company, parcel.number);
        const QString escaped = label.toHtmlEscaped();
        const bool linked = isWebLink(parcel.url);
        textLines << (label.isEmpty() || parcel.url.isEmpty() ? label + parcel.url : label + u'\n' + parcel.url);
        if (!linked)
            htmlLines << (parcel.url.isEmpty() ? escaped : escaped + u"<br>"_s + parcel.url.toHtmlEscaped());
        else
            htmlLines << u"<a href=\"%1\">%2</a>"_s.arg(parcel.url.toHtmlEscaped(),
                                                        label.isEmpty() ? parcel.url.toHtmlEscaped() : escaped);
    }
    block.text = textLines.join(u'\n');
    block.html = u"<p>"_s + htmlLines.join(u"<br>"_s) + u"</p>"_s;
    return block;
}

QString adminUrl(const OrderView& order, const StoreIdentity& store) {
    static const QRegularExpression domain(u"^[a-z0-9][a-z0-9.-]*\\.[a-z]{2,}$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression orderId(u"^gid://shopify/Order/([0-9]+)$"_s);
    const QRegularExpressionMatch match = orderId.match(order.externalId);
    if (!match.hasMatch() || !domain.match(store.storeDomain).hasMatch()) return {};
    return u"https://"_s + store.storeDomain + u"/admin/orders/"_s + match.captured(1);
}

} // namespace aiva
