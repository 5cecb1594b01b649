#include "core/storage/records/customer_writer.h"

#include "core/domain/email_address.h"
#include "core/storage/people/profile_pruning.h"
#include "core/storage/records/content_hash.h"
#include "core/storage/records/joined_lines.h"

#include <set>

namespace aiva {

static constexpr std::string_view kFindCustomer = R"sql(
SELECT id, updated_at, content_hash, profile_id, email FROM customers WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kInsertCustomer = R"sql(
INSERT INTO customers (store_id, external_id, profile_id, display_name, first_name, last_name, email, phone, note,
    locale, state, tags, address_text, orders_count, spent_minor, currency, created_at, updated_at, content_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19))sql";

// By hand, see the schema: customers_fts has no insert trigger.
static constexpr std::string_view kIndexCustomer = R"sql(
INSERT INTO customers_fts (rowid, display_name, email, phone, tags, address_text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6))sql";

// Without profile_id, which an index sorts by: see OrderWriter.
static constexpr std::string_view kUpdateCustomer = R"sql(
UPDATE customers SET display_name = ?4, first_name = ?5, last_name = ?6, email = ?7, phone = ?8,
    note = ?9, locale = ?10, state = ?11, tags = ?12, address_text = ?13, orders_count = ?14, spent_minor = ?15,
    currency = ?16, created_at = ?17, updated_at = ?18, content_hash = ?19
WHERE store_id = ?1 AND external_id = ?2)sql";

static constexpr std::string_view kMoveCustomer = "UPDATE customers SET profile_id = ?2 WHERE id = ?1";

static constexpr std::string_view kSaysTheSame = R"sql(
SELECT 1 FROM customers WHERE id = ?1 AND display_name = ?2 AND email = ?3 AND phone = ?4 AND address_text = ?5)sql";

static constexpr std::string_view kWaitingOrders = R"sql(
SELECT DISTINCT profile_id FROM orders WHERE store_id = ?1 AND customer_external_id = ?2 AND awaits_customer = 1)sql";

static constexpr std::string_view kAttachOrders = R"sql(
UPDATE orders SET profile_id = ?3, awaits_customer = 0
WHERE store_id = ?1 AND customer_external_id = ?2 AND awaits_customer = 1)sql";

static constexpr std::string_view kMoveOrders = R"sql(
UPDATE orders SET profile_id = ?4
WHERE profile_id = ?3 AND store_id = ?1 AND customer_external_id = ?2)sql";

Result<std::unique_ptr<CustomerWriter>> CustomerWriter::create(Database& writer, StoreId store, ProfileBook& profiles,
                                                               OrderTexts& texts, RecordCounts& counts) {
    std::unique_ptr<CustomerWriter> made(new CustomerWriter(writer, store, profiles, texts, counts));
    AIVA_TRY(made->m_erased, ErasureMarks::create(writer));
    AIVA_TRY(made->m_scope, made->m_erased->scopeOf(store));
    AIVA_TRY(made->m_find, writer.prepare(kFindCustomer));
    AIVA_TRY(made->m_insert, writer.prepare(kInsertCustomer));
    AIVA_TRY(made->m_index, writer.prepare(kIndexCustomer));
    AIVA_TRY(made->m_update, writer.prepare(kUpdateCustomer));
    AIVA_TRY(made->m_move, writer.prepare(kMoveCustomer));
    AIVA_TRY(made->m_saysTheSame, writer.prepare(kSaysTheSame));
    AIVA_TRY(made->m_waitingOrders, writer.prepare(kWaitingOrders));
    AIVA_TRY(made->m_attachOrders, writer.prepare(kAttachOrders));
    AIVA_TRY(made->m_moveOrders, writer.prepare(kMoveOrders));
    return made;
}

Result<std::optional<CustomerWriter::Cached>> CustomerWriter::find(const CustomerRecord& record) {
    AIVA_TRY(const bool found, m_find.bind(1, m_store).bindView(2, record.externalId).step());
    if (!found) return std::optional<Cached>();
    std::optional<Cached> cached = Cached{m_find.integer(0), m_find.time(1), m_find.integer(2), m_find.id<ProfileId>(3),
                                          std::string(m_find.view(4))};
    m_find.reset();
    return cached;
}

Result<ProfileId> CustomerWriter::profileFor(const CustomerRecord& record, const std::string& email,
                                             const std::optional<Cached>& cached) {
    AIVA_TRY(const auto owner, m_profiles.ownerOf(email));
    ProfileId profile = owner ? owner->profile : cached ? cached->profile : ProfileId();
    if (!profile.isValid()) {
        AIVA_TRY(profile, m_profiles.newProfile());
    }
    if (owner && owner->source != EmailSource::Shop) AIVA_CHECK(m_profiles.setSource(email, EmailSource::Shop));
    if (!owner && !email.empty()) AIVA_CHECK(m_profiles.claimEmail(email, profile, EmailSource::Shop));
    AIVA_CHECK(m_profiles.addPhone(normalizedPhone(record.phone), profile));
    return profile;
}

