// Check 16: a finished reply: nothing left to fill in, no markup, neither empty nor endless, in the customer's
// language.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/domain/text_language.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestReply = 6'000;
constexpr qsizetype kEnoughForLanguage = 200; // letters that must be of some known language

// Everything between the two, on one line; an opening mark alone counts as well.
void checkPairs(DraftReading& draft, QChar opening, QChar closing) {
    const QString& text = draft.text().text;
    for (qsizetype at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
        if (draft.isTaken({static_cast<int>(at), 1})) continue;
        const qsizetype line = text.indexOf(u'\n', at);
        const qsizetype end = text.indexOf(closing, at);
        const bool isClosed = end >= 0 && (line < 0 || end < line);
        Span span{static_cast<int>(at), static_cast<int>(isClosed ? end + 1 - at : 1)};
        while (isClosed && span.end() < text.size() && text.at(span.end()) == closing)
            ++span.length;
        draft.doubt(16, span, u"placeholder"_s, u"something left to fill in"_s);
        at = span.end() - 1;
    }
}

void checkMarks(DraftReading& draft) {
    static const QStringList marks{u"**"_s,  u"__"_s, u"```"_s, u"`"_s,  u"\n# "_s,   u"\n## "_s, u"\n### "_s, u"}}"_s,
                                   u"|--"_s, u"~~"_s, u"]("_s,  u"</"_s, u"&nbsp;"_s, u"&amp;"_s, u"\\n"_s};
    const QString text = u'\n' + draft.text().text;
    for (const QString& mark : marks)
        for (qsizetype at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.size())) {
            const Span span{std::max(0, static_cast<int>(at) - 1), static_cast<int>(mark.size())};
            if (span.end() <= draft.text().text.size() && !draft.isTaken(span))
                draft.note(16, ClaimStatus::Unproven, span, u"markup"_s, {}, u"markup in plain text"_s);
        }
}

constexpr PhraseRow kUnfinished[] = {
    {0, u"undefined|null|nan|xxx|xxxx|todo|tbd|lorem ipsum|your name|insert name|insert link|placeholder|n a"},
};

void checkUnfinished(DraftReading& draft) {
    static const PhraseTable table(kUnfinished);
    for (size_t i = 0; i < draft.words().size(); ++i)
        if (const auto match = table.at(draft.words(), i); match && draft.input().language != "de"_L1)
            draft.note(16, ClaimStatus::Unproven, draft.spanOf(i, i + static_cast<size_t>(match->words) - 1),
                       u"placeholder"_s, {}, u"something left to fill in"_s);
}

bool isJapanese(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.script() == QChar::Script_Hiragana || c.script() == QChar::Script_Katakana;
    });
}

} // namespace

void checkShape(DraftReading& draft) {
    const QString& text = draft.text().text;
    const bool isEmpty =
        std::none_of(text.begin(), text.end(), [](QChar c) { return c.isLetter() || c.isSurrogate(); });
    if (isEmpty) draft.noteWhole(16, ClaimStatus::Forbidden, u"empty"_s, u"nothing is said"_s);
    if (text.size() > kLongestReply)
        draft.noteWhole(16, ClaimStatus::Unproven, u"length"_s, u"longer than a reply is"_s);
    if (draft.text().hides)
        draft.noteWhole(16, ClaimStatus::Forbidden, u"hidden"_s, u"characters that hide or turn what is read"_s);
    checkPairs(draft, u'{', u'}');
    checkPairs(draft, u'[', u']');
    checkPairs(draft, u'<', u'>');
    checkMarks(draft);
    checkUnfinished(draft);
}

// Values of facts are blanked: a carrier's name or a title says nothing of the reply's own language.
void checkLanguage(DraftReading& draft) {
    const QString& wanted = draft.input().language;
    if (wanted.isEmpty()) return;
    QString own = draft.text().text;
    for (int i = 0; i < own.size(); ++i)
        if (draft.isTaken({i, 1})) own[i] = u' ';
    const qsizetype letters = std::count_if(own.begin(), own.end(), [](QChar c) { return c.isLetter(); });
    if (wanted == "ja"_L1 || isJapanese(own)) {
        if ((wanted == "ja"_L1) != isJapanese(own))
            draft.noteWhole(16, ClaimStatus::Unproven, u"language"_s, u"written in another language"_s);
        return;
    }
    const QString found = languageOf(own);
    if (found == wanted || (found.isEmpty() && letters < kEnoughForLanguage)) return;
    draft.noteWhole(16, ClaimStatus::Unproven, u"language"_s,
                    found.isEmpty() ? u"written in no language that is known"_s : u"written in another language"_s);
}

} // namespace aiva
