#include "ui/composer/reply_values.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::ReplyValues)
};

void addOrder(VariableValues& values, const OrderView& order, const QLocale& locale) {
    values[u"order.name"_s] = order.name;
    values[u"order.date"_s] = formatFullDate(order.createdAt, locale);
    values[u"order.total"_s] = formatMoney(order.total, locale);
    values[u"order.status_link"_s] = order.statusPageUrl;
    QStringList items;
    for (const OrderItemView& item : order.items)
        items << u"%1 × %2"_s.arg(item.quantity).arg(item.title);
    values[u"order.items"_s] = items.join(", "_L1);
    if (order.tracking.empty()) return;
    const TrackingView& parcel = order.tracking.front();
    values[u"tracking.carrier"_s] = parcel.company;
    values[u"tracking.number"_s] = parcel.number;
    values[u"tracking.link"_s] = parcel.url;
}

void addCustomer(VariableValues& values, const QString& name, const QString& email) {
    const QString whole = name.contains(u'@') ? QString() : name.simplified();
    values[u"customer.name"_s] = whole;
    values[u"customer.first_name"_s] = whole.section(u' ', 0, 0);
    values[u"customer.last_name"_s] = whole.contains(u' ') ? whole.section(u' ', -1) : QString();
    values[u"customer.email"_s] = email;
}

QString statusWord(const QString& word) {
    QString text = word.toLower().replace(u'_', u' ');
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

} // namespace

VariableValues replyValues(const ReplyValueSources& sources, const QLocale& locale) {
    VariableValues values;
    if (sources.customer)
        addCustomer(values, sources.customer->name.isEmpty() ? sources.customerName : sources.customer->name,
                    sources.customer->email);
    else
        addCustomer(values, sources.customerName, sources.customerEmail);
    if (sources.order != nullptr) {
        addOrder(values, *sources.order, locale);
        if (sources.customer)
            for (const StoreIdentity& store : sources.customer->stores)
                if (store.storeId == sources.order->storeId) values[u"store.name"_s] = store.storeName;
    }
    if (sources.mailbox != nullptr) {
        values[u"mailbox.name"_s] = sources.mailbox->account.displayName;
        values[u"mailbox.address"_s] = sources.mailbox->account.address;
        if (!values.contains(u"store.name"_s)) values[u"store.name"_s] = sources.mailbox->storeName;
    }
    return values;
}

OrderFactsMap orderFacts(const std::vector<OrderView>& orders, const QLocale& locale) {
    OrderFactsMap facts;
    for (const OrderView& order : orders) {
        OrderFacts& one = facts[order.id.value()];
        one.name = order.name;
        one.fields[u"payment"_s] = order.financialStatus;
        one.fields[u"fulfillment"_s] = order.fulfillmentStatus;
        one.fields[u"total"_s] = formatMoney(order.total, locale);
        if (order.refunded.minor() != 0) one.fields[u"refunded"_s] = formatMoney(order.refunded, locale);
        if (order.cancelledAt) one.fields[u"cancelled"_s] = formatFullDate(*order.cancelledAt, locale);
        QStringList items;
        for (const OrderItemView& item : order.items)
            items << u"%1 × %2"_s.arg(item.currentQuantity).arg(item.title);
        one.fields[u"items"_s] = items.join(", "_L1);
        QStringList parcels;
        for (const TrackingView& parcel : order.tracking)
            parcels << u"%1 %2 %3"_s.arg(parcel.company, parcel.number, statusWord(parcel.status)).simplified();
        if (!parcels.isEmpty()) one.fields[u"tracking"_s] = parcels.join(", "_L1);
    }
    return facts;
}

QString factFieldText(const QString& field) {
    if (field == "payment"_L1) return Text::tr("Payment");
    if (field == "fulfillment"_L1) return Text::tr("Fulfillment");
    if (field == "total"_L1) return Text::tr("Total");
    if (field == "refunded"_L1) return Text::tr("Refunded");
    if (field == "cancelled"_L1) return Text::tr("Cancelled");
    if (field == "items"_L1) return Text::tr("Items");
    if (field == "tracking"_L1) return Text::tr("Tracking");
    if (field == "new"_L1) return Text::tr("New order");
    return Text::tr("Other details");
}

QString factValueText(const QString& field, const QString& value) {
    if (value.isEmpty()) return Text::tr("none");
    return field == "payment"_L1 || field == "fulfillment"_L1 ? statusWord(value) : value;
}

} // namespace aiva
