// Check 19: whatever still looks like a number or an identifier is unproven; so is a number written as a word, and a
// quoted name no fact holds.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/id_tokens.h"
#include "core/answer/verify/number_words.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kShortestCode = 5;

bool isSomebodyElses(const DraftReading& draft, const QString& written, const QString& number) {
    const bool isLong = number.size() >= 7;
    return draft.isSomebodyElses(IdentityKind::OrderName, number) ||
           draft.isSomebodyElses(IdentityKind::OrderName, written) ||
           (isLong && (draft.isSomebodyElses(IdentityKind::TrackingNumber, number) ||
                       draft.isSomebodyElses(IdentityKind::Phone, written)));
}

void checkNumbers(DraftReading& draft) {
    for (const Span& token : idTokensIn(draft)) {
        const QString written = draft.text().view(token).toString();
        if (const Fact* policy = draft.policyQuoted(token))
            draft.prove(19, token, u"number"_s, {policy});
        else if (isSomebodyElses(draft, written, plainNumber(written)))
            draft.forbid(12, token, u"number"_s, u"somebody else's number"_s);
        else
            draft.doubt(19, token, u"number"_s, u"a number no fact holds"_s);
    }
}

// "With these two details": of what was asked for, not of the order.
bool countsDetails(const DraftReading& draft, size_t index) {
    static const QSet<QString> details{u"informations"_s, u"indications"_s, u"éléments"_s, u"angaben"_s,
                                       u"datos"_s,        u"details"_s,     u"questions"_s};
    return index + 1 < draft.words().size() && details.contains(draft.words()[index + 1].folded);
}

void checkNumberWords(DraftReading& draft) {
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const Word& word = draft.words()[i];
        if (draft.isTaken(word.span) || !isNumberWord(word.folded, draft.input().language)) continue;
        if (countsDetails(draft, i)) continue;
        if (const Fact* policy = draft.policyQuoted(word.span))
            draft.prove(19, word.span, u"number"_s, {policy});
        else
            draft.doubt(19, word.span, u"number"_s, u"a number written as a word"_s);
    }
}

// "SUMMERDEAL": a code nobody gave out.
void checkCodes(DraftReading& draft) {
    for (const Word& word : draft.words()) {
        const QStringView text = draft.text().view(word.span);
        const bool isCode =
            text.size() >= kShortestCode && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isUpper(); });
        const bool isStatus = std::any_of(draft.findings().begin(), draft.findings().end(), [&](const Finding& one) {
            return one.claim.check == 8 && one.place.holds(word.span.start);
        });
        if (!isCode || isStatus || draft.isTaken(word.span) || draft.policyQuoted(word.span)) continue;
        draft.doubt(19, word.span, u"code"_s, u"a code no fact holds"_s);
    }
}

void checkQuoted(DraftReading& draft, QChar opening, QChar closing) {
    const QString& text = draft.text().text;
    for (qsizetype at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
        const qsizetype end = text.indexOf(closing, at + 1);
        if (end < 0) return;
        const Span inside{static_cast<int>(at) + 1, static_cast<int>(end - at) - 1};
        at = end;
        bool isCovered = true;
        for (int i = inside.start; i < inside.end(); ++i)
            isCovered = isCovered && (!text.at(i).isLetterOrNumber() || draft.isTaken({i, 1}));
        if (isCovered || inside.length == 0) continue;
        if (!draft.index().policySaying(draft.text().foldedView(inside).toString()))
            draft.doubt(11, inside, u"quoted"_s, u"a quoted name no fact holds"_s);
    }
}

} // namespace

void checkLeftovers(DraftReading& draft) {
    checkQuoted(draft, u'"', u'"');
    checkQuoted(draft, u'«', u'»');
    checkQuoted(draft, u'「', u'」');
    checkNumbers(draft);
    checkNumberWords(draft);
    checkCodes(draft);
}

} // namespace aiva
