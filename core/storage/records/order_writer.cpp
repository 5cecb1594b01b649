#include "core/storage/records/order_writer.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/anonymous_order.h"
#include "core/storage/records/content_hash.h"
#include "core/storage/records/joined_lines.h"
#include "core/storage/records/known_children.h"
#include "core/storage/records/late_children.h"

namespace aiva {

static constexpr std::string_view kFindOrder = R"sql(
SELECT id, updated_at, content_hash, profile_id, parts_hash, customer_external_id, awaits_customer, name, created_at,
    email, phone, shipping_address_text
FROM orders WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kCustomer = R"sql(
SELECT profile_id, display_name, email, phone, address_text FROM customers WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kInsertOrder = R"sql(
INSERT INTO orders (store_id, external_id, profile_id, customer_external_id, awaits_customer, name, email, phone, note,
    financial_status, fulfillment_status, cancel_reason, status_page_url, shipping_address_text, tags, currency,
    total_minor, subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor, created_at, updated_at,
    processed_at, cancelled_at, closed_at, content_hash, parts_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
    ?25, ?26, ?27, ?28, ?29)
ON CONFLICT (store_id, external_id) DO NOTHING)sql";

// Without what an index sorts by: SQLite writes the entry of each index anew whose column is named here, changed or
// not, and each lies on a page of its own.
static constexpr std::string_view kUpdateOrder = R"sql(
UPDATE orders SET email = ?7, phone = ?8, note = ?9, financial_status = ?10, fulfillment_status = ?11,
    cancel_reason = ?12, status_page_url = ?13, shipping_address_text = ?14, tags = ?15, currency = ?16,
    total_minor = ?17, subtotal_minor = ?18, tax_minor = ?19, discounts_minor = ?20, shipping_minor = ?21,
    refunded_minor = ?22, updated_at = ?24, processed_at = ?25, cancelled_at = ?26, closed_at = ?27,
    content_hash = ?28, parts_hash = ?29
WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kMoveOrder = R"sql(
UPDATE orders SET profile_id = ?2, customer_external_id = ?3, awaits_customer = ?4, name = ?5, created_at = ?6
WHERE id = ?1)sql";

Result<std::unique_ptr<OrderWriter>> OrderWriter::create(Database& writer, StoreId store, ProfileBook& profiles,
                                                         ChildStage& stage, OrderTexts& texts, RecordCounts& counts) {
    std::unique_ptr<OrderWriter> made(new OrderWriter(writer, store, profiles, stage, texts, counts));
    AIVA_TRY(made->m_erased, ErasureMarks::create(writer));
    AIVA_TRY(made->m_scope, made->m_erased->scopeOf(store));
    AIVA_TRY(made->m_parts, OrderParts::create(writer));
    AIVA_TRY(made->m_items, ChildRows<OrderItemRecord>::create(writer));
    AIVA_TRY(made->m_find, writer.prepare(kFindOrder));
    AIVA_TRY(made->m_customer, writer.prepare(kCustomer));
    AIVA_TRY(made->m_insert, writer.prepare(kInsertOrder));
    AIVA_TRY(made->m_update, writer.prepare(kUpdateOrder));
    AIVA_TRY(made->m_move, writer.prepare(kMoveOrder));
    return made;
}

Result<std::optional<OrderWriter::Cached>> OrderWriter::find(const OrderRecord& record) {
    AIVA_TRY(const bool found, m_find.bind(1, m_store).bindView(2, record.externalId).step());
    if (!found) return std::optional<Cached>();
    Cached cached;
    cached.id = m_find.integer(0);
    cached.updatedAt = m_find.time(1);
    cached.contentHash = m_find.integer(2);
    if (!m_find.isNull(3)) cached.profile = m_find.id<ProfileId>(3);
    cached.partsHash = m_find.integer(4);
    cached.customerExternalId = m_find.view(5);
    cached.awaitsCustomer = m_find.integer(6) != 0;
    cached.name = m_find.view(7);
    cached.createdAt = m_find.time(8);
    cached.saysTheSame = m_find.view(9) == record.email && m_find.view(10) == record.phone &&
                         m_find.view(11) == record.shippingAddressText;
    m_find.reset();
    return std::optional(std::move(cached));
}

