#include "tests/core/answer/verify/generated_replies.h"

#include "tests/core/answer/verify/generated_facts.h"

#include <QLocale>

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

using Kind = Piece::Kind;

// One language's sentences. %-words are pieces; a line in brackets stays only when all its pieces are known.
struct Template {
    const char16_t* language;
    const char16_t* shipped;
    const char16_t* delivered;
    const char16_t* partial;
    const char16_t* packed;
    const char16_t* cancelled;
};

constexpr Template kTemplates[] = {
    {u"en",
     u"Hi %name,\n\nThank you for your message. Your order %order {has shipped}[ on %shipped] and {is on its way} with "
     u"%carrier.\n[You can follow it here: %link\n]The tracking number is %number.[ We expect it to arrive by "
     u"%estimated.]\n[It holds %quantity x %title.\n][The order came to %total.\n]You have %window from delivery to "
     u"return "
     u"it.\n\nKind regards",
     u"Hello %name,\n\nYour order %order, placed on %ordered, {was delivered}[ on %delivered] by %carrier.\n[The "
     u"details are "
     u"here: %link\n]Its number was %number.\n[The order came to %total.\n]You can return it within %window.\n\nBest "
     u"regards",
     u"Hi %name,\n\nPart of your order %order {has already shipped}. You can follow it with %carrier under %number.\n"
     u"The remaining items {are still being prepared} in our warehouse.[\nThe order came to %total.]\n\nKind regards",
     u"Dear %name,\n\nYour order %order[ from %ordered] {is currently being packed} by our warehouse team and {will "
     u"ship} "
     u"within %handling.\n[It holds %quantity x %title.\n][The total is %total.\n]\nKind regards",
     u"Hi %name,\n\nYour order %order {was cancelled}[ on %cancelled].[ It had been placed on %ordered.]\nPlease reply "
     u"to "
     u"this email if you have a question about it.\n\nKind regards"},
    {u"de",
     u"Hallo %name,\n\nvielen Dank für Ihre Nachricht. Ihre Bestellung %order {wurde}[ am %shipped] {versandt} und "
     u"{ist} mit "
     u"%carrier {auf dem Weg} zu Ihnen.\n[Hier können Sie sie verfolgen: %link\n]Die Sendungsnummer lautet %number.[ "
     u"Die "
     u"Ankunft ist voraussichtlich am %estimated.]\n[Darin ist %quantity x %title.\n][Der Betrag ist %total.\n]Sie "
     u"haben "
     u"%window Zeit für die Rücksendung.\n\nFreundliche Grüße",
     u"Guten Tag %name,\n\nIhre Bestellung %order vom %ordered {wurde}[ am %delivered] von %carrier "
     u"{zugestellt}.\n[Die "
     u"Einzelheiten stehen hier: %link\n]Die Sendungsnummer war %number.\n[Der Betrag war %total.\n]Sie können die "
     u"Ware "
     u"innerhalb von %window zurücksenden.\n\nFreundliche Grüße",
     u"Hallo %name,\n\nein Teil Ihrer Bestellung %order {wurde bereits versandt}. Die Sendung läuft mit %carrier unter "
     u"der "
     u"Nummer %number.\nDie übrigen Artikel {werden} in unserem Lager noch {vorbereitet}.[\nDer Betrag ist "
     u"%total.]\n\nFreundliche Grüße",
     u"Hallo %name,\n\nIhre Bestellung %order[ vom %ordered] {wird gerade} von unserem Lagerteam {verpackt} und "
     u"verlässt "
     u"unser Lager innerhalb von %handling.\n[Darin ist %quantity x %title.\n][Der Betrag ist %total.\n]\nFreundliche "
     u"Grüße",
     u"Hallo %name,\n\nIhre Bestellung %order {wurde}[ am %cancelled] {storniert}.[ Das Datum der Bestellung ist der "
     u"%ordered.]\nBei Fragen antworten Sie bitte auf diese E-Mail.\n\nFreundliche Grüße"},
    {u"fr",
     u"Bonjour %name,\n\nMerci pour votre message. Votre commande %order {a été expédiée}[ le %shipped] et elle {est "
     u"en "
     u"route} avec %carrier.\n[Vous pouvez la suivre ici : %link\n]Le numéro de suivi est le %number.[ La livraison "
     u"est "
     u"prévue le %estimated.]\n[Elle contient %quantity x %title.\n][Le total est de %total.\n]Vous avez %window pour "
     u"la "
     u"retourner.\n\nCordialement",
     u"Bonjour %name,\n\nVotre commande %order, passée le %ordered, {a été livrée}[ le %delivered] par %carrier.\n[Les "
     u"détails sont ici : %link\n]Le numéro de suivi est le %number.\n[Le total est de %total.\n]Vous pouvez la "
     u"retourner "
     u"sous %window.\n\nCordialement",
     u"Bonjour %name,\n\nUne partie de votre commande %order {a déjà été expédiée}. Vous pouvez la suivre avec "
     u"%carrier sous "
     u"le numéro %number.\nLes autres articles {sont encore en préparation} dans notre entrepôt.[\nLe total est de "
     u"%total.]\n\nCordialement",
     u"Bonjour %name,\n\nVotre commande %order[ du %ordered] {est en cours de préparation} par l'équipe de notre "
     u"entrepôt et "
     u"{partira} sous %handling.\n[Elle contient %quantity x %title.\n][Le total est de %total.\n]\nCordialement",
     u"Bonjour %name,\n\nVotre commande %order {a été annulée}[ le %cancelled].[ Elle avait été passée le "
     u"%ordered.]\nRépondez à cet e-mail si vous avez une question à ce sujet.\n\nCordialement"},
    {u"es",
     u"Hola %name:\n\nGracias por su mensaje. Su pedido %order {fue enviado}[ el %shipped] y {está en camino} con "
     u"%carrier.\n[Puede seguirlo aquí: %link\n]El número de seguimiento es %number.[ La entrega está prevista el "
     u"%estimated.]\n[Contiene %quantity x %title.\n][El total es de %total.\n]Tiene %window para "
     u"devolverlo.\n\nSaludos cordiales",
     u"Hola %name:\n\nSu pedido %order, realizado el %ordered, {fue entregado}[ el %delivered] por %carrier.\n[Los "
     u"detalles "
     u"están aquí: %link\n]El número de seguimiento es %number.\n[El total es de %total.\n]Puede devolverlo en un "
     u"plazo de "
     u"%window.\n\nSaludos cordiales",
     u"Hola %name:\n\nUna parte de su pedido %order {ya ha sido enviada}. Puede seguirla con %carrier con el número "
     u"%number.\nLos demás artículos todavía {se están preparando} en nuestro almacén.[\nEl total es de "
     u"%total.]\n\nSaludos cordiales",
     u"Hola %name:\n\nNuestro equipo de almacén {está preparando} su pedido %order[ del %ordered], que {saldrá} en un "
     u"plazo "
     u"de %handling.\n[Contiene %quantity x %title.\n][El total es de %total.\n]\nSaludos cordiales",
     u"Hola %name:\n\nSu pedido %order {fue cancelado}[ el %cancelled].[ Fue realizado el %ordered.]\nSi tiene alguna "
     u"pregunta, responda a este correo.\n\nSaludos cordiales"},
};

