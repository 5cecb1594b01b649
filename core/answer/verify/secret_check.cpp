// Checks 14 and 15: no card, account or access-token number, and nothing of what was told to a model.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/id_tokens.h"

#include <QSet>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kEchoWords = 6;

bool areDigits(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// The check of payment card numbers: every second digit from the right twice.
bool isCard(const QString& number) {
    if (number.size() < 13 || number.size() > 19 || !areDigits(number)) return false;
    if (!QStringView(u"23456").contains(number.at(0))) return false;
    int sum = 0;
    for (qsizetype i = 0; i < number.size(); ++i) {
        const int digit = number.at(number.size() - 1 - i).digitValue();
        const int twice = i % 2 == 1 ? 2 * digit : digit;
        sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
}

// ISO 13616: letters are 10…35, the first four characters last, modulo 97 is 1.
bool isAccount(const QString& number) {
    if (number.size() < 15 || number.size() > 34 || !number.at(0).isLetter() || !number.at(1).isLetter()) return false;
    if (!areDigits(QStringView(number).mid(2, 2))) return false;
    int rest = 0;
    for (const QChar c : number.mid(4) + number.left(4)) {
        if (c.unicode() > 0x7F) return false;
        const int value = c.isDigit() ? c.digitValue() : c.unicode() - u'A' + 10;
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

void checkTokens(DraftReading& draft) {
    static const QStringList beginnings{u"sk_"_s,         u"sk-"_s,    u"pk_live"_s, u"rk_live"_s, u"ghp_"_s,
                                        u"github_pat_"_s, u"shpat_"_s, u"shpss_"_s,  u"xoxb-"_s,   u"xoxp-"_s,
                                        u"akia"_s,        u"eyj"_s,    u"aiza"_s,    u"glpat-"_s,  u"ck_"_s,
                                        u"cs_"_s,         u"bearer "_s};
    const QStringView folded(draft.text().folded);
    for (const QString& beginning : beginnings)
        for (qsizetype at = folded.indexOf(beginning); at >= 0; at = folded.indexOf(beginning, at + 1)) {
            if (at > 0 && folded.at(at - 1).isLetterOrNumber()) continue;
            qsizetype end = at + beginning.size();
            while (end < folded.size() &&
                   (folded.at(end).isLetterOrNumber() || QStringView(u"_-.").contains(folded.at(end))))
                ++end;
            const Span span{static_cast<int>(at), static_cast<int>(end - at)};
            if (span.length >= beginning.size() + 8 && !draft.isTaken(span))
                draft.forbid(14, span, u"token"_s, u"an access token"_s);
        }
}

void checkNumbers(DraftReading& draft) {
    for (const Span& token : idTokensIn(draft)) {
        const QString number = plainNumber(draft.text().view(token));
        if (isCard(number)) draft.forbid(14, token, u"card"_s, u"a payment card's number"_s);
        if (isAccount(number)) draft.forbid(14, token, u"account"_s, u"a bank account's number"_s);
    }
}

QSet<QString> echoesOf(const QStringList& secrets) {
    QSet<QString> echoes;
    for (const QString& secret : secrets) {
        const QStringList words = plainWords(normalisedText(secret).folded);
        for (qsizetype i = 0; i + kEchoWords <= words.size(); ++i)
            echoes.insert(words.mid(i, kEchoWords).join(u' '));
    }
    return echoes;
}

void checkEchoes(DraftReading& draft) {
    const QSet<QString> echoes = echoesOf(draft.input().secrets);
    const std::vector<Word>& words = draft.words();
    for (size_t i = 0; !echoes.isEmpty() && i + kEchoWords <= words.size(); ++i) {
        QStringList run;
        for (size_t at = i; at < i + kEchoWords; ++at)
            run << words[at].folded;
        if (!echoes.contains(run.join(u' '))) continue;
        draft.note(15, ClaimStatus::Forbidden, draft.spanOf(i, i + kEchoWords - 1), u"leak"_s, {},
                   u"words of the instructions"_s);
        i += kEchoWords - 1;
    }
    for (const QString& secret : draft.input().secrets) {
        const QString folded = normalisedText(secret).folded.trimmed();
        const qsizetype at = folded.size() < 6 ? -1 : draft.text().folded.indexOf(folded);
        if (at >= 0)
            draft.note(15, ClaimStatus::Forbidden, {static_cast<int>(at), static_cast<int>(folded.size())}, u"leak"_s,
                       {}, u"words of the instructions"_s);
    }
}

constexpr PhraseRow kInner[] = {
    {0, u"as an ai|language model|system prompt|my instructions|my prompt|ai assistant|i am an ai|i'm an ai|"
        u"shopify customer context|woocommerce customer context|customer identity|rules for e commerce|ltv|"
        u"lifetime value|untrusted|prompt injection|needs_human|json|hallucinate|confidence score|openai|anthropic|"
        u"chatgpt|ignore previous instructions|ignore all previous|als ki|sprachmodell|systemanweisung|"
        u"modèle de langage|en tant qu'ia|modelo de lenguaje|como ia|inteligencia artificial|intelligence artificielle|"
        u"künstliche intelligenz"},
};

void checkInnerWords(DraftReading& draft) {
    static const PhraseTable table(kInner);
    for (size_t i = 0; i < draft.words().size(); ++i)
        if (const auto match = table.at(draft.words(), i))
            draft.note(15, ClaimStatus::Forbidden, draft.spanOf(i, i + static_cast<size_t>(match->words) - 1),
                       u"leak"_s, {}, u"words from inside the program"_s);
}

} // namespace

void checkSecrets(DraftReading& draft) {
    checkTokens(draft);
    checkNumbers(draft);
    checkEchoes(draft);
    checkInnerWords(draft);
}

} // namespace aiva