Result<OrderWriter::Owner> OrderWriter::ownerOf(const OrderRecord& record) {
    Owner owner;
    const OrderWords words{record.email, record.phone, record.shippingAddressText};
    if (!record.customerExternalId.empty()) {
        AIVA_TRY(const bool found, m_customer.bind(1, m_store).bindView(2, record.customerExternalId).step());
        if (found) {
            owner.profile = m_customer.id<ProfileId>(0);
            owner.text =
                searchText(words, {m_customer.view(1), m_customer.view(2), m_customer.view(3), m_customer.view(4)});
            m_customer.reset();
            return owner;
        }
        owner.awaitsCustomer = true;
    }
    owner.text = searchText(words, {});
    std::string email = normalizedEmail(record.email);
    AIVA_TRY(const auto known, m_profiles.ownerOf(email));
    if (known) owner.profile = known->profile;
    if (!known) owner.unownedEmail = std::move(email);
    return owner;
}

// Guests become people by their address.
Result<void> OrderWriter::makeOwner(Owner& owner, const OrderRecord& record) {
    if (owner.unownedEmail.empty()) return {};
    AIVA_TRY(owner.profile, m_profiles.newProfile());
    AIVA_CHECK(m_profiles.claimEmail(owner.unownedEmail, *owner.profile, EmailSource::Order));
    return m_profiles.addPhone(normalizedPhone(record.phone), *owner.profile);
}

void OrderWriter::bindFields(Statement& s, const OrderRecord& r, const Owner& owner, Hashes hashes) {
    m_tags = joinedLines(r.tags);
    s.bind(1, m_store).bindView(2, r.externalId);
    if (owner.profile) s.bind(3, *owner.profile);
    s.bindView(4, r.customerExternalId).bind(5, owner.awaitsCustomer).bindView(6, r.name).bindView(7, r.email);
    s.bindView(8, r.phone).bindView(9, r.note).bindView(10, r.financialStatus).bindView(11, r.fulfillmentStatus);
    s.bindView(12, r.cancelReason).bindView(13, r.statusPageUrl).bindView(14, r.shippingAddressText);
    s.bindView(15, m_tags).bindView(16, r.currency.code()).bind(17, r.total.minor()).bind(18, r.subtotal.minor());
    s.bind(19, r.tax.minor()).bind(20, r.discounts.minor()).bind(21, r.shipping.minor());
    s.bind(22, r.refunded.minor()).bind(23, r.createdAt).bind(24, r.updatedAt).bind(25, r.processedAt);
    s.bind(26, r.cancelledAt).bind(27, r.closedAt).bind(28, hashes.content).bind(29, hashes.parts);
}

// Absent when the order is known after all.
Result<std::optional<WriteOutcome>> OrderWriter::create(const OrderRecord& record, const Owner& owner, Hashes hashes) {
    bindFields(m_insert, record, owner, hashes);
    AIVA_CHECK(m_insert.run());
    if (m_database.changes() == 0) return std::optional<WriteOutcome>();
    const qint64 id = m_database.lastInsertId();
    if (owner.profile) AIVA_CHECK(m_profiles.noteNewRow(*owner.profile));
    AIVA_CHECK(m_counts.add(Resource::Orders));
    AIVA_CHECK(m_parts->insert(id, record));
    std::vector<std::string> none;
    AIVA_CHECK(m_items->write(id, record.items, ParentState::Fresh, none));
    AIVA_CHECK(m_texts.insert(id, owner.text));
    return std::optional(WriteOutcome::Created);
}

// What somebody bought before they were erased stays nobody's; what they buy afterwards is a new dealing.
Result<bool> OrderWriter::isOfErased(const OrderRecord& record) {
    AIVA_TRY(const bool isAnybody, m_erased->isAny());
    if (!isAnybody) return false;
    AIVA_TRY(auto erasedAt, m_erased->erasedAt(ErasedKind::Customer, m_scope, record.customerExternalId));
    if (erasedAt && record.createdAt <= *erasedAt) return true;
    const std::string email = normalizedEmail(record.email);
    for (const std::string& scope : {std::string(), m_scope}) {
        AIVA_TRY(erasedAt, m_erased->erasedAt(ErasedKind::Address, scope, email));
        if (erasedAt && record.createdAt <= *erasedAt) return true;
    }
    return false;
}

Result<WriteOutcome> OrderWriter::write(const OrderRecord& record, ChildrenGiven given) {
    AIVA_TRY(const bool isErased, isOfErased(record));
    if (!isErased) return writeAs(record, given);
    OrderRecord anonymous = record;
    makeAnonymous(anonymous);
    return writeAs(anonymous, given);
}