enum class Stage { Shipped, Delivered, Partial, Packed, Cancelled };

// Sentences that are true of one stage only; said of another they are lies.
struct Lie {
    const char16_t* language;
    Stage trueOf;
    const char16_t* text;
};
constexpr Lie kLies[] = {
    {u"en", Stage::Shipped, u"Your order is on its way."},
    {u"en", Stage::Delivered, u"Your order was delivered."},
    {u"en", Stage::Cancelled, u"Your order was cancelled."},
    {u"en", Stage::Packed, u"Your order has not shipped yet."},
    {u"de", Stage::Shipped, u"Ihre Bestellung ist unterwegs."},
    {u"de", Stage::Delivered, u"Ihre Bestellung wurde zugestellt."},
    {u"de", Stage::Cancelled, u"Ihre Bestellung wurde storniert."},
    {u"de", Stage::Packed, u"Ihre Bestellung wurde noch nicht versandt."},
    {u"fr", Stage::Shipped, u"Votre commande est en route."},
    {u"fr", Stage::Delivered, u"Votre commande a été livrée."},
    {u"fr", Stage::Cancelled, u"Votre commande a été annulée."},
    {u"fr", Stage::Packed, u"Votre commande n'a pas encore été expédiée."},
    {u"es", Stage::Shipped, u"Su pedido está en camino."},
    {u"es", Stage::Delivered, u"Su pedido fue entregado."},
    {u"es", Stage::Cancelled, u"Su pedido fue cancelado."},
    {u"es", Stage::Packed, u"Su pedido todavía no ha sido enviado."},
};

