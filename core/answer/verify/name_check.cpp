// Check 12: the greeting is this customer's, and nobody else of the store is named: not by name, not by address.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/name_words.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kLongestName = 5;

QStringList nameWords(const QString& name) {
    QString words = foldedWords(name);
    for (QChar& c : words)
        if (!c.isLetterOrNumber() && !c.isMark() && !c.isSurrogate() && c != u'\'') c = u' ';
    return words.simplified().split(u' ', Qt::SkipEmptyParts);
}

// Words that follow each other in the customer's whole name, or the first name.
bool isTheCustomers(const DraftReading& draft, const QString& said) {
    const QStringList words = nameWords(said);
    if (words.isEmpty()) return false;
    const FactSet& facts = draft.input().facts;
    if (words == nameWords(facts.customerFirstName)) return true;
    const QString whole = u' ' + nameWords(facts.customerName).join(u' ') + u' ';
    return whole.size() > 2 && whole.contains(u' ' + words.join(u' ') + u' ');
}

FactList nameFacts(const DraftReading& draft) {
    return draft.index().ofKinds({FactKind::CustomerName});
}

void judgeAddressed(DraftReading& draft, Span span) {
    const QString said = draft.text().view(span).toString();
    if (isTheCustomers(draft, said)) return draft.prove(12, span, u"name"_s, nameFacts(draft));
    if (draft.isSomebodyElses(IdentityKind::Name, said))
        return draft.forbid(12, span, u"name"_s, u"somebody else's name"_s);
    draft.doubt(12, span, u"name"_s, u"not this customer's name"_s);
}

bool opensLine(const DraftReading& draft, Span span) {
    int at = span.start - 1;
    while (at >= 0 && draft.text().text.at(at) == u' ')
        --at;
    return at < 0 || draft.text().text.at(at) == u'\n';
}

bool areJoined(const DraftReading& draft, size_t left, size_t right) {
    const std::vector<Word>& words = draft.words();
    if (words[left].sentence != words[right].sentence) return false;
    const int start = words[left].span.end();
    const QStringView between = draft.text().view({start, words[right].span.start - start});
    return between.size() <= 2 &&
           std::all_of(between.begin(), between.end(), [](QChar c) { return c == u' ' || c == u'-' || c == u'.'; });
}

bool endsWithMark(const DraftReading& draft, size_t last) {
    const int end = draft.words()[last].span.end();
    const QString& text = draft.text().text;
    return end >= text.size() || QStringView(u",!:;\n").contains(text.at(end));
}

// Behind a greeting up to the comma, or the capitalised words when there is none.
void checkGreeting(DraftReading& draft, size_t from) {
    const std::vector<Word>& words = draft.words();
    size_t first = from;
    while (first < words.size() && isTitleOfAddress(words[first].folded) && areJoined(draft, first - 1, first))
        ++first;
    if (first >= words.size() || !areJoined(draft, first - 1, first)) return;
    size_t last = first;
    while (last + 1 < words.size() && last + 1 - first < kLongestName && areJoined(draft, last, last + 1))
        ++last;
    if (!endsWithMark(draft, last)) {
        if (!words[first].isCapital && words[first].folded.at(0).isLower()) return;
        last = first;
        while (last + 1 < words.size() && last + 1 - first < kLongestName && areJoined(draft, last, last + 1) &&
               words[last + 1].isCapital)
            ++last;
    }
    const bool isNobody = std::all_of(words.begin() + static_cast<std::ptrdiff_t>(first),
                                      words.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                                      [](const Word& word) { return isEverybody(word.folded); });
    const Span span = draft.spanOf(first, last);
    if (!isNobody && !draft.isTaken(span)) judgeAddressed(draft, span);
}

void checkGreetings(DraftReading& draft) {
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const auto match = greetingPhrases().at(draft.words(), i);
        if (!match || !opensLine(draft, draft.words()[i].span)) continue;
        checkGreeting(draft, i + static_cast<size_t>(match->words));
    }
}

