#include "core/storage/privacy/person_rows.h"

#include "core/domain/email_address.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// A correction made by hand says best whose address it is. Never both: whom the shop says is then somebody else.
constexpr std::string_view kCorrectedProfile = R"sql(
SELECT new_profile_id FROM (SELECT new_profile_id FROM match_corrections WHERE email = ?1 AND reverted_at IS NULL
    AND (new_profile_id IS NULL OR EXISTS (SELECT 1 FROM profiles WHERE id = new_profile_id))
    ORDER BY id DESC LIMIT 1) WHERE new_profile_id IS NOT NULL)sql";
constexpr std::string_view kProfileOfAddress = "SELECT profile_id FROM profile_emails WHERE email = ?1";

constexpr std::string_view kProfileOfCustomer =
    "SELECT profile_id FROM customers WHERE store_id = ?2 AND external_id = ?1";

constexpr std::string_view kAddressesOfProfile = R"sql(
SELECT email FROM profile_emails WHERE profile_id = ?1 UNION SELECT email FROM customers WHERE profile_id = ?1)sql";

constexpr std::string_view kPhonesOfProfile = R"sql(
SELECT phone FROM profile_phones WHERE profile_id = ?1 UNION SELECT phone FROM customers WHERE profile_id = ?1
UNION SELECT phone FROM orders WHERE profile_id = ?1)sql";

constexpr std::string_view kCustomersOfProfile =
    "SELECT id, external_id, store_id FROM customers WHERE profile_id = ?1 ORDER BY id";
constexpr std::string_view kOrdersOfProfile =
    "SELECT id, external_id, store_id FROM orders WHERE profile_id = ?1 ORDER BY id";
constexpr std::string_view kWaitingOrdersOfCustomer = R"sql(
SELECT id, external_id, store_id FROM orders
WHERE store_id = ?2 AND customer_external_id = ?1 AND awaits_customer = 1 ORDER BY id)sql";
constexpr std::string_view kNamedOrder =
    "SELECT id, external_id, store_id FROM orders WHERE store_id = ?2 AND external_id = ?1";

constexpr std::string_view kConversationsOfProfile =
    "SELECT id, store_id FROM conversations WHERE profile_id = ?1 ORDER BY id";
// Somebody else's when it was matched so, whatever address the mail came from.
constexpr std::string_view kConversationsOfAddress = R"sql(
SELECT id, store_id FROM conversations WHERE customer_email = ?1 AND profile_id IS NULL ORDER BY id)sql";

class PersonSearch {
public:
    PersonSearch(Database& database, const PersonQuestion& question) : m_database(database), m_question(question) {
        m_rows.store = question.store;
    }

    Result<PersonRows> run() {
        AIVA_CHECK(readOwn());
        AIVA_CHECK(addAddress(m_question.address));
        AIVA_CHECK(findProfiles());
        for (const ProfileId profile : m_rows.profiles)
            AIVA_CHECK(addProfile(profile));
        AIVA_CHECK(leaveSharedPhones());
        AIVA_CHECK(addNamed());
        for (const QString& address : std::as_const(m_rows.addresses))
            AIVA_CHECK(addConversations(kConversationsOfAddress, address));
        // Mail that is about no store in particular: another store that knows the person may need it.
        if (m_rows.isWhole)
            m_rows.conversations.insert(m_rows.conversations.end(), m_ofNoStore.begin(), m_ofNoStore.end());
        return std::move(m_rows);
    }

private:
    // A shop's own test customer has the address all its mail is written to.
    Result<void> readOwn() {
        AIVA_TRY(Statement own, m_database.prepare("SELECT address || char(10) || own_addresses FROM mailboxes"));
        for (;;) {
            AIVA_TRY(const bool more, own.step());
            if (!more) return {};
            m_own << own.text(0).split(u'\n', Qt::SkipEmptyParts);
        }
    }

    // A family has one telephone: it is theirs to keep.
    Result<void> leaveSharedPhones() {
        QStringList sole;
        for (const QString& phone : std::as_const(m_rows.phones)) {
            bool isShared = false;
            const QString normal = QString::fromStdString(normalizedPhone(phone.toStdString()));
            AIVA_CHECK(each("SELECT profile_id FROM profile_phones WHERE phone = ?1", normal,
                            [this, &isShared](const Statement& row) {
                                const auto owner = row.id<ProfileId>(0);
                                const auto& theirs = m_rows.profiles;
                                isShared = isShared || std::find(theirs.begin(), theirs.end(), owner) == theirs.end();
                            }));
            if (!isShared) sole << phone;
        }
        m_rows.phones = sole;
        return {};
    }

