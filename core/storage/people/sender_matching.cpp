#include "core/storage/people/sender_matching.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/order_names.h"

#include <QRegularExpression>

#include <vector>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostPhones = 5;

constexpr std::string_view kOrderSums = R"sql(
SELECT store_id, currency, count(*), sum(CASE WHEN cancelled_at IS NULL THEN total_minor ELSE 0 END)
FROM orders WHERE profile_id = ?1 GROUP BY store_id, currency)sql";

Currency currencyOf(std::string_view code) {
    return Currency::parse(code).value_or(Currency());
}

} // namespace

QStringList phoneNumbersIn(const QString& text) {
    static const QRegularExpression expression(uR"((?<![\w.#/])(?:\+|00)[1-9][\d ()./-]{6,20}\d(?!\w))"_s);
    QStringList phones;
    for (auto it = expression.globalMatch(text); it.hasNext() && phones.size() < kMostPhones;) {
        QString written = it.next().captured();
        if (written.startsWith("00"_L1)) written.replace(0, 2, u"+"_s);
        written.remove("(0)"_L1);
        const QString phone = QString::fromStdString(normalizedPhone(written.toStdString()));
        if (phone.size() >= 9 && !phones.contains(phone)) phones << phone;
    }
    return phones;
}

Result<std::unique_ptr<SenderMatching>> SenderMatching::create(Database& database) {
    std::unique_ptr<SenderMatching> matching(new SenderMatching(database));
    AIVA_CHECK(matching->prepare());
    return matching;
}

Result<void> SenderMatching::prepare() {
    AIVA_TRY(m_correction, m_database.prepare("SELECT new_profile_id FROM match_corrections WHERE email = ?1 "
                                              "AND reverted_at IS NULL AND (new_profile_id IS NULL OR EXISTS "
                                              "(SELECT 1 FROM profiles WHERE id = new_profile_id)) "
                                              "ORDER BY id DESC LIMIT 1"));
    AIVA_TRY(m_address, m_database.prepare("SELECT profile_id, source FROM profile_emails WHERE email = ?1"));
    AIVA_TRY(m_phone, m_database.prepare("SELECT profile_id FROM profile_phones WHERE phone = ?1 LIMIT 2"));
    AIVA_TRY(m_order, m_database.prepare("SELECT name, email, profile_id, store_id FROM orders "
                                         "WHERE name COLLATE NOCASE IN (?1, ?2) LIMIT 50"));
    AIVA_TRY(m_lastOrderStore,
             m_database.prepare("SELECT store_id FROM orders WHERE profile_id = ?1 ORDER BY created_at DESC LIMIT 1"));
    AIVA_TRY(m_customerStore,
             m_database.prepare("SELECT store_id FROM customers WHERE profile_id = ?1 ORDER BY id LIMIT 1"));
    AIVA_TRY(m_customers, m_database.prepare("SELECT store_id, spent_minor, currency, orders_count, tags "
                                             "FROM customers WHERE profile_id = ?1"));
    AIVA_TRY(m_orderSums, m_database.prepare(kOrderSums));
    AIVA_TRY(m_stores, m_database.prepare("SELECT id FROM stores"));
    return {};
}

Result<std::optional<ProfileId>> SenderMatching::profileOf(const QString& address) {
    SenderMatch match;
    if (address.isEmpty()) return std::optional<ProfileId>();
    AIVA_TRY(const bool corrected, byCorrection(address, match));
    if (!corrected) AIVA_CHECK(byAddress(address, match));
    return match.profile;
}

Result<SenderMatch> SenderMatching::match(const QString& address, const QString& subject, const QString& text,
                                          const QString& signature) {
    SenderMatch match;
    if (!address.isEmpty()) {
        const QStringList orderNames = orderNamesIn(subject + u'\n' + text);
        AIVA_TRY(bool known, byCorrection(address, match));
        if (!known) {
            AIVA_TRY(known, byAddress(address, match));
        }
        if (!known) {
            AIVA_TRY(known, byPhone(signature, match));
        }
        AIVA_CHECK(byOrder(address, orderNames, match));
    }
    if (!match.profile) return match;
    if (!match.store) {
        AIVA_TRY(match.store, storeOfProfile(*match.profile));
    }
    AIVA_TRY(match.precedence, precedenceOfProfile(*match.profile));
    return match;
}

// True when a person decided, be it that nobody fits. Who was decided for may be gone: then it is as if not decided.
Result<bool> SenderMatching::byCorrection(const QString& address, SenderMatch& match) {
    AIVA_TRY(const bool found, m_correction.bind(1, address).step());
    if (!found) return false;
    if (!m_correction.isNull(0)) match.profile = m_correction.id<ProfileId>(0);
    m_correction.reset();
    match.by = MatchedBy::Manual;
    match.detail = address;
    return true;
}

