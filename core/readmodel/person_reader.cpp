#include "core/readmodel/person_reader.h"

#include "core/domain/email_address.h"
#include "core/storage/records/joined_lines.h"

#include <algorithm>

namespace aiva {

static constexpr std::string_view kCustomers = R"sql(
SELECT store_id, external_id, display_name, email, phone, note, tags, orders_count, spent_minor, currency, updated_at
FROM customers WHERE profile_id = ?1)sql";

static constexpr std::string_view kTotals = R"sql(
SELECT store_id, currency, created_at, total_minor, refunded_minor, cancelled_at IS NOT NULL
FROM orders WHERE profile_id = ?1)sql";

static constexpr std::string_view kLastOrder = R"sql(
SELECT email, phone, shipping_address_text FROM orders WHERE profile_id = ?1 ORDER BY created_at DESC, id DESC
LIMIT 1)sql";

static constexpr std::string_view kLastOrderAt = R"sql(
SELECT email, phone, shipping_address_text FROM orders WHERE profile_id = ?1 AND +store_id = ?2
ORDER BY created_at DESC, id DESC LIMIT 1)sql";

static constexpr std::string_view kGuestEmails = R"sql(
SELECT email FROM orders WHERE profile_id = ?1 AND +store_id = ?2 AND email <> ''
ORDER BY created_at DESC, id DESC LIMIT 20)sql";

static constexpr std::string_view kStore = R"sql(
SELECT id, name, domain, status, history_limited, last_sync_at FROM stores WHERE id = ?1)sql";

struct PersonReader::ShopCustomer {
    StoreId store;
    QString externalId;
    QString name;
    QString email;
    QString phone;
    QString note;
    QStringList tags;
    qint64 ordersCount = 0;
    Money spent;
    UtcTime updatedAt;
};

Result<std::unique_ptr<PersonReader>> PersonReader::create(Database& reader, PrecedenceRule rule) {
    auto made = std::make_unique<PersonReader>();
    made->m_rule = rule;
    AIVA_TRY(made->m_owner, reader.prepare("SELECT profile_id, source FROM profile_emails WHERE email = ?1"));
    AIVA_TRY(made->m_customers, reader.prepare(kCustomers));
    AIVA_TRY(made->m_emails, reader.prepare("SELECT email, source FROM profile_emails WHERE profile_id = ?1"));
    AIVA_TRY(made->m_totals, reader.prepare(kTotals));
    AIVA_TRY(made->m_store, reader.prepare(kStore));
    AIVA_TRY(made->m_lastOrder, reader.prepare(kLastOrder));
    AIVA_TRY(made->m_lastOrderAt, reader.prepare(kLastOrderAt));
    AIVA_TRY(made->m_guestEmails, reader.prepare(kGuestEmails));
    return made;
}

static Currency currencyFrom(std::string_view code) {
    const auto currency = Currency::parse(code);
    return currency ? *currency : Currency();
}

Result<std::optional<PersonReader::EmailOwner>> PersonReader::ownerOf(const QString& normalizedEmail) {
    if (normalizedEmail.isEmpty()) return std::optional<EmailOwner>();
    AIVA_TRY(const bool found, m_owner.bind(1, normalizedEmail).step());
    if (!found) return std::optional<EmailOwner>();
    const MatchedBy by = m_owner.view(1) == "alias" ? MatchedBy::Alias : MatchedBy::Email;
    std::optional<EmailOwner> owner = EmailOwner{m_owner.id<ProfileId>(0), by};
    m_owner.reset();
    return owner;
}

Result<std::vector<PersonReader::ShopCustomer>> PersonReader::customers(ProfileId profile) {
    std::vector<ShopCustomer> found;
    m_customers.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_customers.step());
        if (!more) return found;
        const Statement& row = m_customers;
        found.push_back({row.id<StoreId>(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                         splitLines(row.text(6)), row.integer(7), Money(row.integer(8), currencyFrom(row.view(9))),
                         row.time(10)});
    }
}

// The one asked for, then current addresses, then former ones; each group by the alphabet.
Result<QStringList> PersonReader::emails(ProfileId profile, const QString& askedEmail) {
    std::vector<std::pair<int, QString>> ranked;
    m_emails.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_emails.step());
        if (!more) break;
        const QString email = m_emails.text(0);
        ranked.emplace_back(email == askedEmail ? 0 : m_emails.view(1) == "alias" ? 2 : 1, email);
    }
    std::sort(ranked.begin(), ranked.end());
    QStringList sorted;
    for (const auto& [rank, email] : ranked)
        sorted.append(email);
    return sorted;
}