void CustomerWriter::bindFields(Statement& statement, const CustomerRecord& r, ProfileId profile, qint64 hash) {
    m_tags = joinedLines(r.tags);
    statement.bind(1, m_store).bindView(2, r.externalId).bind(3, profile).bindView(4, r.displayName);
    statement.bindView(5, r.firstName).bindView(6, r.lastName).bindView(7, r.email).bindView(8, r.phone);
    statement.bindView(9, r.note).bindView(10, r.locale).bindView(11, r.state).bindView(12, m_tags);
    statement.bindView(13, r.addressText).bind(14, r.ordersCount).bind(15, r.amountSpent.minor());
    statement.bindView(16, r.amountSpent.currency().code()).bind(17, r.createdAt).bind(18, r.updatedAt);
    statement.bind(19, hash);
}

Result<void> CustomerWriter::insert(const CustomerRecord& record, ProfileId profile, qint64 hash) {
    bindFields(m_insert, record, profile, hash);
    AIVA_CHECK(m_insert.run());
    m_index.bind(1, m_database.lastInsertId()).bindView(2, record.displayName).bindView(3, record.email);
    AIVA_CHECK(m_index.bindView(4, record.phone).bindView(5, m_tags).bindView(6, record.addressText).run());
    AIVA_CHECK(m_profiles.noteNewRow(profile));
    return m_counts.add(Resource::Customers);
}

Result<bool> CustomerWriter::saysTheSame(const Cached& cached, const CustomerRecord& r) {
    m_saysTheSame.bind(1, cached.id).bindView(2, r.displayName).bindView(3, r.email).bindView(4, r.phone);
    AIVA_TRY(const bool same, m_saysTheSame.bindView(5, r.addressText).step());
    m_saysTheSame.reset();
    return same;
}

// Orders that came before their customer were given to whoever owned their address; now it is known whose they are.
// Their search texts repeat what the customer says, which finds them no worse.
Result<void> CustomerWriter::attachWaitingOrders(const CustomerRecord& record, ProfileId profile) {
    std::set<ProfileId> former;
    m_waitingOrders.bind(1, m_store).bindView(2, record.externalId);
    bool isAny = false;
    for (;;) {
        AIVA_TRY(const bool more, m_waitingOrders.step());
        if (!more) break;
        isAny = true;
        const auto held = m_waitingOrders.id<ProfileId>(0);
        if (held.isValid() && held != profile) former.insert(held);
    }
    if (!isAny) return {};
    AIVA_CHECK(m_attachOrders.bind(1, m_store).bindView(2, record.externalId).bind(3, profile).run());
    for (const ProfileId left : former)
        AIVA_CHECK(m_profiles.dropIfStandIn(left));
    return {};
}

Result<void> CustomerWriter::leaveProfile(const CustomerRecord& record, ProfileId from, ProfileId to) {
    AIVA_CHECK(m_moveOrders.bind(1, m_store).bindView(2, record.externalId).bind(3, from).bind(4, to).run());
    AIVA_CHECK(m_profiles.mergeIfLeft(from, to));
    // Its number is no longer that of those who stay.
    return forgetUnsaidPhones(m_database, from);
}

Result<WriteOutcome> CustomerWriter::write(const CustomerRecord& record) {
    // The shop may list for long whom we were asked to erase.
    AIVA_TRY(const auto erasedAt, m_erased->erasedAt(ErasedKind::Customer, m_scope, record.externalId));
    if (erasedAt) return WriteOutcome::Unchanged;
    const qint64 hash = contentHash(record);
    AIVA_TRY(const std::optional<Cached> cached, find(record));
    if (cached && record.updatedAt < cached->updatedAt) return WriteOutcome::Stale;
    if (cached && hash == cached->contentHash) return WriteOutcome::Unchanged;

    const std::string email = normalizedEmail(record.email);
    AIVA_TRY(const ProfileId profile, profileFor(record, email, cached));
    if (!cached) {
        AIVA_CHECK(insert(record, profile, hash));
        AIVA_CHECK(attachWaitingOrders(record, profile));
        return WriteOutcome::Created;
    }
    AIVA_TRY(const bool isFoundAlike, saysTheSame(*cached, record));
    bindFields(m_update, record, profile, hash);
    AIVA_CHECK(m_update.run());
    if (profile != cached->profile) AIVA_CHECK(m_move.bind(1, cached->id).bind(2, profile).run());
    const std::string formerEmail = normalizedEmail(cached->email);
    if (!formerEmail.empty() && formerEmail != email) AIVA_CHECK(m_profiles.retireEmail(formerEmail));
    if (profile != cached->profile) AIVA_CHECK(leaveProfile(record, cached->profile, profile));
    const CustomerTexts says{record.displayName, record.email, record.phone, record.addressText};
    if (!isFoundAlike) AIVA_CHECK(m_texts.renew(m_store, profile, record.externalId, says));
    return WriteOutcome::Updated;
}

} // namespace aiva
