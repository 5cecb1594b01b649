// Which records a search term means.
#include "app/sandbox/graph/record_index.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace aiva::sandbox {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

// A free word or an unknown field: the shop warns and ignores it.
bool timeMatches(const SearchTerm& term, UtcTime time) {
    const auto wanted = searchTime(term.value);
    return !wanted || holds(term.order, time.ms(), wanted->ms()) != term.negated;
}

bool idMatches(const SearchTerm& term, std::string_view gid) {
    const std::string id(gid.substr(gid.rfind('/') + 1));
    std::string wanted = term.value.substr(term.value.rfind('/') + 1);
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    std::from_chars(id.data(), id.data() + id.size(), left);
    std::from_chars(wanted.data(), wanted.data() + wanted.size(), right);
    return holds(term.order, left, right) != term.negated;
}

bool hasTag(const std::vector<std::string>& tags, std::string_view wanted) {
    return std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) { return lower(tag) == lower(wanted); });
}

bool statusMatches(OrderState state, bool closed, std::string_view wanted) {
    const bool cancelled = state == OrderState::Cancelled || state == OrderState::Voided;
    if (wanted == "open") return !closed && !cancelled;
    if (wanted == "closed") return closed && !cancelled;
    if (wanted == "cancelled") return cancelled;
    if (wanted == "not_closed") return !closed;
    return true;
}

bool fulfillmentMatches(std::string_view word, std::string_view wanted) {
    if (wanted == "shipped" || wanted == "fulfilled") return word == "FULFILLED";
    if (wanted == "partial") return word == "PARTIALLY_FULFILLED";
    if (wanted == "unshipped" || wanted == "unfulfilled") return word == "UNFULFILLED" || word == "IN_PROGRESS";
    return lower(word) == wanted;
}

} // namespace

bool matchesOrder(const World& world, std::int64_t index, const SearchTerm& term) {
    const OrderCore core = world.orderCore(index);
    const StateWords words = wordsOf(core.state);
    const std::string wanted = lower(term.value);
    const auto is = [&](bool fits) { return fits != term.negated; };
    if (term.field == "updated_at") return timeMatches(term, core.updatedAt);
    if (term.field == "created_at" || term.field == "processed_at") return timeMatches(term, core.createdAt);
    if (term.field == "status") return is(statusMatches(core.state, core.deliveredAt.ms() > 0, wanted));
    if (term.field == "financial_status") return is(lower(words.financial) == wanted);
    if (term.field == "fulfillment_status") return is(fulfillmentMatches(words.fulfillment, wanted));
    if (term.field == "id") return idMatches(term, world.orderGid(index));
    if (term.field == "customer_id") return core.customer >= 0 && idMatches(term, world.customerGid(core.customer));
    if (term.field == "name") {
        const std::string name = world.orderName(index);
        return is(name == term.value || name.substr(1) == term.value);
    }
    if (term.field == "email") return is(lower(world.order(core).record.email) == wanted);
    if (term.field == "tag") return is(hasTag(world.order(core).record.tags, wanted));
    return true;
}

bool matchesCustomer(const World& world, std::int64_t index, const SearchTerm& term) {
    const std::string wanted = lower(term.value);
    const auto is = [&](bool fits) { return fits != term.negated; };
    if (term.field == "updated_at") return timeMatches(term, world.customerUpdatedAt(index));
    if (term.field == "id") return idMatches(term, world.customerGid(index));
    if (term.field == "customer_date") return timeMatches(term, world.customer(index).record.createdAt);
    if (term.field == "email") return is(lower(world.customer(index).record.email) == wanted);
    if (term.field == "phone") return is(world.customer(index).record.phone == term.value);
    if (term.field == "tag") return is(hasTag(world.customer(index).record.tags, wanted));
    if (term.field == "first_name") return is(lower(world.customer(index).record.firstName) == wanted);
    if (term.field == "last_name") return is(lower(world.customer(index).record.lastName) == wanted);
    if (term.field == "orders_count")
        return holds(term.order, static_cast<std::int64_t>(world.ordersOf(index).size()),
                     static_cast<std::int64_t>(std::atoll(wanted.c_str()))) != term.negated;
    return true;
}

bool matchesProduct(const World& world, std::int64_t index, const SearchTerm& term) {
    const auto position = static_cast<std::size_t>(index);
    const ProductRecord& product = world.catalogue().products()[position];
    const std::string wanted = lower(term.value);
    const auto is = [&](bool fits) { return fits != term.negated; };
    if (term.field == "updated_at") return timeMatches(term, world.productUpdatedAt(position));
    if (term.field == "created_at") return timeMatches(term, product.createdAt);
    if (term.field == "id") return idMatches(term, product.externalId);
    if (term.field == "status") return is(lower(product.status) == wanted);
    if (term.field == "title") return is(lower(product.title).find(wanted) != std::string::npos);
    if (term.field == "vendor") return is(lower(product.vendor) == wanted);
    if (term.field == "handle") return is(product.handle == wanted);
    if (term.field == "tag") return is(hasTag(product.tags, wanted));
    if (term.field == "sku")
        return is(std::any_of(product.variants.begin(), product.variants.end(),
                              [&](const VariantRecord& variant) { return lower(variant.sku) == wanted; }));
    return true;
}

} // namespace aiva::sandbox
