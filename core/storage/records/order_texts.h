// OrderTexts: what full-text search knows of an order beyond its name and its customer. Whatever an order says, its
// text or its customer's row has it: OrderWriter sees to that when the order changes, CustomerWriter and RecordRemover
// when the customer does. Part of the caller's transaction.
#pragma once

#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <string>
#include <string_view>

namespace aiva {

// What an order says that people search for.
struct OrderWords {
    std::string_view email;
    std::string_view phone;
    std::string_view shippingAddressText;
};
// What the customer's own search row says already; empty views for guests.
struct CustomerTexts {
    std::string_view displayName;
    std::string_view email;
    std::string_view phone;
    std::string_view addressText;
};
// Address, e-mail and phone of the order, line by line, without what the customer repeats. Often empty.
std::string searchText(const OrderWords& order, const CustomerTexts& customer);

class OrderTexts {
public:
    static Result<std::unique_ptr<OrderTexts>> create(Database& writer);

    // Of a new order. An empty text has no row.
    Result<void> insert(qint64 order, std::string_view text);
    // Of a known one; touches nothing when it says the same.
    Result<void> update(qint64 order, std::string_view text);
    // Of a customer's orders: the customer says other things now, or is gone.
    Result<void> renew(StoreId store, ProfileId profile, std::string_view customerExternalId,
                       const CustomerTexts& customer);

private:
    Statement m_insert;
    Statement m_index;
    Statement m_select;
    Statement m_update;
    Statement m_remove;
    Statement m_ordersOf;
};

} // namespace aiva
