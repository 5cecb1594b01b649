#include "tests/core/answer/verify/reply_mutations.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

using Kind = Piece::Kind;

class Mutating {
public:
    Mutating(const GeneratedReply& reply, const OtherPeople& others, quint32 seed)
        : m_reply(reply), m_others(others), m_random(seed) {}

    std::vector<Mutant> run();

private:
    void replace(size_t piece, const QString& what, const QString& text);
    void append(const QString& what, const QString& sentence);
    void mutate(size_t piece);
    void mutateOrder(size_t piece);
    void mutateNumber(size_t piece);
    void mutateLink(size_t piece);
    void mutateCarrier(size_t piece);
    void mutateAmount(size_t piece);
    void mutateDay(size_t piece);
    void mutateDuration(size_t piece);
    void appendClaims();
    QString withOtherDigit(const QString& text);
    QString pick(const QStringList& list) { return list.at(m_random.bounded(int(list.size()))); }
    QString strange(const QStringList& list, IdentityKind kind);
    bool isAnAmount(const Money& money) const;

    const GeneratedReply& m_reply;
    const OtherPeople& m_others;
    QRandomGenerator m_random;
    std::vector<Mutant> m_mutants;
};

void Mutating::replace(size_t piece, const QString& what, const QString& text) {
    QString whole;
    for (size_t i = 0; i < m_reply.pieces.size(); ++i)
        whole += i == piece ? text : m_reply.pieces[i].text;
    if (text != m_reply.pieces[piece].text) m_mutants.push_back({what, whole});
}

void Mutating::append(const QString& what, const QString& sentence) {
    m_mutants.push_back({what, m_reply.text() + u"\n\n"_s + sentence});
}

// One digit, somewhere, is another one.
QString Mutating::withOtherDigit(const QString& text) {
    QList<qsizetype> places;
    for (qsizetype i = 0; i < text.size(); ++i)
        if (text.at(i).isDigit()) places << i;
    if (places.isEmpty()) return text;
    const qsizetype at = places.at(m_random.bounded(int(places.size())));
    const int digit = (text.at(at).digitValue() + 1 + int(m_random.bounded(9))) % 10;
    QString changed = text;
    changed[at] = QChar(u'0' + digit);
    return changed;
}

QString withSwappedDigits(const QString& text) {
    for (qsizetype i = text.size() - 2; i > 0; --i)
        if (text.at(i).isDigit() && text.at(i + 1).isDigit() && text.at(i) != text.at(i + 1))
            return text.left(i) + text.at(i + 1) + text.at(i) + text.mid(i + 2);
    return text;
}

// Somebody else's, never by chance the customer's own.
QString Mutating::strange(const QStringList& list, IdentityKind kind) {
    for (int tries = 0; tries < 100; ++tries)
        if (const QString value = pick(list); m_others.owns(m_reply, kind, value)) return value;
    return {};
}

void Mutating::mutateOrder(size_t piece) {
    const QString text = m_reply.pieces[piece].text;
    replace(piece, u"digit of the order"_s, withOtherDigit(text));
    replace(piece, u"digits of the order swapped"_s, withSwappedDigits(text));
    replace(piece, u"another customer's order"_s, strange(m_others.orders(), IdentityKind::OrderName));
    for (const QString& own : m_reply.facts.orderNames)
        if (own != text) replace(piece, u"another order of the customer"_s, own);
}

void Mutating::mutateNumber(size_t piece) {
    const QString text = m_reply.pieces[piece].text;
    replace(piece, u"digit of the tracking number"_s, withOtherDigit(text));
    replace(piece, u"digits of the tracking number swapped"_s, withSwappedDigits(text));
    replace(piece, u"digit of the tracking number dropped"_s, text.left(text.size() - 1));
    replace(piece, u"another parcel"_s, strange(m_others.numbers(), IdentityKind::TrackingNumber));
}

