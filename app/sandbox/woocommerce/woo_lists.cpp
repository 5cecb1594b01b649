// The part of WooService that lists: which records, in which order, which page of them; and its webhooks.
#include "app/sandbox/server/webhook_sender.h"
#include "app/sandbox/woocommerce/woo_answers.h"
#include "app/sandbox/woocommerce/woo_service.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

bool isKnownOrder(World::Kind kind, const std::string& orderBy) {
    static const std::set<std::string> people{"id", "include", "name", "registered_date"};
    static const std::set<std::string> posts{"date", "modified", "id", "include", "title", "slug"};
    return kind == World::Kind::Customer ? people.contains(orderBy) : posts.contains(orderBy);
}

} // namespace

HttpAnswer WooService::list(const Asked& asked, World::Kind kind) {
    const std::int64_t size = numberIn(asked.number("per_page", "10"), -1);
    const std::int64_t page = numberIn(asked.number("page", "1"), -1);
    const std::string orderBy = asked.number("orderby", kind == World::Kind::Customer ? "name" : "date");
    const char* wrong = size < 1 || size > 100         ? "per_page"
                        : page < 1                     ? "page"
                        : !isKnownOrder(kind, orderBy) ? "orderby"
                                                       : nullptr;
    if (wrong)
        return wooRefusal({400, "rest_invalid_param", "Invalid parameter(s): " + std::string(wrong)},
                          asked.behaviour.speaksGerman);
    const Indices all = indices(asked, kind);
    JsonText out;
    const auto from = static_cast<std::size_t>((page - 1) * size);
    out.raw('[');
    for (std::size_t i = from; i < std::min(all.size(), from + static_cast<std::size_t>(size)); ++i) {
        if (i > from) out.raw(',');
        write(out, asked, kind, all[i]);
    }
    out.raw(']');
    HttpAnswer answer = wooJson(std::move(out.string()));
    if (m_faults.strike(FaultStage::Records, faultLabel(asked.route)) == "malformed_record")
        if (const auto at = answer.body.find("\"date_created_gmt\":\""); at != std::string::npos)
            answer.body.insert(at + 20, "no date ");
    addPaging(answer, static_cast<std::int64_t>(all.size()), page, size, asked.behaviour.home + '/' + asked.route);
    return answer;
}

std::string WooService::hookBody(World::Kind kind, std::int64_t index, bool isDeleted) const {
    JsonText out;
    if (isDeleted) {
        out.raw("{\"id\":");
        out.integer(kind == World::Kind::Customer ? wooCustomerId(index)
                    : kind == World::Kind::Order  ? wooOrderId(index)
                                                  : wooProductId(index));
        out.raw('}');
    } else {
        write(out, Asked(), kind, index);
    }
    return std::move(out.string());
}

HttpAnswer WooService::webhooks(const Asked& asked, const std::vector<std::string>& parts) {
    if (!asked.behaviour.manages)
        return wooRefusal({403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."},
                          asked.behaviour.speaksGerman);
    JsonText out;
    const std::int64_t id = parts.size() > 3 ? numberIn(parts[3], -1) : 0;
    const auto known = id != 0 ? m_hooks.find(id) : std::nullopt;
    if (id != 0 && !known)
        return wooRefusal({404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID."},
                          asked.behaviour.speaksGerman);
    if (asked.method == "POST") {
        const auto saved = m_hooks.save(id, asked.body);
        if (!saved)
            return wooRefusal({400, "woocommerce_rest_webhook_invalid_delivery_url", "Invalid delivery URL or topic."},
                              asked.behaviour.speaksGerman);
        if (!known) sendWooPing(saved->deliveryUrl, std::to_string(saved->id));
        writeWooHook(out, *saved);
        HttpAnswer answer = wooJson(std::move(out.string()));
        answer.status = known ? 200 : 201;
        return answer;
    }
    if (known) {
        if (asked.method == "DELETE") m_hooks.remove(id);
        writeWooHook(out, *known);
        return wooJson(std::move(out.string()));
    }
    const std::vector<WooHook> all = m_hooks.all();
    const std::int64_t size = std::clamp<std::int64_t>(numberIn(asked.number("per_page", "10"), 10), 1, 100);
    const std::int64_t page = std::max<std::int64_t>(1, numberIn(asked.number("page", "1"), 1));
    const auto from = static_cast<std::size_t>((page - 1) * size);
    out.raw('[');
    for (std::size_t i = from; i < std::min(all.size(), from + static_cast<std::size_t>(size)); ++i) {
        if (i > from) out.raw(',');
        writeWooHook(out, all[i]);
    }
    out.raw(']');
    HttpAnswer answer = wooJson(std::move(out.string()));
    addPaging(answer, static_cast<std::int64_t>(all.size()), page, size, asked.behaviour.home + '/' + asked.route);
    return answer;
}

// What a touch moves and a deletion removes, newest first.
WooService::Indices WooService::indices(const Asked& asked, World::Kind kind) {
    Indices found;
    if (const auto include = asked.query.find("include"); include != asked.query.end()) {
        for (const std::string& id : splitBy(include->second, ',')) {
            const std::int64_t number = numberIn(id, -1);
            found.push_back(kind == World::Kind::Customer ? wooCustomerIndex(m_world, number)
                            : kind == World::Kind::Order  ? wooOrderIndex(m_world, number)
                                                          : wooProductIndex(m_world, number));
        }
        std::erase(found, -1);
    } else if (kind == World::Kind::Customer) {
        found = customersByRegistration();
        if (asked.number("orderby", "name") == "id") std::sort(found.rbegin(), found.rend());
        if (asked.number("order", "desc") == "asc") std::reverse(found.begin(), found.end());
    } else {
        const std::string orderBy = asked.number("orderby", "date");
        const std::string sortKey = orderBy == "modified" ? "UPDATED_AT" : orderBy == "id" ? "ID" : "CREATED_AT";
        for (const auto& entry : *m_index.list(kind, {}, sortKey))
            found.push_back(entry.index);
        if (asked.number("order", "desc") == "desc") std::reverse(found.begin(), found.end());
        const auto since = [&](const char* name) {
            const auto time = UtcTime::parseIso(asked.number(name, "1970-01-01T00:00:00") + "Z");
            return time ? *time : UtcTime();
        };
        const UtcTime created = since("after");
        const UtcTime modified = since("modified_after");
        std::erase_if(found, [&](std::int64_t index) {
            if (kind == World::Kind::Product)
                return m_world.productUpdatedAt(static_cast<std::size_t>(index)) <= modified;
            const OrderCore core = m_world.orderCore(index);
            return core.createdAt <= created || core.updatedAt <= modified;
        });
    }
    std::erase_if(found, [&](std::int64_t index) { return m_world.isGone(kind, index); });
    return found;
}

WooService::Indices WooService::customersByRegistration() {
    const std::lock_guard lock(m_mutex);
    if (!m_byRegistration.empty()) return m_byRegistration;
    std::vector<std::pair<UtcTime, std::int64_t>> dated;
    for (std::int64_t i = 0; i < m_world.customerCount(); ++i)
        dated.emplace_back(m_world.customer(i).record.createdAt, i);
    std::sort(dated.rbegin(), dated.rend());
    for (const auto& [at, index] : dated)
        m_byRegistration.push_back(index);
    return m_byRegistration;
}

} // namespace aiva::sandbox
