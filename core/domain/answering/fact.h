// What is known for certain and may be said in an answer: typed, with its source and the moment it was read. Made from
// the cache by core/answer/facts, compared with a draft by core/answer/verify, shown by ui. A value that stands only in
// the customer's own mail is never a fact. Plain values.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

enum class FactKind {
    OrderName,
    OrderDate,
    FinancialStatus,
    FulfillmentStatus,
    Item,
    Money,
    DerivedMoney, // a sum or difference of one order's amounts, computed here because replies use them
    Carrier,
    TrackingNumber,
    TrackingUrl,
    ShippedAt,
    DeliveredAt,
    EstimatedDelivery,
    CancelledAt,
    AddressLine,
    CustomerName,
    Ltv,
    OrdersCount,
    Tag,
    Policy,
    StoreContact, // an e-mail address or phone number of the store itself
    Link,         // a page of the store itself
    ActionDone    // an action this program logged
};
QString toWord(FactKind kind); // order_name order_date …
std::optional<FactKind> factKindFromWord(const QString& word);

struct FactItem {
    QString title;
    QString variant;
    QString sku;
    qint64 quantity = 0;

    bool operator==(const FactItem&) const = default;
};

struct Fact {
    QString id; // "F1", "F2" …; policies "P1" …; unique in its set
    FactKind kind = FactKind::OrderName;
    QString value;      // as a reply would say it: "#1042", "USPS", "FULFILLED", "450.00 USD", ISO dates
    QString label = {}; // what a money is (total, refunded, item price …), a policy's title
    QString order = {}; // name of the order it belongs to; empty: none
    int parcel = 0;     // 1-based within the order: its carrier, number, link and dates; 0: none
    std::optional<Money> money = {};
    std::optional<UtcTime> time = {};
    std::optional<FactItem> item = {};
    QString source = {}; // "order 1042", "customer", "policy 3": for the person who asks why
    UtcTime readAt = UtcTime();

    bool operator==(const Fact&) const = default;
};

// One conversation's facts: only of the identified sender and of the store the mailbox belongs to.
struct FactSet {
    std::vector<Fact> facts;
    QString storeName;
    QString storeKind;         // shopify, woocommerce, csv
    QStringList storeHosts;    // the store's own hosts: its domain and those of its links
    QString timeZone;          // IANA; empty: UTC
    QString customerName;      // whole, cleaned
    QString customerFirstName; // cleaned; empty when unknown
    QStringList customerEmails;
    QStringList orderNames; // newest first: the sender's orders in this set
    QString subjectOrder;   // the one the mail is about; empty when it is not clear
    UtcTime readAt;

    const Fact* byId(const QString& id) const;
    std::vector<const Fact*> ofKind(FactKind kind) const;
    std::vector<const Fact*> ofOrder(const QString& order, FactKind kind) const;
    const Fact* latestOfOrder(const QString& order, FactKind kind) const; // by its time; null when none has one
};

QString toJson(const FactSet& facts);
std::optional<FactSet> factSetFromJson(const QString& json); // absent: not one of ours

} // namespace aiva