void Mutating::mutateLink(size_t piece) {
    const QString text = m_reply.pieces[piece].text;
    const qsizetype host = text.indexOf("://"_L1) + 3;
    qsizetype end = text.indexOf(u'/', host);
    if (end < 0) end = text.size();
    const QString name = text.mid(host, end - host);
    const QString rest = text.mid(end);
    const QString start = text.left(host);
    replace(piece, u"number inside the link"_s, start + name + withOtherDigit(rest));
    replace(piece, u"look-alike host"_s,
            start + QString(name).replace(u'o', u'0').replace(u'l', u'1').replace(u's', u'5') + rest);
    replace(piece, u"host of another script"_s,
            start + QString(name).replace(u'e', QChar(0x0435)).replace(u'p', QChar(0x0440)) + rest);
    replace(piece, u"host below another"_s, start + name + u".parcel-check.example"_s + rest);
    replace(piece, u"name before the host"_s, start + name + u"@parcel-check.example"_s + rest);
    replace(piece, u"encoded host"_s,
            start + u"xn--"_s + name.section(u'.', -2, -2) + u"-7ka."_s + name.section(u'.', -1) + rest);
    replace(piece, u"another path"_s, start + name + u"/redirect?to=https://parcel-check.example"_s);
}

void Mutating::mutateCarrier(size_t piece) {
    static const QStringList carriers{u"USPS"_s, u"UPS"_s, u"FedEx"_s, u"DHL"_s, u"DPD"_s, u"GLS"_s, u"Royal Mail"_s};
    const QString text = m_reply.pieces[piece].text;
    int made = 0;
    for (const QString& carrier : carriers) {
        if (text.startsWith(carrier) || made == 3) continue;
        replace(piece, u"another carrier"_s, carrier);
        ++made;
    }
}

bool Mutating::isAnAmount(const Money& money) const {
    return std::any_of(m_reply.facts.facts.begin(), m_reply.facts.facts.end(),
                       [&](const Fact& fact) { return fact.money == money; });
}

void Mutating::mutateAmount(size_t piece) {
    const Piece& own = m_reply.pieces[piece];
    const auto put = [&](const QString& what, qint64 minor) {
        const Money other(minor, own.money.currency());
        if (!isAnAmount(other)) replace(piece, what, spokenAmount(other, m_reply.language));
    };
    put(u"ten percent more"_s, own.money.minor() + std::max<qint64>(1, own.money.minor() / 10));
    put(u"a cent more"_s, own.money.minor() + 1);
    put(u"ten times as much"_s, own.money.minor() * 10);
    replace(piece, u"another currency"_s, QString(own.text).replace(u'$', u'€').replace("USD"_L1, "EUR"_L1));
    replace(piece, u"no currency"_s, QString(own.text).remove(u'$').remove("USD"_L1));
}

void Mutating::mutateDay(size_t piece) {
    const Piece& own = m_reply.pieces[piece];
    const auto put = [&](const QString& what, QDate day) {
        replace(piece, what, spokenDay(day, m_reply.language, own.weekday));
    };
    put(u"a day later"_s, own.day.addDays(1));
    put(u"a day earlier"_s, own.day.addDays(-1));
    put(u"a month later"_s, own.day.addMonths(1));
    put(u"another year"_s, own.day.addYears(-1));
    if (!own.weekday) return;
    // The date stays, the weekday does not.
    const QString right = spokenDay(own.day, m_reply.language, true);
    const QString other = spokenDay(own.day.addDays(1), m_reply.language, true);
    const QString name = other.section(u' ', 0, 0);
    replace(piece, u"another weekday"_s, name + right.mid(right.indexOf(u' ')));
}

void Mutating::mutateDuration(size_t piece) {
    const Piece& own = m_reply.pieces[piece];
    const QString unit = own.text.section(u' ', 1);
    const auto put = [&](const QString& what, const QString& text) { replace(piece, what, text); };
    put(u"a longer time"_s, QString::number(own.count + 1) + u' ' + unit);
    put(u"a tenth of the time"_s, QString::number(own.count / 10) + u' ' + unit);
    static const QMap<QString, QStringList> units{{u"en"_s, {u"days"_s, u"hours"_s, u"weeks"_s}},
                                                  {u"de"_s, {u"Tagen"_s, u"Stunden"_s, u"Wochen"_s}},
                                                  {u"fr"_s, {u"jours"_s, u"heures"_s, u"semaines"_s}},
                                                  {u"es"_s, {u"días"_s, u"horas"_s, u"semanas"_s}}};
    for (const QString& other : units.value(m_reply.language))
        if (other != unit) put(u"another unit of time"_s, QString::number(own.count) + u' ' + other);
}

struct Claims {
    const char16_t* language;
    std::vector<const char16_t*> done;
    std::vector<const char16_t*> promises;
    const char16_t* named; // with %1
};