Result<WriteOutcome> OrderWriter::writeAs(const OrderRecord& record, ChildrenGiven given) {
    const Hashes hashes{contentHash(record), partsHash(record)};
    // In a first load each order is new: insert and see. An address nobody owns may belong to a known order that is
    // stale or unchanged, so no profile is made before that is clear.
    if (m_expectsNew) {
        AIVA_TRY(const Owner owner, ownerOf(record));
        if (owner.unownedEmail.empty()) {
            AIVA_TRY(const auto created, create(record, owner, hashes));
            if (created) return *created;
        }
    }
    AIVA_TRY(const std::optional<Cached> cached, find(record));
    m_expectsNew = !cached;
    if (cached) return bringUpToDate(record, *cached, hashes, given);
    AIVA_TRY(Owner owner, ownerOf(record));
    AIVA_CHECK(makeOwner(owner, record));
    AIVA_TRY(const auto created, create(record, owner, hashes));
    if (!created) return Error{ErrorKind::Internal, QStringLiteral("an order is neither new nor known")};
    return *created;
}

Result<WriteOutcome> OrderWriter::bringUpToDate(const OrderRecord& record, const Cached& cached, Hashes hashes,
                                                ChildrenGiven given) {
    if (record.updatedAt < cached.updatedAt) {
        if (given == ChildrenGiven::SoFar) AIVA_CHECK(m_stage.markStale(Resource::Orders, cached.id));
        return WriteOutcome::Stale;
    }
    const bool isSameRoot = hashes.content == cached.contentHash;
    if (!isSameRoot) AIVA_CHECK(updateRoot(record, cached, hashes));
    AIVA_TRY(const bool itemsChanged, writeItems(cached.id, record, given));
    return isSameRoot && !itemsChanged ? WriteOutcome::Unchanged : WriteOutcome::Updated;
}

// Its customer is the one it was, and when they change or move, their orders go along: there is nothing to look up.
bool OrderWriter::keepsOwner(const OrderRecord& record, const Cached& cached) {
    return cached.profile && !cached.awaitsCustomer && !record.customerExternalId.empty() &&
           record.customerExternalId == cached.customerExternalId && cached.saysTheSame;
}

bool OrderWriter::isMoved(const OrderRecord& record, const Cached& cached, const Owner& owner) {
    return owner.profile != cached.profile || owner.awaitsCustomer != cached.awaitsCustomer ||
           record.customerExternalId != cached.customerExternalId || record.name != cached.name ||
           record.createdAt != cached.createdAt;
}

Result<void> OrderWriter::updateRoot(const OrderRecord& record, const Cached& cached, Hashes hashes) {
    const bool keeps = keepsOwner(record, cached);
    Owner owner;
    owner.profile = cached.profile;
    if (!keeps) {
        AIVA_TRY(owner, ownerOf(record));
        AIVA_CHECK(makeOwner(owner, record));
    }
    bindFields(m_update, record, owner, hashes);
    AIVA_CHECK(m_update.run());
    if (isMoved(record, cached, owner)) {
        m_move.bind(1, cached.id).bindView(3, record.customerExternalId).bind(4, owner.awaitsCustomer);
        if (owner.profile) m_move.bind(2, *owner.profile);
        AIVA_CHECK(m_move.bindView(5, record.name).bind(6, record.createdAt).run());
    }
    if (hashes.parts != cached.partsHash) AIVA_CHECK(m_parts->replace(cached.id, record));
    if (!keeps) AIVA_CHECK(m_texts.update(cached.id, owner.text));
    if (cached.profile && cached.profile != owner.profile) return m_profiles.dropIfStandIn(*cached.profile);
    return {};
}

Result<bool> OrderWriter::writeItems(qint64 order, const OrderRecord& record, ChildrenGiven given) {
    const KnownChildren<OrderItemRecord> known{Resource::Orders, m_stage, *m_items};
    return known.write(order, record.externalId, record.items, given);
}

Result<RecordWriter::FinishResult> OrderWriter::finishChildren(BulkDecoder& decoder, RecordWriter::Suspects suspects) {
    LateChildren<OrderItemRecord> late(m_store, Resource::Orders, m_stage, *m_items, m_find);
    return late.join(decoder, suspects);
}

} // namespace aiva