struct Duration {
    const char16_t* language;
    const char16_t* hours;
    const char16_t* days;
};
constexpr Duration kDurations[] = {{u"en", u"%1 hours", u"%1 days"},
                                   {u"de", u"%1 Stunden", u"%1 Tagen"},
                                   {u"fr", u"%1 heures", u"%1 jours"},
                                   {u"es", u"%1 horas", u"%1 días"}};

template <typename Row>
const Row& rowOf(const Row* begin, const Row* end, const QString& language) {
    return *std::find_if(begin, end, [&](const Row& row) { return language == QString::fromUtf16(row.language); });
}

const Fact* only(const FactSet& facts, FactKind kind, const QString& order) {
    const auto found = facts.ofOrder(order, kind);
    return found.empty() ? nullptr : found.front();
}

std::optional<Stage> stageOf(const FactSet& facts) {
    const QString& order = facts.subjectOrder;
    const QString financial = only(facts, FactKind::FinancialStatus, order)->value;
    const QString fulfillment = only(facts, FactKind::FulfillmentStatus, order)->value;
    const auto parcels = facts.ofOrder(order, FactKind::TrackingNumber).size();
    if (only(facts, FactKind::CancelledAt, order)) return Stage::Cancelled;
    if (financial != "PAID"_L1) return std::nullopt;
    if (fulfillment == "UNFULFILLED"_L1 || fulfillment == "IN_PROGRESS"_L1) return Stage::Packed;
    if (parcels != 1) return std::nullopt;
    if (fulfillment == "PARTIALLY_FULFILLED"_L1) return Stage::Partial;
    if (fulfillment != "FULFILLED"_L1) return std::nullopt;
    return only(facts, FactKind::DeliveredAt, order) ? Stage::Delivered : Stage::Shipped;
}

// Fills one template, remembering which fact each piece says.
class Filling {
public:
    Filling(GeneratedReply& reply, QString text) : m_reply(reply), m_text(std::move(text)) {}
    void run() { write(m_text); }

private:
    void write(const QString& text);
    bool canFill(const QString& part) const;
    std::optional<Piece> piece(const QString& name) const;
    std::optional<Piece> day(FactKind kind) const;
    std::optional<Piece> said(Kind kind, FactKind fact) const;
    std::optional<Piece> duration(const QString& label, qint64 count, const char16_t* pattern) const;
    const Fact* item() const;
    void add(Piece piece) {
        if (!piece.fact.isEmpty() && !m_reply.declaredFacts.contains(piece.fact)) m_reply.declaredFacts << piece.fact;
        m_reply.pieces.push_back(std::move(piece));
    }
    bool usesWeekdays() const { return m_reply.facts.subjectOrder.back().digitValue() % 2 == 0; }

    GeneratedReply& m_reply;
    QString m_text;
};

QString nameIn(const QString& text, qsizetype percent) {
    qsizetype end = percent + 1;
    while (end < text.size() && text.at(end).isLetter())
        ++end;
    return text.mid(percent + 1, end - percent - 1);
}

bool Filling::canFill(const QString& part) const {
    for (qsizetype at = part.indexOf(u'%'); at >= 0; at = part.indexOf(u'%', at + 1))
        if (!piece(nameIn(part, at))) return false;
    return true;
}

void Filling::write(const QString& text) {
    QString words;
    Kind kind = Kind::Words;
    const auto flush = [&] {
        if (!words.isEmpty()) add(Piece{kind, words, {}, {}, false, {}, 0});
        words.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'[') {
            flush();
            const qsizetype end = text.indexOf(u']', i);
            const QString part = text.mid(i + 1, end - i - 1);
            if (canFill(part)) write(part);
            i = end;
        } else if (c == u'{' || c == u'}') {
            flush();
            kind = c == u'{' ? Kind::Status : Kind::Words;
        } else if (c == u'%') {
            flush();
            const QString name = nameIn(text, i);
            add(piece(name).value());
            i += name.size();
        } else {
            words += c;
        }
    }
    flush();
}