const std::vector<Claims>& claims() {
    static const std::vector<Claims> all{
        {u"en",
         {u"We have refunded your order.", u"I have cancelled it for you.", u"Your address has been updated.",
          u"I've issued a refund."},
         {u"We will refund the full amount.", u"We guarantee that it arrives.", u"The next order is free.",
          u"Here is a discount code for you.", u"We'll send you a replacement."},
         u"The parcel of %1 is with yours."},
        {u"de",
         {u"Wir haben Ihre Bestellung erstattet.", u"Ich habe sie für Sie storniert.",
          u"Ihre Adresse wurde von uns geändert.", u"Wir haben eine Erstattung veranlasst."},
         {u"Wir werden Ihnen den Betrag erstatten.", u"Wir garantieren die Lieferung.",
          u"Die nächste Bestellung ist kostenlos.", u"Hier ist ein Gutschein für Sie.",
          u"Sie erhalten eine Gutschrift."},
         u"Das Paket von %1 liegt bei Ihrem."},
        {u"fr",
         {u"Nous avons remboursé votre commande.", u"J'ai annulé la commande pour vous.",
          u"Votre adresse a été modifiée.", u"Nous avons effectué un virement."},
         {u"Nous allons vous rembourser.", u"Nous garantissons la livraison.", u"La prochaine commande est gratuite.",
          u"Voici une remise pour vous.", u"Vous recevrez un remboursement."},
         u"Le colis de %1 est avec le vôtre."},
        {u"es",
         {u"Hemos reembolsado su pedido.", u"He cancelado el pedido.", u"Su dirección ha sido modificada.",
          u"Hemos tramitado la devolución."},
         {u"Vamos a reembolsar el importe.", u"Garantizamos la entrega.", u"El próximo pedido es gratuito.",
          u"Aquí tiene un descuento.", u"Recibirá un reembolso."},
         u"El paquete de %1 está con el suyo."}};
    return all;
}

void Mutating::appendClaims() {
    const auto own = std::find_if(claims().begin(), claims().end(), [&](const Claims& one) {
        return m_reply.language == QString::fromUtf16(one.language);
    });
    for (const char16_t* done : own->done)
        append(u"a deed nobody did"_s, QString::fromUtf16(done));
    for (const char16_t* promise : own->promises)
        append(u"a promise"_s, QString::fromUtf16(promise));
    for (const QString& lie : m_reply.lies)
        append(u"another status"_s, lie);
    append(u"somebody else's name"_s,
           QString::fromUtf16(own->named).arg(strange(m_others.names(), IdentityKind::Name)));
    append(u"somebody else's e-mail"_s, strange(m_others.emails(), IdentityKind::Email));
    append(u"somebody else's telephone"_s, pick(m_others.phones()));
    append(u"somebody else's order"_s, strange(m_others.orders(), IdentityKind::OrderName));
    append(u"somebody else's parcel"_s, strange(m_others.numbers(), IdentityKind::TrackingNumber));
    append(u"a payment card"_s, u"4111 1111 1111 1111"_s);
}

void Mutating::mutate(size_t piece) {
    const Piece& own = m_reply.pieces[piece];
    switch (own.kind) {
    case Kind::Name:
        replace(piece, u"another name"_s, strange(m_others.names(), IdentityKind::Name));
        break;
    case Kind::Order:
        return mutateOrder(piece);
    case Kind::Carrier:
        return mutateCarrier(piece);
    case Kind::Number:
        return mutateNumber(piece);
    case Kind::Link:
        return mutateLink(piece);
    case Kind::Amount:
        return mutateAmount(piece);
    case Kind::Day:
        return mutateDay(piece);
    case Kind::Quantity:
        replace(piece, u"another quantity"_s, QString::number(own.count + 1));
        replace(piece, u"ten times the quantity"_s, QString::number(own.count * 10));
        break;
    case Kind::Duration:
        return mutateDuration(piece);
    case Kind::Status:
    case Kind::Words:
        break;
    }
}

std::vector<Mutant> Mutating::run() {
    for (size_t i = 0; i < m_reply.pieces.size(); ++i)
        mutate(i);
    appendClaims();
    return std::move(m_mutants);
}

} // namespace

std::vector<Mutant> mutantsOf(const GeneratedReply& reply, const OtherPeople& others, quint32 seed) {
    return Mutating(reply, others, seed).run();
}

} // namespace aiva::test
