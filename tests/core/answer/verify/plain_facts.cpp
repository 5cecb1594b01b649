#include "tests/core/answer/verify/plain_facts.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

UtcTime at(const char* iso) {
    return UtcTime::parseIso(iso).value();
}

class Facts {
public:
    Fact& add(FactKind kind, const QString& value, const QString& order = {}, int parcel = 0) {
        Fact fact;
        fact.id = (kind == FactKind::Policy ? u"P%1"_s : u"F%1"_s).arg(++m_next);
        fact.kind = kind;
        fact.value = value;
        fact.order = order;
        fact.parcel = parcel;
        m_set.facts.push_back(fact);
        return m_set.facts.back();
    }
    void money(const QString& decimal, const QString& label, const QString& order) {
        Fact& fact = add(FactKind::Money, decimal + u" USD"_s, order);
        fact.label = label;
        fact.money = Money::parse(decimal.toStdString(), Currency::parse("USD").value()).value();
    }
    void day(FactKind kind, const char* iso, const QString& order, int parcel = 0) {
        Fact& fact = add(kind, QString::fromLatin1(iso).left(10), order, parcel);
        fact.time = at(iso);
    }
    void item(const QString& title, const QString& variant, qint64 quantity, const QString& order) {
        Fact& fact = add(FactKind::Item, title, order);
        fact.item = FactItem{title, variant, title.left(3).toUpper() + u"-01"_s, quantity};
    }
    void policy(const QString& label, const QString& text) { add(FactKind::Policy, text).label = label; }
    FactSet& set() { return m_set; }

private:
    FactSet m_set;
    int m_next = 0;
};

void addShipped(Facts& facts) {
    const QString order = u"#1042"_s;
    facts.add(FactKind::OrderName, order, order);
    facts.add(FactKind::FinancialStatus, u"PAID"_s, order);
    facts.add(FactKind::FulfillmentStatus, u"FULFILLED"_s, order);
    facts.day(FactKind::OrderDate, "2026-05-08T15:00:00Z", order);
    facts.money(u"1234.50"_s, u"total"_s, order);
    facts.money(u"14.50"_s, u"shipping"_s, order);
    facts.item(u"Blue Widget"_s, u"Large"_s, 2, order);
    facts.item(u"Trail Bottle 750 ml"_s, {}, 1, order);
    facts.add(FactKind::Carrier, u"USPS"_s, order, 1);
    facts.add(FactKind::TrackingNumber, u"9400111899223197428490"_s, order, 1);
    facts.add(FactKind::TrackingUrl, u"https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490"_s,
              order, 1);
    facts.day(FactKind::ShippedAt, "2026-05-11T15:00:00Z", order, 1);
    facts.day(FactKind::EstimatedDelivery, "2026-05-15T15:00:00Z", order, 1);
    facts.add(FactKind::AddressLine, u"12 Main Street"_s, order);
}

void addPacked(Facts& facts) {
    const QString order = u"#1043"_s;
    facts.add(FactKind::OrderName, order, order);
    facts.add(FactKind::FinancialStatus, u"PAID"_s, order);
    facts.add(FactKind::FulfillmentStatus, u"UNFULFILLED"_s, order);
    facts.day(FactKind::OrderDate, "2026-05-12T03:00:00Z", order);
    facts.money(u"20.00"_s, u"total"_s, order);
    facts.item(u"Red Mug"_s, {}, 1, order);
}

void addStore(Facts& facts) {
    facts.policy(u"handling_time"_s, u"24 hours"_s);
    facts.policy(u"Returns"_s, u"Returns are free within 30 days of delivery. Portal: https://acme.example/returns"_s);
    facts.policy(u"Delivery"_s,
                 u"Delivery takes 5 to 7 business days. We answer Monday to Friday from 9:00 to 17:00."_s);
    facts.add(FactKind::StoreContact, u"help@acme.example"_s);
    facts.add(FactKind::StoreContact, u"+1 555 010 2000"_s);
    facts.add(FactKind::Link, u"https://acme.example/faq"_s);
}

} // namespace

FactSet plainFacts() {
    Facts facts;
    addShipped(facts);
    addPacked(facts);
    facts.add(FactKind::CustomerName, u"Anna Schmidt"_s);
    addStore(facts);
    FactSet& set = facts.set();
    set.storeName = u"Acme"_s;
    set.storeHosts = {u"acme.example"_s};
    set.timeZone = u"America/New_York"_s;
    set.customerName = u"Anna Schmidt"_s;
    set.customerFirstName = u"Anna"_s;
    set.customerEmails = {u"anna@schmidt.example"_s};
    set.orderNames = {u"#1043"_s, u"#1042"_s};
    set.subjectOrder = u"#1042"_s;
    return set;
}

VerifierInput inputOf(const QString& reply, const QString& language) {
    VerifierInput input;
    input.reply = reply;
    input.language = language;
    input.intent = Intent::OrderStatus;
    input.facts = plainFacts();
    input.sendAt = kSentAt;
    input.belongsToSomebodyElse = isSomebodyElses;
    input.author = VerifierInput::Author::Person;
    return input;
}

QStringList objections(const VerifierVerdict& verdict) {
    QStringList lines;
    for (const Claim& claim : verdict.claims)
        if (claim.status != ClaimStatus::Proven)
            lines << u"%1 %2 %3"_s.arg(claim.check).arg(toWord(claim.status), claim.text).trimmed();
    return lines;
}

bool isSomebodyElses(IdentityKind kind, const QString& value) {
    static const QMap<IdentityKind, QStringList> known{
        {IdentityKind::Name, {u"Robert"_s, u"Miller"_s, u"Robert Miller"_s}},
        {IdentityKind::Email, {u"robert@miller.example"_s}},
        {IdentityKind::Phone, {u"+1 555 010 9999"_s}},
        {IdentityKind::OrderName, {u"#2001"_s, u"2001"_s}},
        {IdentityKind::TrackingNumber, {u"1Z999AA10123456784"_s}}};
    return known.value(kind).contains(value);
}

} // namespace aiva::test