const Fact* Filling::item() const {
    for (const Fact* fact : m_reply.facts.ofOrder(m_reply.facts.subjectOrder, FactKind::Item))
        if (fact->item && fact->item->quantity > 0) return fact;
    return nullptr;
}

std::optional<Piece> Filling::said(Kind kind, FactKind factKind) const {
    const Fact* fact = only(m_reply.facts, factKind, m_reply.facts.subjectOrder);
    return fact ? std::optional(Piece{kind, fact->value, fact->id, {}, false, {}, 0}) : std::nullopt;
}

std::optional<Piece> Filling::day(FactKind kind) const {
    const Fact* fact = only(m_reply.facts, kind, m_reply.facts.subjectOrder);
    if (!fact) return std::nullopt;
    const QDate date = QDate::fromString(fact->value, Qt::ISODate);
    return Piece{Kind::Day, spokenDay(date, m_reply.language, usesWeekdays()), fact->id, date, usesWeekdays(), {}, 0};
}

std::optional<Piece> Filling::duration(const QString& label, qint64 count, const char16_t* pattern) const {
    for (const Fact* fact : m_reply.facts.ofKind(FactKind::Policy))
        if (fact->label == label)
            return Piece{Kind::Duration, QString::fromUtf16(pattern).arg(count), fact->id, {}, false, {}, count};
    return std::nullopt;
}

std::optional<Piece> Filling::piece(const QString& name) const {
    const Duration& words = rowOf(std::begin(kDurations), std::end(kDurations), m_reply.language);
    const QString& order = m_reply.facts.subjectOrder;
    if (name == "name"_L1) return Piece{Kind::Name, m_reply.facts.customerFirstName, {}, {}, false, {}, 0};
    if (name == "order"_L1) return said(Kind::Order, FactKind::OrderName);
    if (name == "carrier"_L1) return said(Kind::Carrier, FactKind::Carrier);
    if (name == "number"_L1) return said(Kind::Number, FactKind::TrackingNumber);
    if (name == "link"_L1) return said(Kind::Link, FactKind::TrackingUrl);
    if (name == "shipped"_L1) return day(FactKind::ShippedAt);
    if (name == "delivered"_L1) return day(FactKind::DeliveredAt);
    if (name == "estimated"_L1) return day(FactKind::EstimatedDelivery);
    if (name == "ordered"_L1) return day(FactKind::OrderDate);
    if (name == "cancelled"_L1) return day(FactKind::CancelledAt);
    if (name == "handling"_L1) return duration(u"handling_time"_s, 24, words.hours);
    if (name == "window"_L1) return duration(u"return_window"_s, 30, words.days);
    if (name == "total"_L1) {
        const Fact* total = only(m_reply.facts, FactKind::Money, order);
        if (!total || !total->money) return std::nullopt;
        return Piece{
            Kind::Amount, spokenAmount(*total->money, m_reply.language), total->id, {}, false, *total->money, 0};
    }
    const Fact* fact = item();
    if (!fact) return std::nullopt;
    if (name == "title"_L1) return Piece{Kind::Words, fact->item->title, fact->id, {}, false, {}, 0};
    return Piece{Kind::Quantity, QString::number(fact->item->quantity), fact->id, {}, false, {}, fact->item->quantity};
}

QString templateOf(const QString& language, Stage stage) {
    const Template& all = rowOf(std::begin(kTemplates), std::end(kTemplates), language);
    const char16_t* texts[] = {all.shipped, all.delivered, all.partial, all.packed, all.cancelled};
    return QString::fromUtf16(texts[static_cast<int>(stage)]);
}

