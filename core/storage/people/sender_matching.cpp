#include "core/storage/people/sender_matching.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/order_names.h"

#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostPhones = 5;

// Of guests, and of customers whose shop states nothing; as PersonReader counts them.
constexpr std::string_view kOrderSums = R"sql(
SELECT currency, count(*), sum(CASE WHEN cancelled_at IS NULL THEN total_minor ELSE 0 END)
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
    AIVA_TRY(m_correction, m_database.prepare("SELECT new_profile_id FROM match_corrections "
                                              "WHERE email = ?1 AND reverted_at IS NULL ORDER BY id DESC LIMIT 1"));
    AIVA_TRY(m_address, m_database.prepare("SELECT profile_id, source FROM profile_emails WHERE email = ?1"));
    AIVA_TRY(m_phone, m_database.prepare("SELECT profile_id FROM profile_phones WHERE phone = ?1 LIMIT 2"));
    AIVA_TRY(m_order, m_database.prepare("SELECT name, email, profile_id, store_id FROM orders "
                                         "WHERE name COLLATE NOCASE IN (?1, ?2) LIMIT 50"));
    AIVA_TRY(m_lastOrderStore,
             m_database.prepare("SELECT store_id FROM orders WHERE profile_id = ?1 ORDER BY created_at DESC LIMIT 1"));
    AIVA_TRY(m_customerStore,
             m_database.prepare("SELECT store_id FROM customers WHERE profile_id = ?1 ORDER BY id LIMIT 1"));
    AIVA_TRY(m_customers, m_database.prepare("SELECT spent_minor, currency, orders_count, tags FROM customers "
                                             "WHERE profile_id = ?1"));
    AIVA_TRY(m_orderSums, m_database.prepare(kOrderSums));
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
    AIVA_CHECK(chooseStore(match));
    AIVA_TRY(match.precedence, precedenceOfProfile(*match.profile));
    return match;
}

// True when a person decided, be it that nobody fits.
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
// then says which store the mail is about, and who an unknown sender is.
Result<void> SenderMatching::byOrder(const QString& address, const QStringList& orderNames, SenderMatch& match) {
    for (const QString& name : orderNames) {
        m_order.bind(1, name).bind(2, QString(u'#' + name));
        for (;;) {
            AIVA_TRY(const bool more, m_order.step());
            if (!more) break;
            const bool hasProfile = !m_order.isNull(2);
            const bool ownAddress = normalizedEmail(m_order.text(1)) == address;
            const bool ownProfile = match.profile && hasProfile && m_order.id<ProfileId>(2) == *match.profile;
            const bool decides = match.by == MatchedBy::None && ownAddress && hasProfile;
            if (!decides && !ownProfile) continue;
            if (decides) {
                match.profile = m_order.id<ProfileId>(2);
                match.by = MatchedBy::Order;
                match.detail = m_order.text(0);
            }
            match.store = m_order.id<StoreId>(3);
            m_order.reset();
            return {};
        }
    }
    return {};
}

Result<SenderMatch> SenderMatching::matchByOrder(const QString& orderName) {
    SenderMatch match;
    if (orderName.isEmpty()) return match;
    std::optional<SenderMatch> only;
    m_order.bind(1, orderName).bind(2, QString(u'#' + orderName));
    for (;;) {
        AIVA_TRY(const bool more, m_order.step());
        if (!more) break;
        const bool hasProfile = !m_order.isNull(2);
        const bool another = only && (!hasProfile || m_order.id<ProfileId>(2) != only->profile);
        if (!hasProfile || another) { // two shops may count alike
            m_order.reset();
            return match;
        }
        only = SenderMatch{m_order.id<ProfileId>(2), MatchedBy::Order, m_order.text(0), m_order.id<StoreId>(3), {}};
    }
    if (!only) return match;
    AIVA_TRY(only->precedence, precedenceOfProfile(*only->profile));
    return *only;
}

Result<void> SenderMatching::chooseStore(SenderMatch& match) {
    for (Statement* statement : {&m_lastOrderStore, &m_customerStore}) {
        if (match.store) return {};
        AIVA_TRY(const bool found, statement->bind(1, *match.profile).step());
        if (found) match.store = statement->id<StoreId>(0);
        statement->reset();
    }
    return {};
}

Result<Precedence> SenderMatching::precedenceOfProfile(ProfileId profile) {
    // A VIP of one shop is a VIP; orders count over all of them.
    qint64 orders = 0;
    bool vip = false;
    bool isSilent = true; // no shop states what the person bought
    m_customers.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_customers.step());
        if (!more) break;
        const Money spent(m_customers.integer(0), currencyOf(m_customers.view(1)));
        const QStringList tags = m_customers.text(3).split(u'\n', Qt::SkipEmptyParts);
        orders += m_customers.integer(2);
        isSilent = isSilent && !spent.currency().isValid();
        vip = vip || precedenceOf(spent, 0, tags, m_rule) == Precedence::Vip;
    }
    if (!isSilent) return vip ? Precedence::Vip : precedenceOf(Money(), orders, {}, m_rule);
    m_orderSums.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_orderSums.step());
        if (!more) break;
        const Money spent(m_orderSums.integer(2), currencyOf(m_orderSums.view(0)));
        orders += m_orderSums.integer(1);
        vip = vip || precedenceOf(spent, 0, {}, m_rule) == Precedence::Vip;
    }
    return vip ? Precedence::Vip : precedenceOf(Money(), orders, {}, m_rule);
}

} // namespace aiva
