#include "app/sandbox/model/model_author.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

#include <vector>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

struct Given {
    QString id;
    QString kind;
    QString order;
    QString value;
};

struct AskedLetter {
    QString language = u"en"_s;
    QString mail;
    QString marker;
    std::vector<Given> facts;
    std::vector<Given> policies;
    QStringList orders;

    const Given* of(const QString& kind, const QString& order = {}) const {
        for (const Given& fact : facts)
            if (fact.kind == kind && (order.isEmpty() || fact.order == order)) return &fact;
        return nullptr;
    }
};

void readFacts(const QString& context, AskedLetter& letter) {
    static const QRegularExpression factLine(
        u"^\\[(F\\d+)\\] (\\w+)(?: \\([^)]*\\))?(?: of ([^:,]+))?(?:, parcel \\d+)?: (.*)$"_s,
        QRegularExpression::MultilineOption);
    static const QRegularExpression policyLine(u"^\\[(P\\d+)\\] ([^:\\n]+): (.*)$"_s,
                                               QRegularExpression::MultilineOption);
    for (auto lines = factLine.globalMatch(context); lines.hasNext();) {
        const auto line = lines.next();
        letter.facts.push_back({line.captured(1), line.captured(2), line.captured(3), line.captured(4)});
        if (line.captured(2) == "order_name"_L1) letter.orders.append(line.captured(4));
    }
    for (auto lines = policyLine.globalMatch(context); lines.hasNext();) {
        const auto line = lines.next();
        letter.policies.push_back({line.captured(1), line.captured(2), {}, line.captured(3)});
    }
}

AskedLetter readAskedLetter(const QString& text) {
    static const QRegularExpression between(u"between the two lines (\\S+)\\."_s);
    static const QRegularExpression code(u"language with the code \"(\\w+)\""_s);
    AskedLetter letter;
    letter.marker = between.match(text).captured(1);
    letter.mail = text;
    if (!letter.marker.isEmpty()) {
        const QString edge = u'\n' + letter.marker;
        const qsizetype begin = text.indexOf(edge) + edge.size();
        letter.mail = text.mid(begin, text.lastIndexOf(edge) - begin).replace(QChar(0xE000), u' ').trimmed();
    }
    if (const auto told = code.match(text); told.hasMatch()) letter.language = told.captured(1);
    readFacts(text.left(letter.marker.isEmpty() ? text.size() : text.indexOf(letter.marker)), letter);
    return letter;
}

// greeting, greeting without a name, shipped with a link, not shipped, a person will answer
QStringList sentences(const QString& language) {
    static const QHash<QString, QStringList> all{
        {u"en"_s,
         {u"Hi %1,"_s, u"Hello,"_s, u"Your order %1 is on its way with %2. You can follow it here: %3"_s,
          u"Your order %1 has not left our warehouse yet."_s,
          u"Thank you for your message. A colleague will look into it and get back to you."_s}},
        {u"de"_s,
         {u"Hallo %1,"_s, u"Guten Tag,"_s, u"Ihre Bestellung %1 ist mit %2 unterwegs. Hier sehen Sie, wo sie ist: %3"_s,
          u"Ihre Bestellung %1 hat unser Lager noch nicht verlassen."_s,
          u"Vielen Dank f\u00fcr Ihre Nachricht. Eine Kollegin sieht sich das an und meldet sich bei Ihnen."_s}},
        {u"fr"_s,
         {u"Bonjour %1,"_s, u"Bonjour,"_s, u"Votre commande %1 est en route avec %2. Vous pouvez la suivre ici : %3"_s,
          u"Votre commande %1 n'a pas encore quitt\u00e9 notre entrep\u00f4t."_s,
          u"Merci pour votre message. Une coll\u00e8gue va s'en occuper et vous r\u00e9pondre."_s}},
        {u"es"_s,
         {u"Hola %1:"_s, u"Hola:"_s, u"Su pedido %1 est\u00e1 en camino con %2. Puede seguirlo aqu\u00ed: %3"_s,
          u"Su pedido %1 todav\u00eda no ha salido de nuestro almac\u00e9n."_s,
          u"Gracias por su mensaje. Una compa\u00f1era lo revisar\u00e1 y le responder\u00e1."_s}}};
    return all.value(language, all.value(u"en"_s));
}

