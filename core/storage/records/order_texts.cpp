#include "core/storage/records/order_texts.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace aiva {

static constexpr std::string_view kOrdersOfCustomer = R"sql(
SELECT id, email, phone, shipping_address_text FROM orders
WHERE profile_id = ?1 AND +store_id = ?2 AND customer_external_id = ?3)sql";

static bool hasLine(std::string_view lines, std::string_view line) {
    for (size_t at = lines.find(line); at != std::string_view::npos; at = lines.find(line, at + 1)) {
        const size_t end = at + line.size();
        if ((at == 0 || lines[at - 1] == '\n') && (end == lines.size() || lines[end] == '\n')) return true;
    }
    return false;
}

std::string searchText(const OrderWords& order, const CustomerTexts& customer) {
    std::string text;
    const auto add = [&text](std::string_view line) {
        if (line.empty()) return;
        if (!text.empty()) text.push_back('\n');
        text += line;
    };
    if (order.email != customer.email) add(order.email);
    if (order.phone != customer.phone) add(order.phone);
    std::string_view left = order.shippingAddressText;
    if (left == customer.addressText) return text;
    while (!left.empty()) {
        const std::string_view line = left.substr(0, left.find('\n'));
        left.remove_prefix(std::min(left.size(), line.size() + 1));
        if (line != customer.displayName && !hasLine(customer.addressText, line)) add(line);
    }
    return text;
}

Result<std::unique_ptr<OrderTexts>> OrderTexts::create(Database& writer) {
    auto made = std::make_unique<OrderTexts>();
    AIVA_TRY(made->m_insert, writer.prepare("INSERT INTO order_texts (order_id, text) VALUES (?1, ?2)"));
    // By hand, see the schema: no insert trigger.
    AIVA_TRY(made->m_index, writer.prepare("INSERT INTO orders_fts (rowid, text) VALUES (?1, ?2)"));
    AIVA_TRY(made->m_select, writer.prepare("SELECT text FROM order_texts WHERE order_id = ?1"));
    AIVA_TRY(made->m_update, writer.prepare("UPDATE order_texts SET text = ?2 WHERE order_id = ?1"));
    AIVA_TRY(made->m_remove, writer.prepare("DELETE FROM order_texts WHERE order_id = ?1"));
    AIVA_TRY(made->m_ordersOf, writer.prepare(kOrdersOfCustomer));
    return made;
}

Result<void> OrderTexts::insert(qint64 order, std::string_view text) {
    if (text.empty()) return {};
    AIVA_CHECK(m_insert.bind(1, order).bindView(2, text).run());
    return m_index.bind(1, order).bindView(2, text).run();
}

Result<void> OrderTexts::update(qint64 order, std::string_view text) {
    AIVA_TRY(const bool found, m_select.bind(1, order).step());
    if (!found) return insert(order, text);
    const bool isSame = m_select.view(0) == text;
    m_select.reset();
    if (isSame) return {};
    if (text.empty()) return m_remove.bind(1, order).run();
    return m_update.bind(1, order).bindView(2, text).run();
}

Result<void> OrderTexts::renew(StoreId store, ProfileId profile, std::string_view customerExternalId,
                               const CustomerTexts& customer) {
    std::vector<std::pair<qint64, std::string>> texts; // none is written while they are read
    m_ordersOf.bind(1, profile).bind(2, store).bindView(3, customerExternalId);
    for (;;) {
        AIVA_TRY(const bool more, m_ordersOf.step());
        if (!more) break;
        texts.emplace_back(m_ordersOf.integer(0),
                           searchText({m_ordersOf.view(1), m_ordersOf.view(2), m_ordersOf.view(3)}, customer));
    }
    for (const auto& [order, text] : texts)
        AIVA_CHECK(update(order, text));
    return {};
}

} // namespace aiva