Result<std::vector<OrderTotals>> PersonReader::totals(ProfileId profile) {
    std::vector<OrderTotals> sums;
    m_totals.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, m_totals.step());
        if (!more) return sums;
        const auto store = m_totals.id<StoreId>(0);
        const Currency currency = currencyFrom(m_totals.view(1));
        auto sum = std::find_if(sums.begin(), sums.end(),
                                [&](const OrderTotals& one) { return one.store == store && one.currency == currency; });
        const UtcTime at = m_totals.time(2);
        if (sum == sums.end()) sum = sums.insert(sums.end(), {store, currency, 0, 0, 0, at, at});
        ++sum->count;
        // A cancelled order is no part of what the shop says was spent, so its refund takes nothing off that.
        if (!m_totals.boolean(5)) {
            sum->total += m_totals.integer(3);
            sum->refunded += m_totals.integer(4);
        }
        sum->first = std::min(sum->first, at);
        sum->last = std::max(sum->last, at);
    }
}

// Speaks for the person: the customer with the address asked for, else the one the shop touched last.
void PersonReader::fillIdentity(CustomerView& person, std::vector<ShopCustomer>& customers,
                                const QString& askedEmail) const {
    std::sort(customers.begin(), customers.end(), [&](const ShopCustomer& a, const ShopCustomer& b) {
        const bool aAsked = !askedEmail.isEmpty() && normalizedEmail(a.email) == askedEmail;
        const bool bAsked = !askedEmail.isEmpty() && normalizedEmail(b.email) == askedEmail;
        return aAsked != bAsked ? aAsked : a.updatedAt > b.updatedAt;
    });
    for (const ShopCustomer& customer : customers) {
        if (person.name.isEmpty()) person.name = customer.name;
        if (person.email.isEmpty()) person.email = normalizedEmail(customer.email);
        if (person.phone.isEmpty()) person.phone = customer.phone;
        if (person.note.isEmpty()) person.note = customer.note;
        for (const QString& tag : customer.tags)
            if (!person.tags.contains(tag)) person.tags.append(tag);
    }
    if (person.emails.contains(askedEmail)) person.email = askedEmail;
    if (person.email.isEmpty()) person.email = person.emails.value(0);
}

// What no customer record tells: a guest's name stands on the parcel.
Result<void> PersonReader::fillFromOrders(CustomerView& person, Statement& lastOrder) {
    AIVA_TRY(const bool found, lastOrder.step());
    if (!found) return {};
    if (person.email.isEmpty()) person.email = normalizedEmail(lastOrder.text(0));
    if (person.phone.isEmpty()) person.phone = lastOrder.text(1);
    if (person.name.isEmpty()) person.name = lastOrder.text(2).section(u'\n', 0, 0).trimmed();
    lastOrder.reset();
    return {};
}

void PersonReader::fillMoney(CustomerView& person, const std::vector<ShopCustomer>& customers,
                             const std::vector<OrderTotals>& totals) const {
    std::vector<StatedSpending> stated;
    for (const ShopCustomer& customer : customers)
        stated.push_back({customer.store, customer.spent, customer.ordersCount, customer.tags});
    std::vector<CountedOrders> counted;
    for (const OrderTotals& total : totals)
        counted.push_back({total.store, Money(total.total, total.currency), total.count});
    person.precedence = precedenceAcross(stated, counted, m_rule);
    const PersonSpending spending = personSpending(stated, totals);
    person.ordersCount = spending.orders;
    person.ltv = spending.spent;
    person.ltvNetOfRefunds = spending.netOfRefunds;
    person.averageOrder = spending.averageOrder;
}

