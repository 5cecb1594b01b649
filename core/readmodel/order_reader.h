// OrderReader: orders with items, parcels and refunds as OrderView. Used by CustomerQuery on its connection.
#pragma once

#include "core/readmodel/customer_query.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class OrderReader {
public:
    static Result<std::unique_ptr<OrderReader>> create(Database& reader);

    // Newest first, at most `limit`.
    Result<std::vector<OrderView>> ofProfile(ProfileId profile, int limit);
    Result<std::vector<OrderView>> ofProfileAt(ProfileId profile, StoreId store, int limit);
    // Every order of that name, newest first; with or without '#', in any case.
    Result<std::vector<OrderView>> named(const QString& name);
    // Of one person at one store, however old; usually one.
    Result<std::vector<OrderView>> ownNamed(ProfileId profile, StoreId store, const QString& name);

private:
    Result<std::vector<OrderView>> read(Statement& statement);
    Result<void> fillItems(OrderView& order);
    Result<void> fillTracking(OrderView& order);
    Result<void> fillRefunds(OrderView& order);

    Statement m_ofProfile;
    Statement m_ofProfileAt;
    Statement m_named;
    Statement m_ownNamed;
    Statement m_items;
    Statement m_fulfillments;
    Statement m_trackings;
    Statement m_refunds;
};

} // namespace aiva
