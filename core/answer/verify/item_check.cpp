// Check 11: what the order holds: titles, variants, SKUs and how many of each; how many parcels it travels in.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/number_reading.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isTimes(QChar c) {
    return c == u'x' || c == u'X' || c == u'×';
}

// "(x2)", " x 2", "× 2" behind a title.
std::optional<NumberReading> quantityBehind(QStringView text, int at, int& end) {
    while (at < text.size() && (text.at(at) == u' ' || text.at(at) == u'('))
        ++at;
    if (at >= text.size() || !isTimes(text.at(at))) return std::nullopt;
    ++at;
    while (at < text.size() && text.at(at) == u' ')
        ++at;
    const auto number = numberAt(text, at, SpaceGroups::Part);
    if (number) end = number->span.end();
    return number;
}

// "2 x ", "2× ", "2 " before a title.
std::optional<NumberReading> quantityBefore(QStringView text, int titleStart) {
    int at = titleStart - 1;
    const auto skipSpaces = [&] {
        while (at >= 0 && text.at(at) == u' ')
            --at;
    };
    skipSpaces();
    if (at >= 0 && isTimes(text.at(at)) && (at == 0 || !text.at(at - 1).isLetter())) --at;
    skipSpaces();
    const int last = at;
    while (at >= 0 && text.at(at).isDigit())
        --at;
    if (at == last || (at >= 0 && (text.at(at).isLetterOrNumber() || QStringView(u".,-#/").contains(text.at(at)))))
        return std::nullopt;
    return numberAt(text, at + 1, SpaceGroups::Part);
}

FactList withQuantity(const FactList& items, const NumberReading& number) {
    FactList same;
    for (const Fact* fact : items)
        if (fact->item && number.integer() == fact->item->quantity) same.push_back(fact);
    return same;
}

// Items of the same title in the order spoken of there.
FactList itemsNamed(const DraftReading& draft, int position, const QString& foldedTitle) {
    FactList found;
    for (const Fact* fact : draft.index().ofOrder(draft.orderAt(position), {FactKind::Item}))
        if (fact->item && foldedWords(fact->item->title) == foldedTitle) found.push_back(fact);
    return found;
}

void judgeQuantity(DraftReading& draft, const FactList& items, Span span, const NumberReading& number) {
    FactList same = withQuantity(items, number);
    if (same.empty())
        draft.doubt(11, span, u"quantity"_s, u"not as many of them"_s);
    else
        draft.prove(11, span, u"quantity"_s, std::move(same));
}

void judgeTitle(DraftReading& draft, Span title, const QString& folded) {
    const FactList items = itemsNamed(draft, title.start, folded);
    if (items.empty()) return draft.doubt(11, title, u"item"_s, u"not in that order"_s);
    draft.prove(11, title, u"item"_s, items);
    const QStringView text(draft.text().text);
    const auto before = quantityBefore(text, title.start);
    if (before && !draft.isTaken(before->span)) judgeQuantity(draft, items, before->span, *before);
    int end = title.end();
    const auto behind = quantityBehind(text, title.end(), end);
    if (behind && !draft.isTaken(behind->span)) judgeQuantity(draft, items, behind->span, *behind);
}

template <typename Judge>
void eachPlaceOf(const DraftReading& draft, const QString& folded, const Judge& judge) {
    const QStringView text(draft.text().folded);
    for (qsizetype at = text.indexOf(folded); at >= 0; at = text.indexOf(folded, at + 1)) {
        const Span span{static_cast<int>(at), static_cast<int>(folded.size())};
        if (isWholeToken(text, span)) judge(span);
    }
}

void checkTitles(DraftReading& draft) {
    QStringList titles;
    for (const Fact* fact : draft.index().ofKinds({FactKind::Item}))
        if (fact->item) titles << foldedWords(fact->item->title);
    titles.removeDuplicates();
    // The longest first: "Blue Widget Case" is no "Blue Widget".
    std::sort(titles.begin(), titles.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& title : titles) {
        if (title.size() < 2) continue;
        eachPlaceOf(draft, title, [&](Span span) {
            if (!draft.isTaken({span.start, 1}) || !draft.isTaken(span)) judgeTitle(draft, span, title);
        });
    }
}

// Variants and SKUs only where they stand whole, and only of items of the order spoken of.
void checkDetails(DraftReading& draft) {
    for (const Fact* fact : draft.index().ofKinds({FactKind::Item})) {
        if (!fact->item) continue;
        for (const QString& detail : {foldedWords(fact->item->variant), foldedWords(fact->item->sku)}) {
            if (detail.size() < 3) continue;
            eachPlaceOf(draft, detail, [&](Span span) {
                const QString order = draft.orderAt(span.start);
                if (!draft.isTaken(span) && isSameOrder(order, fact->order))
                    draft.prove(11, span, u"item_detail"_s, {fact});
            });
        }
    }
}

enum class Counted { Nothing, Items, Parcels };

Counted countedBy(const QString& word) {
    static const QSet<QString> items{u"item"_s,     u"items"_s,     u"article"_s,  u"articles"_s, u"product"_s,
                                     u"products"_s, u"artikel"_s,   u"produkte"_s, u"produits"_s, u"artículos"_s,
                                     u"artículo"_s, u"productos"_s, u"pieces"_s,   u"stück"_s};
    static const QSet<QString> parcels{u"parcel"_s,  u"parcels"_s,  u"package"_s, u"packages"_s,  u"shipments"_s,
                                       u"paket"_s,   u"pakete"_s,   u"paketen"_s, u"sendungen"_s, u"colis"_s,
                                       u"paquete"_s, u"paquetes"_s, u"envíos"_s};
    if (items.contains(word)) return Counted::Items;
    return parcels.contains(word) ? Counted::Parcels : Counted::Nothing;
}

FactList factsOfCount(const DraftReading& draft, int position, Counted counted, qint64 number) {
    const QString order = draft.orderAt(position);
    const FactList items = draft.index().ofOrder(order, {FactKind::Item});
    qint64 pieces = 0;
    for (const Fact* fact : items)
        pieces += fact->item ? fact->item->quantity : 0;
    if (counted == Counted::Items)
        return number == pieces || number == static_cast<qint64>(items.size()) ? items : FactList();
    FactList parcels = draft.index().ofOrder(order, {FactKind::TrackingNumber, FactKind::ShippedAt});
    QSet<int> known;
    for (const Fact* fact : parcels)
        if (fact->parcel > 0) known.insert(fact->parcel);
    return number > 0 && number == known.size() ? parcels : FactList();
}

void checkCounts(DraftReading& draft) {
    const std::vector<Word>& words = draft.words();
    for (size_t i = 0; i + 1 < words.size(); ++i) {
        const Counted counted = countedBy(words[i + 1].folded);
        const bool isBeside = words[i + 1].span.start - words[i].span.end() <= 1;
        if (counted == Counted::Nothing || !isBeside || draft.isTaken(words[i].span)) continue;
        const auto number = numberAt(draft.text().text, words[i].span.start, SpaceGroups::Part);
        if (!number || number->span != words[i].span || !number->integer()) continue;
        FactList same = factsOfCount(draft, words[i].span.start, counted, *number->integer());
        if (same.empty())
            draft.doubt(11, words[i].span, u"quantity"_s, u"not as many of them"_s);
        else
            draft.prove(11, words[i].span, u"quantity"_s, std::move(same));
    }
}

} // namespace

void checkItems(DraftReading& draft) {
    checkTitles(draft);
    checkDetails(draft);
    checkCounts(draft);
}

} // namespace aiva