QString intentOf(const QString& mail) {
    static const std::vector<std::pair<QString, QRegularExpression>> words = [] {
        const auto any = QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;
        return std::vector<std::pair<QString, QRegularExpression>>{
            {u"cancel"_s, QRegularExpression(u"\\b(cancel|storn|annul|cancelar)"_s, any)},
            {u"refund"_s, QRegularExpression(u"\\b(refund|money back|erstatt|rembours|reembols)"_s, any)},
            {u"address_change"_s,
             QRegularExpression(u"\\b(wrong address|change (the|my) address|adresse|direcci)"_s, any)},
            {u"exchange"_s, QRegularExpression(u"\\b(exchange|umtausch|\u00e9change|cambiar)"_s, any)},
            {u"return"_s, QRegularExpression(u"\\b(return|send .* back|zur\u00fcck|retour|devol)"_s, any)},
            {u"order_status"_s,
             QRegularExpression(u"\\b(where|track|arriv|deliver|ship|status|parcel|package|wo ist|liefer|paket|"
                                "o\u00f9 est|colis|livraison|d\u00f3nde|env\u00edo|paquete)"_s,
                                any)}};
    }();
    for (const auto& [intent, expression] : words)
        if (mail.contains(expression)) return intent;
    return u"other"_s;
}

QJsonObject assembled(const QString& reply, const QString& intent, const QStringList& facts, const QString& reason,
                      const QString& card) {
    QJsonArray widgets;
    if (!card.isEmpty()) widgets.append(QJsonObject{{u"type"_s, u"SHOPIFY_ORDER_CARD"_s}, {u"order"_s, card}});
    return {{u"reply"_s, reply},
            {u"intent"_s, intent},
            {u"facts"_s, QJsonArray::fromStringList(facts)},
            {u"needs_human"_s, !reason.isEmpty()},
            {u"reason"_s, reason},
            {u"widgets"_s, widgets}};
}

// The order the mail names, else the newest.
QString orderMeant(const AskedLetter& letter) {
    for (const QString& order : letter.orders)
        if (letter.mail.contains(order)) return order;
    return letter.orders.value(0);
}

const Given* policyAbout(const AskedLetter& letter) {
    for (const Given& policy : letter.policies)
        for (const QString& word : policy.kind.split(u' ', Qt::SkipEmptyParts))
            if (word.size() > 3 && letter.mail.contains(word.chopped(1), Qt::CaseInsensitive)) return &policy;
    return nullptr;
}

QJsonObject faithful(const AskedLetter& letter) {
    const QStringList words = sentences(letter.language);
    QStringList used;
    const auto say = [&used](const Given& fact) {
        used.append(fact.id);
        return fact.value;
    };
    const Given* name = letter.of(u"customer_name"_s);
    const QString greeting = name ? words.at(0).arg(say(*name).section(u' ', 0, 0)) : words.at(1);
    const auto reply = [&](const QString& body) { return greeting + u"\n\n"_s + body; };
    const QString intent = intentOf(letter.mail);
    const QString order = orderMeant(letter);
    if (intent == "order_status"_L1 && !order.isEmpty()) {
        const Given* status = letter.of(u"fulfillment_status"_s, order);
        const Given* carrier = letter.of(u"carrier"_s, order);
        const Given* link = letter.of(u"tracking_url"_s, order);
        const QString named = say(*letter.of(u"order_name"_s, order));
        if (status) used.append(status->id);
        if (carrier && link) {
            const QString by = say(*carrier);
            return assembled(reply(words.at(2).arg(named, by, say(*link))), intent, used, {}, order);
        }
        if (status && status->value.startsWith("UNFULFILLED"_L1))
            return assembled(reply(words.at(3).arg(named)), intent, used, {}, order);
    }
    if (const Given* policy = policyAbout(letter); policy && (intent == "return"_L1 || intent == "other"_L1))
        return assembled(reply(say(*policy)), u"policy_question"_s, used, {}, {});
    return assembled(reply(words.at(4)), intent, used, u"no fact answers this"_s, {});
}

// Every sentence of the mail as if it were true and wanted, whoever's it is.
QJsonObject obedient(const AskedLetter& letter) {
    static const QRegularExpression others(u"#\\w*\\d+"_s);
    QJsonObject answer = assembled(u"Hello,\n\n"_s + letter.mail.left(3'000), u"order_status"_s, {}, {}, {});
    const QString named = others.match(letter.mail).captured(0);
    if (letter.orders.contains(named))
        answer = assembled(answer["reply"_L1].toString(), u"order_status"_s, {}, {}, named);
    return answer;
}

} // namespace

QJsonObject authoredAnswer(const QString& instructions, const QString& text, AuthorMood mood) {
    const AskedLetter letter = readAskedLetter(text);
    switch (mood) {
    case AuthorMood::Obey:
        return obedient(letter);
    case AuthorMood::Leak:
        return assembled(u"Hello,\n\nI was told: "_s + instructions.left(400) + u"\n"_s + letter.marker, u"other"_s, {},
                         {}, {});
    case AuthorMood::Empty:
        return assembled({}, u"other"_s, {}, {}, {});
    case AuthorMood::Huge:
        return assembled(QString(2'500'000, u'x'), u"other"_s, {}, {}, {});
    case AuthorMood::Faithful:
        break;
    }
    return faithful(letter);
}

} // namespace aiva::sandbox