// "Anna様", "Anna さん"
void checkJapanese(DraftReading& draft) {
    const QString& text = draft.text().text;
    for (qsizetype i = 1; i < text.size(); ++i) {
        const bool isHonorific = text.at(i) == u'様' || text.mid(i, 2) == u"さん"_s;
        if (!isHonorific) continue;
        qsizetype start = i;
        while (start > 0 && text.at(start - 1) != u'\n' && text.at(start - 1) != u'、' && text.at(start - 1) != u'。' &&
               i - start < 20)
            --start;
        while (start < i && text.at(start).isSpace())
            ++start;
        const Span span{static_cast<int>(start), static_cast<int>(i - start)};
        static const QStringList everybody{u"お客"_s, u"お客さま"_s, u"皆"_s};
        const QString said = draft.text().view(span).toString().trimmed();
        if (!said.isEmpty() && !everybody.contains(said) && !draft.isTaken(span)) judgeAddressed(draft, span);
    }
}

// Behind "Mr" or "Frau", anywhere.
void checkAddressed(DraftReading& draft) {
    const std::vector<Word>& words = draft.words();
    for (size_t i = 0; i + 1 < words.size(); ++i) {
        const bool isTitle = isTitleOfAddress(words[i].folded) && (words[i].isCapital || words[i].folded.size() > 3);
        if (!isTitle || !words[i + 1].isCapital || !areJoined(draft, i, i + 1)) continue;
        if (isEverybody(words[i + 1].folded) || draft.isTaken(words[i + 1].span)) continue;
        judgeAddressed(draft, words[i + 1].span);
    }
}

// In a reply in Latin letters: names of other scripts have no capitals.
bool isForeign(const DraftReading& draft, const Word& word) {
    const QChar first = draft.text().text.at(word.span.start);
    return first.isLetter() && first.script() != QChar::Script_Latin && draft.input().language != "ja"_L1;
}

bool maybeName(const DraftReading& draft, size_t index) {
    const Word& word = draft.words()[index];
    return (word.isCapital || isForeign(draft, word)) && word.span.length > 1 && !draft.isTaken(word.span) &&
           !isOrdinaryWord(word.folded);
}

bool asksAboutAll(const DraftReading& draft) {
    return draft.input().author != VerifierInput::Author::Person && draft.input().language != "de"_L1;
}

// Each run of capitalised words, whole and word by word, is asked for among the store's people.
void judgeRun(DraftReading& draft, size_t first, size_t last) {
    const Span span = draft.spanOf(first, last);
    const QString said = draft.text().view(span).toString();
    if (isTheCustomers(draft, said)) return draft.prove(12, span, u"name"_s, nameFacts(draft));
    const QString store = u' ' + nameWords(draft.input().facts.storeName).join(u' ') + u' ';
    if (store.contains(u' ' + nameWords(said).join(u' ') + u' ')) return;
    if (draft.isSomebodyElses(IdentityKind::Name, said))
        return draft.forbid(12, span, u"name"_s, u"somebody else's name"_s);
    for (size_t i = first; i <= last; ++i)
        for (size_t end = i; end <= last; ++end) {
            const Span part = draft.spanOf(i, end);
            const QString name = draft.text().view(part).toString();
            if (!isTheCustomers(draft, name) && draft.isSomebodyElses(IdentityKind::Name, name))
                return draft.forbid(12, part, u"name"_s, u"somebody else's name"_s);
        }
    if (last > first && asksAboutAll(draft) && !draft.policyQuoted(span))
        draft.doubt(12, span, u"name"_s, u"a name no fact holds"_s);
}

void checkOthers(DraftReading& draft) {
    const std::vector<Word>& words = draft.words();
    for (size_t i = 0; i < words.size(); ++i) {
        if (!maybeName(draft, i)) continue;
        size_t last = i;
        while (last + 1 < words.size() && last - i < kLongestName && maybeName(draft, last + 1) &&
               areJoined(draft, last, last + 1))
            ++last;
        judgeRun(draft, i, last);
        i = last;
    }
}

// The customer's own address, line by line, is theirs to read.
void checkAddressLines(DraftReading& draft) {
    const QStringView text(draft.text().folded);
    for (const Fact* fact : draft.index().ofKinds({FactKind::AddressLine})) {
        const QString line = foldedWords(fact->value);
        if (line.size() < 2) continue;
        for (qsizetype at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
            const Span span{static_cast<int>(at), static_cast<int>(line.size())};
            if (!draft.isTaken(span) && isWholeToken(text, span)) draft.prove(12, span, u"address"_s, {fact});
        }
    }
}

} // namespace

void checkNames(DraftReading& draft) {
    checkGreetings(draft);
    checkJapanese(draft);
    checkAddressLines(draft);
    checkAddressed(draft);
    checkOthers(draft);
}

} // namespace aiva
