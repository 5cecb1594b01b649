// Check 1: order names are the sender's; the rest of the draft is read in the light of the order it names.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isNameChar(QChar c) {
    return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'/';
}

bool hasDigit(QStringView text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
}

// From there on, without closing punctuation.
Span nameAt(QStringView text, int start) {
    int end = start;
    while (end < text.size() && isNameChar(text.at(end)))
        ++end;
    while (end > start && !text.at(end - 1).isLetterOrNumber())
        --end;
    return {start, end - start};
}

bool isOrderWord(const QString& word) {
    static const QSet<QString> words{u"order"_s,        u"orders"_s,         u"ordernumber"_s, u"bestellung"_s,
                                     u"bestellungen"_s, u"bestellnummer"_s,  u"auftrag"_s,     u"aufträge"_s,
                                     u"commande"_s,     u"commandes"_s,      u"pedido"_s,      u"pedidos"_s,
                                     u"encomenda"_s,    u"auftragsnummer"_s, u"bestellnr"_s,   u"purchase"_s,
                                     u"注文"_s,         u"ご注文"_s,         u"注文番号"_s,    u"ご注文番号"_s};
    return words.contains(word);
}

bool isConnector(const QString& word) {
    static const QSet<QString> words{u"number"_s, u"no"_s,  u"nr"_s,  u"nummer"_s, u"numéro"_s, u"n"_s,
                                     u"num"_s,    u"id"_s,  u"núm"_s, u"número"_s, u"mit"_s,    u"der"_s,
                                     u"with"_s,   u"the"_s, u"and"_s, u"und"_s,    u"et"_s,     u"y"_s,
                                     u"avec"_s,   u"le"_s,  u"con"_s, u"el"_s,     u"of"_s,     u"name"_s,
                                     u"is"_s,     u"no°"_s, u"ref"_s, u"番号"_s};
    return words.contains(word);
}

// "order 1042", "Bestellung mit der Nummer 1042": an order word a few connecting words before.
bool followsOrderWord(const DraftReading& draft, size_t index) {
    const std::vector<Word>& words = draft.words();
    for (size_t back = 1; back <= 4 && back <= index; ++back) {
        const Word& before = words[index - back];
        if (before.sentence != words[index].sentence) return false;
        if (isOrderWord(before.folded)) return true;
        if (!isConnector(before.folded)) return false;
    }
    return false;
}

class OrderNames {
public:
    explicit OrderNames(const FactSet& facts) {
        for (const QString& name : facts.orderNames)
            m_names.insert(plainOrderName(name), name);
        for (const Fact& fact : facts.facts)
            if (fact.kind == FactKind::OrderName) m_names.insert(plainOrderName(fact.value), fact.value);
    }
    QString named(const QString& folded) const { return m_names.value(folded); }
    const QHash<QString, QString>& all() const { return m_names; }

private:
    QHash<QString, QString> m_names; // plain → as the facts name it
};

FactList factsNaming(const DraftReading& draft, const QString& order) {
    FactList found;
    for (const Fact* fact : draft.index().ofKinds({FactKind::OrderName}))
        if (plainOrderName(fact->value) == plainOrderName(order)) found.push_back(fact);
    return found;
}

void judge(DraftReading& draft, const OrderNames& names, Span name, Span whole) {
    const QString folded = draft.text().foldedView(name).toString();
    const QString order = names.named(folded);
    if (!order.isEmpty()) {
        draft.mention(whole, order);
        draft.prove(1, whole, u"order_name"_s, factsNaming(draft, order));
        return;
    }
    const QString written = draft.text().view(name).toString();
    const bool isOthers = draft.isSomebodyElses(IdentityKind::OrderName, written) ||
                          draft.isSomebodyElses(IdentityKind::OrderName, u'#' + written);
    if (isOthers)
        draft.forbid(1, whole, u"order_name"_s, u"somebody else's order"_s);
    else
        draft.doubt(1, whole, u"order_name"_s, u"no such order among the sender's"_s);
}

void checkHashed(DraftReading& draft, const OrderNames& names) {
    const QStringView text(draft.text().text);
    for (int i = 0; i + 1 < text.size(); ++i) {
        if (text.at(i) != u'#' || draft.isTaken({i, 1})) continue;
        int start = i + 1;
        while (start < text.size() && start - i <= 2 && text.at(start) == u' ')
            ++start;
        const Span name = nameAt(text, start);
        const bool isName = name.length > 0 && hasDigit(text.mid(name.start, name.length));
        if (isName || (start == i + 1 && !names.named(draft.text().foldedView(name).toString()).isEmpty()))
            judge(draft, names, name, {i, name.end() - i});
    }
}

// Names with letters in them are order names wherever they stand; bare numbers only behind an order word.
void checkLiteral(DraftReading& draft, const OrderNames& names) {
    const QStringView folded(draft.text().folded);
    for (auto it = names.all().begin(); it != names.all().end(); ++it) {
        const bool isDistinct = it.key().size() > 3 && hasDigit(it.key()) &&
                                std::any_of(it.key().begin(), it.key().end(), [](QChar c) { return !c.isDigit(); });
        if (!isDistinct) continue;
        for (qsizetype at = folded.indexOf(it.key()); at >= 0; at = folded.indexOf(it.key(), at + 1)) {
            const Span span{static_cast<int>(at), static_cast<int>(it.key().size())};
            const bool isWhole = nameAt(folded, span.start) == span && isWholeToken(folded, span);
            if (isWhole && !draft.isTaken(span)) judge(draft, names, span, span);
        }
    }
}

void checkWorded(DraftReading& draft, const OrderNames& names) {
    for (size_t i = 1; i < draft.words().size(); ++i) {
        const Word& word = draft.words()[i];
        if (!hasDigit(word.folded) || draft.isTaken(word.span) || !followsOrderWord(draft, i)) continue;
        const Span name = nameAt(draft.text().text, word.span.start);
        // "The order is 1,234.50" names an amount.
        if (isWholeToken(draft.text().text, name)) judge(draft, names, name, name);
    }
}

// The mail asks about one order; a reply that speaks only of others answers something else.
void checkSubject(DraftReading& draft) {
    const QString& subject = draft.input().facts.subjectOrder;
    const auto& mentions = draft.mentions();
    if (subject.isEmpty() || mentions.empty()) return;
    const bool isNamed = std::any_of(mentions.begin(), mentions.end(), [&](const DraftReading::Mention& mention) {
        return plainOrderName(mention.order) == plainOrderName(subject);
    });
    if (!isNamed)
        draft.note(1, ClaimStatus::Unproven, mentions.front().span, u"order_name"_s, {},
                   u"the mail is about another order"_s);
}

void checkCards(DraftReading& draft, const OrderNames& names) {
    for (const QString& card : draft.input().cards)
        if (names.named(plainOrderName(card)).isEmpty())
            draft.noteWhole(1, ClaimStatus::Forbidden, u"card"_s, u"a card of an order that is not the sender's"_s);
}

} // namespace

void checkOrders(DraftReading& draft) {
    const OrderNames names(draft.input().facts);
    checkHashed(draft, names);
    checkLiteral(draft, names);
    checkWorded(draft, names);
    checkSubject(draft);
    checkCards(draft, names);
}

} // namespace aiva