Result<bool> SenderMatching::byAddress(const QString& address, SenderMatch& match) {
    AIVA_TRY(const bool found, m_address.bind(1, address).step());
    if (!found) return false;
    match.profile = m_address.id<ProfileId>(0);
    match.by = m_address.view(1) == "alias" ? MatchedBy::Alias : MatchedBy::Email;
    match.detail = address;
    m_address.reset();
    return true;
}

// Weak evidence: it counts only when one person alone has the number, and every number found points to that person.
Result<bool> SenderMatching::byPhone(const QString& signature, SenderMatch& match) {
    std::optional<ProfileId> only;
    QString phone;
    for (const QString& candidate : phoneNumbersIn(signature)) {
        m_phone.bind(1, candidate);
        for (;;) {
            AIVA_TRY(const bool more, m_phone.step());
            if (!more) break;
            const auto profile = m_phone.id<ProfileId>(0);
            if (only && *only != profile) {
                m_phone.reset();
                match.isContested = true;
                return false;
            }
            only = profile;
            phone = candidate;
        }
    }
    if (!only) return false;
    match.profile = only;
    match.by = MatchedBy::Phone;
    match.detail = phone;
    return true;
}

// An order is the sender's when its own address is the sender's, or the sender is already known to be its customer. It
// then says which store the mail is about, and who an unknown sender is: when every such order says the same.
Result<void> SenderMatching::byOrder(const QString& address, const QStringList& orderNames, SenderMatch& match) {
    const bool isKnown = match.by != MatchedBy::None;
    std::optional<SenderMatch> found;
    for (const QString& name : orderNames) {
        m_order.bind(1, name).bind(2, QString(u'#' + name));
        for (;;) {
            AIVA_TRY(const bool more, m_order.step());
            if (!more) break;
            if (m_order.isNull(2)) continue;
            const auto owner = m_order.id<ProfileId>(2);
            if (isKnown ? match.profile != owner : normalizedEmail(m_order.text(1)) != address) continue;
            if (found && found->profile != owner) {
                m_order.reset();
                match.isContested = true;
                return {};
            }
            if (!found) found = SenderMatch{owner, MatchedBy::Order, m_order.text(0), m_order.id<StoreId>(3), {}, {}};
        }
    }
    if (!found) return {};
    if (isKnown)
        match.store = found->store;
    else
        match = *found;
    return {};
}

Result<SenderMatch> SenderMatching::matchByOrder(const QString& orderName, std::optional<StoreId> store) {
    SenderMatch match;
    if (orderName.isEmpty()) return match;
    std::optional<SenderMatch> only;
    m_order.bind(1, orderName).bind(2, QString(u'#' + orderName));
    for (;;) {
        AIVA_TRY(const bool more, m_order.step());
        if (!more) break;
        const auto place = m_order.id<StoreId>(3);
        if (store && place != *store) continue;
        const bool hasProfile = !m_order.isNull(2);
        const bool another = only && (!hasProfile || m_order.id<ProfileId>(2) != only->profile);
        if (!hasProfile || another) { // two shops may count alike
            m_order.reset();
            match.isContested = true;
            return match;
        }
        only = SenderMatch{m_order.id<ProfileId>(2), MatchedBy::Order, m_order.text(0), place, {}, {}};
    }
    if (!only) return match;
    AIVA_TRY(only->precedence, precedenceOfProfile(*only->profile));
    return *only;
}

Result<std::optional<StoreId>> SenderMatching::storeOfProfile(ProfileId profile) {
    std::optional<StoreId> store;
    for (Statement* statement : {&m_lastOrderStore, &m_customerStore}) {
        AIVA_TRY(const bool found, statement->bind(1, profile).step());
        if (found) store = statement->id<StoreId>(0);
        statement->reset();
        if (store) break;
    }
    return store;
}

// Then the person's orders need not be read.
Result<bool> SenderMatching::everyStoreStates(const std::vector<StatedSpending>& stated) {
    bool all = true;
    for (;;) {
        AIVA_TRY(const bool more, m_stores.step());
        if (!more) return all;
        all = all && isStated(m_stores.id<StoreId>(0), stated);
    }
}

Result<Precedence> SenderMatching::precedenceOfProfile(ProfileId profile) {
    std::vector<StatedSpending> stated;
    m_customers.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_customers.step());
        if (!more) break;
        const Money spent(m_customers.integer(1), currencyOf(m_customers.view(2)));
        stated.push_back({m_customers.id<StoreId>(0), spent, m_customers.integer(3),
                          m_customers.text(4).split(u'\n', Qt::SkipEmptyParts)});
    }
    std::vector<CountedOrders> counted;
    AIVA_TRY(const bool saysAll, everyStoreStates(stated));
    if (saysAll) return precedenceAcross(stated, counted, m_rule);
    m_orderSums.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_orderSums.step());
        if (!more) break;
        const Money total(m_orderSums.integer(3), currencyOf(m_orderSums.view(1)));
        counted.push_back({m_orderSums.id<StoreId>(0), total, m_orderSums.integer(2)});
    }
    return precedenceAcross(stated, counted, m_rule);
}

} // namespace aiva
