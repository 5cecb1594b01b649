#include "core/answer/facts/context_orders.h"

#include "core/answer/facts/fact_collector.h"
#include "core/answer/facts/fact_text.h"
#include "core/answer/facts/untrusted_text.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRecentDays = 30;

QString moreText(size_t left) {
    return u"+%1 more"_s.arg(left);
}

QString statusLine(const OrderView& order) {
    QStringList words{statusText(order.financialStatus), statusText(order.fulfillmentStatus)};
    if (order.cancelledAt) words.append(u"CANCELLED"_s);
    words.removeAll(QString());
    return u"Status: "_s + words.join(", "_L1);
}

QString itemsLine(const OrderView& order, const ContextDetail& detail) {
    QStringList items;
    const size_t shown = std::min(order.items.size(), detail.items);
    for (size_t i = 0; i < shown; ++i)
        items.append(u"%1 (x%2)"_s.arg(cleanedLine(order.items[i].title, detail.title)).arg(order.items[i].quantity));
    if (shown < order.items.size()) items.append(moreText(order.items.size() - shown));
    return u"Items: "_s + items.join(", "_L1);
}

QString trackingLine(const TrackingView& parcel, const ContextDetail& detail) {
    QStringList parts{cleanedLine(parcel.company, std::min<qsizetype>(detail.title, 40))};
    const QString number = cleanedLine(parcel.number, 40);
    if (!number.isEmpty()) parts.append(u'(' + number + u')');
    const QString url = cleanedUrl(parcel.url);
    if (url.size() <= detail.url) parts.append(url);
    parts.removeAll(QString());
    return parts.isEmpty() ? QString() : u"Tracking: "_s + parts.join(u' ');
}

QStringList linesOf(const OrderView& order, const QString& timeZone, const ContextDetail& detail) {
    QStringList lines{u"Order: "_s + orderNameText(order.name), u"Date: "_s + dayText(order.createdAt, timeZone),
                      statusLine(order)};
    if (!order.items.empty()) lines.append(itemsLine(order, detail));
    QStringList parcels;
    for (const TrackingView& parcel : order.tracking)
        if (const QString line = trackingLine(parcel, detail); !line.isEmpty()) parcels.append(line);
    const auto shown = std::min(parcels.size(), static_cast<qsizetype>(detail.parcels));
    lines += parcels.first(shown);
    if (shown < parcels.size()) lines.append(u"Tracking: "_s + moreText(static_cast<size_t>(parcels.size() - shown)));
    return lines;
}

} // namespace

QStringList orderLines(const AnswerSources& sources, const ContextDetail& detail) {
    const std::vector<const OrderView*> orders = recentOrdersOf(sources);
    if (orders.empty()) return {u"# RECENT ORDERS"_s, u"No orders found for this sender."_s};
    const UtcTime since = sources.readAt.plusDays(-kRecentDays);
    const bool isAnyOlder =
        std::any_of(orders.begin(), orders.end(), [&](const OrderView* order) { return order->createdAt < since; });
    QStringList lines{isAnyOlder ? u"# RECENT ORDERS (Latest 3)"_s : u"# RECENT ORDERS (Last 30 Days)"_s};
    for (const OrderView* order : orders) {
        if (order != orders.front()) lines.append(QString());
        lines += linesOf(*order, sources.store.timeZone, detail);
    }
    return lines;
}

} // namespace aiva