Result<void> PersonReader::fillStores(CustomerView& person, const std::vector<ShopCustomer>& customers,
                                      const std::vector<OrderTotals>& totals) {
    for (const ShopCustomer& customer : customers)
        person.stores.push_back({customer.store, {}, {}, customer.externalId, {}});
    for (const OrderTotals& total : totals) {
        const bool isKnown = std::any_of(person.stores.begin(), person.stores.end(),
                                         [&](const StoreIdentity& one) { return one.storeId == total.store; });
        if (!isKnown) person.stores.push_back({total.store, {}, {}, {}, {}});
        person.firstOrderAt = std::min(person.firstOrderAt.value_or(total.first), total.first);
        person.lastOrderAt = std::max(person.lastOrderAt.value_or(total.last), total.last);
    }
    bool isAnyUnsynced = false;
    for (StoreIdentity& identity : person.stores) {
        AIVA_TRY(const bool found, m_store.bind(1, identity.storeId).step());
        if (!found) continue;
        identity.storeName = m_store.text(1);
        identity.storeDomain = m_store.text(2);
        identity.status = fromWord<StoreStatus>(m_store.text(3)).value_or(StoreStatus::Error);
        person.historyLimited = person.historyLimited || m_store.boolean(4);
        const std::optional<UtcTime> syncedAt = m_store.optionalTime(5);
        isAnyUnsynced = isAnyUnsynced || !syncedAt;
        if (syncedAt) person.asOf = std::min(person.asOf.value_or(*syncedAt), *syncedAt);
        m_store.reset();
    }
    if (isAnyUnsynced) person.asOf.reset();
    return {};
}

Result<std::optional<CustomerView>> PersonReader::person(ProfileId profile, const QString& askedEmail) {
    AIVA_TRY(std::vector<ShopCustomer> shopCustomers, customers(profile));
    AIVA_TRY(const std::vector<OrderTotals> sums, totals(profile));
    if (shopCustomers.empty() && sums.empty()) return std::optional<CustomerView>();
    std::optional<CustomerView> person = CustomerView();
    person->profile = profile;
    AIVA_TRY(person->emails, emails(profile, askedEmail));
    fillIdentity(*person, shopCustomers, askedEmail);
    fillMoney(*person, shopCustomers, sums);
    AIVA_CHECK(fillStores(*person, shopCustomers, sums));
    if (shopCustomers.empty() || person->phone.isEmpty())
        AIVA_CHECK(fillFromOrders(*person, m_lastOrder.bind(1, profile)));
    if (person->name.isEmpty()) person->name = person->email;
    return person;
}

Result<QStringList> PersonReader::emailsAt(ProfileId profile, StoreId store, const QString& askedEmail,
                                           const std::vector<ShopCustomer>& customers) {
    QStringList emails;
    const auto add = [&emails](const QString& email) {
        if (!email.isEmpty() && !emails.contains(email)) emails.append(email);
    };
    add(askedEmail);
    for (const ShopCustomer& customer : customers)
        add(normalizedEmail(customer.email));
    m_guestEmails.bind(1, profile).bind(2, store);
    for (;;) {
        AIVA_TRY(const bool more, m_guestEmails.step());
        if (!more) return emails;
        add(normalizedEmail(m_guestEmails.text(0)));
    }
}

Result<std::optional<CustomerView>> PersonReader::personAt(ProfileId profile, StoreId store,
                                                           const QString& askedEmail) {
    AIVA_TRY(std::vector<ShopCustomer> shopCustomers, customers(profile));
    AIVA_TRY(std::vector<OrderTotals> sums, totals(profile));
    CustomerView everywhere;
    fillMoney(everywhere, shopCustomers, sums);
    std::erase_if(shopCustomers, [&](const ShopCustomer& one) { return one.store != store; });
    std::erase_if(sums, [&](const OrderTotals& one) { return one.store != store; });
    if (shopCustomers.empty() && sums.empty()) return std::optional<CustomerView>();
    std::optional<CustomerView> person = CustomerView();
    person->profile = profile;
    AIVA_TRY(person->emails, emailsAt(profile, store, askedEmail, shopCustomers));
    fillIdentity(*person, shopCustomers, askedEmail);
    fillMoney(*person, shopCustomers, sums);
    if (everywhere.precedence == Precedence::Vip) person->precedence = Precedence::Vip;
    AIVA_CHECK(fillStores(*person, shopCustomers, sums));
    if (shopCustomers.empty() || person->phone.isEmpty())
        AIVA_CHECK(fillFromOrders(*person, m_lastOrderAt.bind(1, profile).bind(2, store)));
    if (person->name.isEmpty()) person->name = person->email;
    return person;
}

} // namespace aiva
