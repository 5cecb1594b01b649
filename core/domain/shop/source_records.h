// What a shop says, as adapters decode it and storage writes it: one aggregate per record, UTF-8, ids of the source.
// The paged and the bulk path produce these same structs, so both leave the same cache. Read models are elsewhere.
#pragma once

#include "core/base/money.h"
#include "core/base/utc_time.h"

#include <optional>
#include <string>
#include <vector>

namespace aiva {

struct CustomerRecord {
    std::string externalId; // gid://shopify/Customer/…
    std::string displayName;
    std::string firstName;
    std::string lastName;
    std::string email; // as the source spells it; may be empty
    std::string phone; // E.164 as the source gives it; may be empty
    std::string note;
    std::string locale;
    std::string state; // ENABLED, INVITED, …; unknown values survive
    std::vector<std::string> tags;
    std::string addressText; // the default address, one line per line
    qint64 ordersCount = 0;
    Money amountSpent; // as the shop states it (D3)
    UtcTime createdAt;
    UtcTime updatedAt;

    bool operator==(const CustomerRecord&) const = default;
};

struct OrderItemRecord {
    std::string externalId;
    std::string title;
    std::string variantTitle; // empty when the product has no variants
    std::string sku;
    std::string variantExternalId; // empty for custom or deleted products
    qint64 quantity = 0;           // as ordered
    qint64 currentQuantity = 0;    // after edits and refunds
    Money unitPrice;               // discounted unit price in shop currency

    bool operator==(const OrderItemRecord&) const = default;
};

struct TrackingRecord {
    std::string company;
    std::string number;
    std::string url;

    bool operator==(const TrackingRecord&) const = default;
};

struct FulfillmentRecord {
    std::string externalId;
    std::string name; // #1042-F1
    std::string status;
    std::string displayStatus; // IN_TRANSIT, DELIVERED, …; may be empty
    UtcTime createdAt;
    UtcTime updatedAt;
    std::optional<UtcTime> inTransitAt;
    std::optional<UtcTime> deliveredAt;
    std::optional<UtcTime> estimatedDeliveryAt;
    std::vector<TrackingRecord> tracking; // several parcels: several entries

    bool operator==(const FulfillmentRecord&) const = default;
};

struct RefundRecord {
    std::string externalId;
    UtcTime createdAt;
    Money total;
    std::string note;

    bool operator==(const RefundRecord&) const = default;
};

struct OrderRecord {
    std::string externalId;
    std::string name;               // #1042
    std::string customerExternalId; // empty for guests
    std::string email;              // may be empty
    std::string phone;
    std::string note;
    std::string financialStatus;   // PAID, …, upper case; empty when the source gives null
    std::string fulfillmentStatus; // FULFILLED, UNFULFILLED, PARTIALLY_FULFILLED, …
    std::string cancelReason;
    std::string statusPageUrl;
    std::string shippingAddressText;
    std::vector<std::string> tags;
    Currency currency;
    Money total; // current, after edits and refunds of items
    Money subtotal;
    Money tax;
    Money discounts;
    Money shipping;
    Money refunded;
    UtcTime createdAt;
    UtcTime updatedAt;
    std::optional<UtcTime> processedAt;
    std::optional<UtcTime> cancelledAt;
    std::optional<UtcTime> closedAt;
    std::vector<OrderItemRecord> items; // in the source's order
    std::vector<FulfillmentRecord> fulfillments;
    std::vector<RefundRecord> refunds;

    bool operator==(const OrderRecord&) const = default;
};

struct VariantRecord {
    std::string externalId;
    std::string title;
    std::string sku;
    std::string barcode;
    Money price;
    std::optional<qint64> inventoryQuantity;
    UtcTime updatedAt;

    bool operator==(const VariantRecord&) const = default;
};

struct ProductRecord {
    std::string externalId;
    std::string title;
    std::string handle;
    std::string status; // ACTIVE, DRAFT, ARCHIVED
    std::string vendor;
    std::string productType;
    std::vector<std::string> tags;
    std::string onlineStoreUrl;
    UtcTime createdAt;
    UtcTime updatedAt;
    std::vector<VariantRecord> variants;

    bool operator==(const ProductRecord&) const = default;
};

// One record that could not be read. Never fails its job (S8).
struct RecordFault {
    std::string resource;   // "customers", "orders", "products"
    std::string externalId; // empty when even that could not be read
    std::string cause;      // English, no customer data

    bool operator==(const RecordFault&) const = default;
};

} // namespace aiva
