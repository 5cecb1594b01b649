#include "core/storage/records/child_rows.h"

#include <algorithm>

namespace aiva {
namespace {

enum State : signed char { Missing, Changed, Same };

// Column order is shared by `select` (0-based from external_id), `insert` and `update` (parent first). No INSERT OR
// REPLACE: it would make SQLite open a statement journal for every child.
template <typename Record>
struct Table;

template <>
struct Table<OrderItemRecord> {
    static constexpr std::string_view select = R"sql(
SELECT external_id, position, title, variant_title, sku, variant_external_id, quantity, current_quantity,
       unit_price_minor
FROM order_items WHERE order_id = ?1)sql";
    static constexpr std::string_view insert = R"sql(
INSERT INTO order_items (order_id, external_id, position, title, variant_title, sku, variant_external_id,
    quantity, current_quantity, unit_price_minor)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT DO NOTHING)sql";
    static constexpr std::string_view update = R"sql(
UPDATE order_items SET position = ?3, title = ?4, variant_title = ?5, sku = ?6, variant_external_id = ?7,
    quantity = ?8, current_quantity = ?9, unit_price_minor = ?10
WHERE order_id = ?1 AND external_id = ?2)sql";
    static constexpr std::string_view remove = "DELETE FROM order_items WHERE order_id = ?1 AND external_id = ?2";

    static void bind(Statement& s, const OrderItemRecord& r) {
        s.bindView(4, r.title).bindView(5, r.variantTitle).bindView(6, r.sku).bindView(7, r.variantExternalId);
        s.bind(8, r.quantity).bind(9, r.currentQuantity).bind(10, r.unitPrice.minor());
    }
    static bool isSame(const Statement& s, const OrderItemRecord& r) {
        return s.view(2) == r.title && s.view(3) == r.variantTitle && s.view(4) == r.sku &&
               s.view(5) == r.variantExternalId && s.integer(6) == r.quantity && s.integer(7) == r.currentQuantity &&
               s.integer(8) == r.unitPrice.minor();
    }
};

template <>
struct Table<VariantRecord> {
    static constexpr std::string_view select = R"sql(
SELECT external_id, position, title, sku, barcode, price_minor, currency, inventory_quantity, updated_at
FROM variants WHERE product_id = ?1)sql";
    static constexpr std::string_view insert = R"sql(
INSERT INTO variants (product_id, external_id, position, title, sku, barcode, price_minor, currency,
    inventory_quantity, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT DO NOTHING)sql";
    static constexpr std::string_view update = R"sql(
UPDATE variants SET position = ?3, title = ?4, sku = ?5, barcode = ?6, price_minor = ?7, currency = ?8,
    inventory_quantity = ?9, updated_at = ?10
WHERE product_id = ?1 AND external_id = ?2)sql";
    static constexpr std::string_view remove = "DELETE FROM variants WHERE product_id = ?1 AND external_id = ?2";

    static void bind(Statement& s, const VariantRecord& r) {
        s.bindView(4, r.title).bindView(5, r.sku).bindView(6, r.barcode).bind(7, r.price.minor());
        s.bindView(8, r.price.currency().code()).bind(9, r.inventoryQuantity).bind(10, r.updatedAt);
    }
    static bool isSame(const Statement& s, const VariantRecord& r) {
        const bool sameStock = r.inventoryQuantity ? !s.isNull(7) && s.integer(7) == *r.inventoryQuantity : s.isNull(7);
        return s.view(2) == r.title && s.view(3) == r.sku && s.view(4) == r.barcode &&
               s.integer(5) == r.price.minor() && s.view(6) == r.price.currency().code() && sameStock &&
               s.time(8) == r.updatedAt;
    }
};

// Rows come in id order, records mostly too: looking on from the last hit makes the walk linear.
template <typename Element, typename IdOf>
size_t indexOf(const std::vector<Element>& list, std::string_view externalId, size_t from, IdOf idOf) {
    for (size_t i = 0; i < list.size(); ++i) {
        const size_t index = (from + i) % list.size();
        if (idOf(list[index]) == externalId) return index;
    }
    return list.size();
}

} // namespace

