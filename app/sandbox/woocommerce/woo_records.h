// The world's records as WooCommerce's REST API writes them. Numbers for ids, UTC without a Z, statuses of its own, no
// shipping but what a tracking plug-in leaves in meta_data. Pure.
#pragma once

#include "app/sandbox/graph/json_text.h"
#include "app/sandbox/world/world.h"

#include <set>
#include <string>
#include <string_view>

namespace aiva::sandbox {

// `_fields`: which members are wanted; all when empty.
using WantedFields = std::set<std::string>;

std::int64_t wooCustomerId(std::int64_t index);
std::int64_t wooOrderId(std::int64_t index);
std::int64_t wooProductId(std::int64_t index);
// -1 when it is none of ours.
std::int64_t wooCustomerIndex(const World& world, std::int64_t id);
std::int64_t wooOrderIndex(const World& world, std::int64_t id);
std::int64_t wooProductIndex(const World& world, std::int64_t id);

std::string_view wooStatus(OrderState state);

enum class CustomerVersion { V2, V3 }; // only v2 says what a customer bought
void writeWooCustomer(JsonText& out, const WorldCustomer& customer, CustomerVersion version,
                      const WantedFields& wanted);
void writeWooOrder(JsonText& out, const World& world, const WorldOrder& order, const WantedFields& wanted);
void writeWooRefunds(JsonText& out, const WorldOrder& order);
void writeWooProduct(JsonText& out, const World& world, std::int64_t index, const WantedFields& wanted);
void writeWooVariations(JsonText& out, const World& world, std::int64_t product, std::size_t from, std::size_t count);

} // namespace aiva::sandbox
