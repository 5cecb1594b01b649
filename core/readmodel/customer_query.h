// A person as the CRM panel and `aivactl customer show` see them: identity, money, orders newest first.
#pragma once

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct OrderItemView {
    QString title;
    QString variant;
    QString sku;
    qint64 quantity = 0;
    qint64 currentQuantity = 0;
    Money unitPrice;

    bool operator==(const OrderItemView&) const = default;
};

struct TrackingView {
    QString company;
    QString number;
    QString url;
    QString status;    // the fulfillment's display status: IN_TRANSIT, DELIVERED, …
    UtcTime shippedAt; // the fulfillment's creation
    std::optional<UtcTime> inTransitAt;
    std::optional<UtcTime> deliveredAt;
    std::optional<UtcTime> estimatedDeliveryAt;
    UtcTime lastEventAt;

    bool operator==(const TrackingView&) const = default;
};

struct RefundView {
    UtcTime createdAt;
    Money total;

    bool operator==(const RefundView&) const = default;
};

struct OrderView {
    OrderId id;
    StoreId storeId;
    QString externalId;
    QString name;
    QString email;
    UtcTime createdAt;
    UtcTime updatedAt;
    std::optional<UtcTime> cancelledAt;
    Currency currency;
    Money total;
    Money subtotal;
    Money tax;
    Money discounts;
    Money shipping;
    Money refunded;
    QString financialStatus;
    QString fulfillmentStatus;
    QString statusPageUrl;
    QString shippingAddress; // lines
    std::vector<OrderItemView> items;
    std::vector<TrackingView> tracking;
    std::vector<RefundView> refunds;

    bool operator==(const OrderView&) const = default;
};

struct StoreIdentity {
    StoreId storeId;
    QString storeName;
    QString storeDomain;
    QString externalId; // of the customer there
    StoreStatus status = StoreStatus::Connected;

    bool operator==(const StoreIdentity&) const = default;
};

struct CustomerView {
    ProfileId profile;
    QString name;
    QString email;      // the one asked for, or the primary one
    QStringList emails; // all known
    QString phone;
    QString note;
    QStringList tags;
    Precedence precedence = Precedence::Prospect;
    Money ltv; // as the shop states it (D3); of the largest store when several currencies
    Money ltvNetOfRefunds;
    std::optional<Money> averageOrder;
    qint64 ordersCount = 0;
    std::optional<UtcTime> firstOrderAt;
    std::optional<UtcTime> lastOrderAt;
    MatchedBy matchedBy = MatchedBy::Email;
    QString matchDetail; // the address, phone or order name that matched
    std::vector<StoreIdentity> stores;
    std::vector<OrderView> orders; // newest first, at most the limit asked for
    bool hasMoreOrders = false;
    bool historyLimited = false; // some store shows only 60 days
    std::optional<UtcTime> asOf; // last sync of the stores concerned

    bool operator==(const CustomerView&) const = default;
};

struct PastConversation {
    ConversationId id;
    QString subject;
    UtcTime lastMessageAt;

    bool operator==(const PastConversation&) const = default;
};

class CustomerQuery {
public:
    static Result<std::unique_ptr<CustomerQuery>> create(Database& reader, qint64 vipAboveMajorUnits = 500);
    ~CustomerQuery();
    // Absent when nobody in the cache has this address.
    Result<std::optional<CustomerView>> byEmail(const QString& email, int orderLimit = 10);
    Result<std::optional<CustomerView>> byProfile(ProfileId profile, int orderLimit = 10);
    // The person as one store alone knows them, with that store's orders only; the address they write from goes first.
    // VIP is kept from wherever it was earned. Absent when the store knows nothing of them.
    Result<std::optional<CustomerView>> atStore(ProfileId profile, StoreId store, const QString& email,
                                                int orderLimit = 10);
    // The person a conversation is matched with; absent when none.
    Result<std::optional<CustomerView>> forConversation(ConversationId conversation, int orderLimit = 10);
    Result<std::vector<PastConversation>> pastConversations(ProfileId profile, ConversationId except, int limit = 5);
    // Every order of that name, newest first (names repeat across stores). "#1042" and "1042" both find it.
    Result<std::vector<OrderView>> orders(const QString& name);
    // Those of one person at one store.
    Result<std::vector<OrderView>> ownOrders(ProfileId profile, StoreId store, const QString& name);

private:
    class Private;
    explicit CustomerQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