template <typename Record>
Result<std::unique_ptr<ChildRows<Record>>> ChildRows<Record>::create(Database& writer) {
    std::unique_ptr<ChildRows> made(new ChildRows(writer));
    AIVA_TRY(made->m_select, writer.prepare(Table<Record>::select));
    AIVA_TRY(made->m_insert, writer.prepare(Table<Record>::insert));
    AIVA_TRY(made->m_update, writer.prepare(Table<Record>::update));
    AIVA_TRY(made->m_remove, writer.prepare(Table<Record>::remove));
    return made;
}

template <typename Record>
Result<void> ChildRows<Record>::put(Statement& statement, qint64 parent, qint64 position, const Record& record) {
    statement.bind(1, parent).bindView(2, record.externalId).bind(3, position);
    Table<Record>::bind(statement, record);
    return statement.run();
}

template <typename Record>
Result<bool> ChildRows<Record>::write(qint64 parent, const std::vector<Record>& records, ParentState state,
                                      std::vector<std::string>& absent) {
    if (state == ParentState::Known) return reconcile(parent, records, absent);
    for (size_t i = 0; i < records.size(); ++i)
        AIVA_CHECK(put(m_insert, parent, static_cast<qint64>(i), records[i]));
    return !records.empty();
}

template <typename Record>
Result<bool> ChildRows<Record>::reconcile(qint64 parent, const std::vector<Record>& records,
                                          std::vector<std::string>& absent) {
    m_states.assign(records.size(), Missing);
    size_t next = 0;
    m_select.bind(1, parent);
    for (;;) {
        AIVA_TRY(const bool more, m_select.step());
        if (!more) break;
        const std::string_view externalId = m_select.view(0);
        const size_t index =
            indexOf(records, externalId, next, [](const Record& r) -> const std::string& { return r.externalId; });
        if (index == records.size()) {
            absent.emplace_back(externalId);
            continue;
        }
        const bool inPlace = m_select.integer(1) == static_cast<qint64>(index);
        m_states[index] = inPlace && Table<Record>::isSame(m_select, records[index]) ? Same : Changed;
        next = index + 1;
    }
    bool hasChanged = false;
    for (size_t i = 0; i < records.size(); ++i) {
        if (m_states[i] == Same) continue;
        AIVA_CHECK(put(m_states[i] == Missing ? m_insert : m_update, parent, static_cast<qint64>(i), records[i]));
        hasChanged = true;
    }
    return hasChanged;
}

// Where a late child stands in the cache.
template <typename Record>
struct ChildRows<Record>::Place {
    State state = Missing;
    qint64 position = -1;
};

template <typename Record>
Result<std::vector<typename ChildRows<Record>::Place>>
ChildRows<Record>::places(qint64 parent, const std::vector<Late>& late, qint64& end) {
    std::vector<Place> found(late.size());
    end = 0;
    m_select.bind(1, parent);
    for (;;) {
        AIVA_TRY(const bool more, m_select.step());
        if (!more) return found;
        const size_t index = indexOf(late, m_select.view(0), 0,
                                     [](const Late& one) -> const std::string& { return one.record.externalId; });
        const qint64 position = m_select.integer(1);
        const bool isLate = index < late.size();
        if (isLate) found[index] = {Table<Record>::isSame(m_select, late[index].record) ? Same : Changed, position};
        if (!isLate || !late[index].goesToEnd) end = std::max(end, position + 1);
    }
}

template <typename Record>
Result<void> ChildRows<Record>::attach(qint64 parent, const std::vector<Late>& late) {
    qint64 end = 0;
    AIVA_TRY(const std::vector<Place> found, places(parent, late, end));
    for (size_t i = 0; i < late.size(); ++i) {
        const bool keepsPlace = found[i].state != Missing && !late[i].goesToEnd;
        const qint64 position = keepsPlace ? found[i].position : end++;
        if (found[i].state == Same && found[i].position == position) continue;
        AIVA_CHECK(put(found[i].state == Missing ? m_insert : m_update, parent, position, late[i].record));
    }
    return {};
}

template <typename Record>
Result<bool> ChildRows<Record>::remove(qint64 parent, std::string_view externalId) {
    AIVA_CHECK(m_remove.bind(1, parent).bindView(2, externalId).run());
    return m_database.changes() > 0;
}

template class ChildRows<OrderItemRecord>;
template class ChildRows<VariantRecord>;

} // namespace aiva