void addLies(GeneratedReply& reply, Stage stage) {
    for (const Lie& lie : kLies) {
        // Of a part nothing is asserted here: part of it may be true.
        if (reply.language != QString::fromUtf16(lie.language) || lie.trueOf == stage || stage == Stage::Partial)
            continue;
        if (lie.trueOf == Stage::Packed && stage == Stage::Cancelled) continue;
        reply.lies << QString::fromUtf16(lie.text);
    }
}

} // namespace

QString GeneratedReply::text() const {
    QString text;
    for (const Piece& piece : pieces)
        text += piece.text;
    return text;
}

QString spokenDay(QDate day, const QString& language, bool weekday) {
    const QLocale locale(language == "en"_L1 ? u"en_GB"_s : language);
    const QString name = weekday ? locale.dayName(day.dayOfWeek()) : QString();
    const QString month = locale.monthName(day.month());
    const QString d = QString::number(day.day());
    const QString y = QString::number(day.year());
    if (language == "de"_L1) return (weekday ? name + u", den "_s : QString()) + d + u". "_s + month + u' ' + y;
    if (language == "fr"_L1) return (weekday ? name + u' ' : QString()) + d + u' ' + month + u' ' + y;
    if (language == "es"_L1) return (weekday ? name + u' ' : QString()) + d + u" de "_s + month + u" de "_s + y;
    return weekday ? name + u", "_s + d + u' ' + month + u' ' + y : month + u' ' + d + u", "_s + y;
}

QString spokenAmount(const Money& money, const QString& language) {
    QString text = money.decimalText();
    QString fraction = text.section(u'.', 1);
    QString whole = text.section(u'.', 0, 0);
    const QString group = language == "en"_L1 ? u","_s : language == "fr"_L1 ? QString(QChar(0x202F)) : u"."_s;
    for (qsizetype at = whole.size() - 3; at > 0; at -= 3)
        whole.insert(at, group);
    if (language == "en"_L1) return u'$' + whole + u'.' + fraction;
    return whole + u',' + fraction + (language == "es"_L1 ? u" USD"_s : u" $"_s);
}

std::optional<GeneratedReply> replyFor(const sandbox::World& world, qint64 customer, const QString& language) {
    GeneratedReply reply;
    reply.language = language;
    reply.facts = factsOfCustomer(world, customer);
    reply.sentAt = world.now();
    if (reply.facts.subjectOrder.isEmpty() || reply.facts.customerFirstName.isEmpty()) return std::nullopt;
    const auto stage = stageOf(reply.facts);
    if (!stage) return std::nullopt;
    Filling(reply, templateOf(language, *stage)).run();
    addLies(reply, *stage);
    return reply;
}

OtherPeople::OtherPeople(const sandbox::World& world) {
    const auto add = [&](IdentityKind kind, const QString& value, QStringList& list) {
        if (value.size() < 2 || m_known[kind].contains(value)) return;
        m_known[kind].insert(value);
        list << value;
    };
    for (qint64 i = 0; i < world.customerCount(); ++i) {
        const CustomerRecord record = world.customer(i).record;
        add(IdentityKind::Name, QString::fromStdString(record.displayName), m_nameList);
        add(IdentityKind::Email, QString::fromStdString(record.email), m_emailList);
        add(IdentityKind::Phone, QString::fromStdString(record.phone), m_phoneList);
    }
    for (qint64 i = 0; i < world.orderCount(); ++i) {
        const OrderRecord record = world.order(i).record;
        add(IdentityKind::OrderName, QString::fromStdString(record.name), m_orderList);
        for (const FulfillmentRecord& fulfillment : record.fulfillments)
            for (const TrackingRecord& tracking : fulfillment.tracking)
                add(IdentityKind::TrackingNumber, QString::fromStdString(tracking.number), m_numberList);
    }
}

bool OtherPeople::owns(const GeneratedReply& reply, IdentityKind kind, const QString& value) const {
    if (!m_known.value(kind).contains(value)) return false;
    if (kind == IdentityKind::Name) return value != reply.facts.customerName;
    if (kind == IdentityKind::Email) return !reply.facts.customerEmails.contains(value);
    if (kind == IdentityKind::OrderName) return !reply.facts.orderNames.contains(value);
    for (const Fact& fact : reply.facts.facts)
        if (fact.kind == FactKind::TrackingNumber && fact.value == value) return false;
    return true;
}

} // namespace aiva::test