    Result<void> addAddress(const QString& address) {
        const QString normalized = normalizedEmail(address);
        const bool isNew = !normalized.isEmpty() && !m_rows.addresses.contains(normalized);
        if (isNew && !m_own.contains(normalized)) m_rows.addresses << normalized;
        return {};
    }

    template <typename Key, typename Take>
    Result<void> each(std::string_view sql, const Key& key, Take take) {
        AIVA_TRY(Statement statement, m_database.prepare(sql));
        statement.bind(1, key);
        if (sql.find("?2") != std::string_view::npos) statement.bind(2, m_question.store.value_or(StoreId()));
        for (;;) {
            AIVA_TRY(const bool more, statement.step());
            if (!more) return {};
            take(statement);
        }
    }

    Result<void> findProfiles() {
        const auto take = [this](const Statement& row) {
            const auto profile = row.id<ProfileId>(0);
            const auto known = std::find(m_rows.profiles.begin(), m_rows.profiles.end(), profile);
            if (known == m_rows.profiles.end()) m_rows.profiles.push_back(profile);
        };
        // Somebody else may write from the address; the customer is who the shop says.
        for (const QString& customer : m_question.customerExternalIds)
            AIVA_CHECK(each(kProfileOfCustomer, customer, take));
        if (!m_rows.profiles.empty()) return {};
        const QStringList asked = m_rows.addresses;
        for (const QString& address : asked) {
            AIVA_CHECK(each(kCorrectedProfile, address, take));
            if (m_rows.profiles.empty()) AIVA_CHECK(each(kProfileOfAddress, address, take));
        }
        return {};
    }

    Result<void> addProfile(ProfileId profile) {
        AIVA_CHECK(each(kAddressesOfProfile, profile,
                        [this](const Statement& row) { static_cast<void>(addAddress(row.text(0))); }));
        AIVA_CHECK(each(kPhonesOfProfile, profile, [this](const Statement& row) {
            const QString phone = row.text(0);
            const QString normal = QString::fromStdString(normalizedPhone(phone.toStdString()));
            for (const QString& form : {phone, normal})
                if (!form.isEmpty() && !m_rows.phones.contains(form)) m_rows.phones << form;
        }));
        AIVA_CHECK(each(kCustomersOfProfile, profile, [this](const Statement& row) {
            if (!isAskedFor(row.id<StoreId>(2))) return;
            m_rows.customers.push_back(row.integer(0));
            m_rows.customerNames.push_back({row.id<StoreId>(2), row.text(1)});
        }));
        AIVA_CHECK(each(kOrdersOfProfile, profile, [this](const Statement& row) { addOrder(row); }));
        return addConversations(kConversationsOfProfile, profile);
    }

    // What a shop names though the cache may have its customer no more, or not yet.
    Result<void> addNamed() {
        if (!m_question.store) return {};
        for (const QString& customer : m_question.customerExternalIds) {
            const StoreRecordName name{*m_question.store, customer};
            auto& names = m_rows.customerNames;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
            AIVA_CHECK(each(kWaitingOrdersOfCustomer, customer, [this](const Statement& row) { addOrder(row); }));
        }
        for (const QString& order : m_question.orderExternalIds)
            AIVA_CHECK(each(kNamedOrder, order, [this](const Statement& row) { addOrder(row); }));
        return {};
    }

    void addOrder(const Statement& row) {
        const qint64 id = row.integer(0);
        if (!isAskedFor(row.id<StoreId>(2))) return;
        if (std::find(m_rows.orders.begin(), m_rows.orders.end(), id) != m_rows.orders.end()) return;
        m_rows.orders.push_back(id);
        m_rows.orderNames.push_back({row.id<StoreId>(2), row.text(1)});
    }

    template <typename Key>
    Result<void> addConversations(std::string_view sql, const Key& key) {
        return each(sql, key, [this](const Statement& row) {
            const auto conversation = row.id<ConversationId>(0);
            if (row.isNull(1))
                m_ofNoStore.push_back(conversation);
            else if (isAskedFor(row.id<StoreId>(1)))
                m_rows.conversations.push_back(conversation);
        });
    }

    bool isAskedFor(StoreId store) {
        if (!m_question.store || *m_question.store == store) return true;
        m_rows.isWhole = false;
        return false;
    }

    Database& m_database;
    const PersonQuestion& m_question;
    PersonRows m_rows;
    QStringList m_own;
    std::vector<ConversationId> m_ofNoStore;
};

} // namespace

Result<PersonRows> findPerson(Database& database, const PersonQuestion& question) {
    return PersonSearch(database, question).run();
}

} // namespace aiva
