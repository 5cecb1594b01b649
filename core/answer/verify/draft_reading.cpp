#include "core/answer/verify/draft_reading.h"

#include "core/answer/verify/sentences.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

DraftReading::DraftReading(const VerifierInput& input)
    : m_input(input)
    , m_index(input.facts)
    , m_text(normalisedText(input.reply))
    , m_taken(static_cast<size_t>(m_text.text.size()), false) {}

void DraftReading::readWords() {
    m_sentences = sentencesIn(m_text);
    const QString& text = m_text.text;
    const int size = static_cast<int>(text.size());
    const auto inWord = [&](int i) {
        if (i >= size || m_taken[static_cast<size_t>(i)]) return false;
        const QChar c = text.at(i);
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate()) return true;
        return c == u'\'' && i > 0 && text.at(i - 1).isLetter() && i + 1 < size && text.at(i + 1).isLetter();
    };
    for (int i = 0; i < size;) {
        if (!inWord(i)) {
            ++i;
            continue;
        }
        const int start = i;
        while (inWord(i))
            ++i;
        addWord(start, i);
    }
}

void DraftReading::addWord(int start, int end) {
    Word word;
    word.span = {start, end - start};
    word.folded = m_text.foldedView(word.span).toString();
    word.sentence = sentenceAt(start);
    word.isCapital = m_text.text.at(start).isUpper();
    word.opensSentence = m_words.empty() || m_words.back().sentence != word.sentence;
    m_words.push_back(std::move(word));
}

int DraftReading::sentenceAt(int position) const {
    const auto after = std::upper_bound(m_sentences.begin(), m_sentences.end(), position,
                                        [](int p, Span sentence) { return p < sentence.start; });
    return std::max(0, static_cast<int>(after - m_sentences.begin()) - 1);
}

Span DraftReading::sentence(int number) const {
    return number < sentenceCount() ? m_sentences[static_cast<size_t>(number)] : Span();
}

Span DraftReading::spanOf(size_t firstWord, size_t lastWord) const {
    const int start = m_words[firstWord].span.start;
    return {start, m_words[lastWord].span.end() - start};
}

bool DraftReading::isTaken(Span span) const {
    for (int i = std::max(0, span.start); i < span.end() && i < static_cast<int>(m_taken.size()); ++i)
        if (m_taken[static_cast<size_t>(i)]) return true;
    return false;
}

void DraftReading::take(Span span) {
    for (int i = std::max(0, span.start); i < span.end() && i < static_cast<int>(m_taken.size()); ++i)
        m_taken[static_cast<size_t>(i)] = true;
}

void DraftReading::prove(int check, Span span, const QString& kind, FactList facts) {
    take(span);
    note(check, ClaimStatus::Proven, span, kind, std::move(facts), {});
}

void DraftReading::doubt(int check, Span span, const QString& kind, const QString& reason) {
    take(span);
    note(check, ClaimStatus::Unproven, span, kind, {}, reason);
}

void DraftReading::forbid(int check, Span span, const QString& kind, const QString& reason) {
    take(span);
    note(check, ClaimStatus::Forbidden, span, kind, {}, reason);
}

void DraftReading::note(int check, ClaimStatus status, Span span, const QString& kind, FactList facts,
                        const QString& reason) {
    const Span original = m_text.inOriginal(span);
    Claim claim{check, status, original.start, original.length, m_input.reply.mid(original.start, original.length),
                kind,  {},     reason};
    m_findings.push_back({std::move(claim), span, std::move(facts)});
}

void DraftReading::noteWhole(int check, ClaimStatus status, const QString& kind, const QString& reason) {
    m_findings.push_back({Claim{check, status, 0, 0, {}, kind, {}, reason}, {}, {}});
}

QString DraftReading::orderAt(int position) const {
    if (m_mentions.empty()) {
        if (!m_input.facts.subjectOrder.isEmpty()) return m_input.facts.subjectOrder;
        return m_input.facts.orderNames.size() == 1 ? m_input.facts.orderNames.first() : QString();
    }
    const int own = sentenceAt(position);
    const Mention* before = nullptr;
    const Mention* after = nullptr;
    const Mention* beforeHere = nullptr;
    const Mention* afterHere = nullptr;
    for (const Mention& mention : m_mentions) {
        const bool isHere = sentenceAt(mention.span.start) == own;
        if (mention.span.start <= position) {
            before = &mention;
            if (isHere) beforeHere = &mention;
        } else {
            if (!after) after = &mention;
            if (isHere && !afterHere) afterHere = &mention;
        }
    }
    const Mention* nearest = beforeHere ? beforeHere : afterHere ? afterHere : before ? before : after;
    return nearest->order;
}

bool DraftReading::isSomebodyElses(IdentityKind kind, const QString& value) const {
    return m_input.belongsToSomebodyElse && m_input.belongsToSomebodyElse(kind, value);
}

const Fact* DraftReading::policyQuoted(Span span) const {
    const auto first =
        std::find_if(m_words.begin(), m_words.end(), [&](const Word& word) { return word.span.end() > span.start; });
    const auto past =
        std::find_if(first, m_words.end(), [&](const Word& word) { return word.span.start >= span.end(); });
    Span chunk = span;
    const int own = sentenceAt(span.start);
    if (first != m_words.begin() && (first - 1)->sentence == own) {
        chunk.length += chunk.start - (first - 1)->span.start;
        chunk.start = (first - 1)->span.start;
    }
    if (past != m_words.end() && past->sentence == own) chunk.length = past->span.end() - chunk.start;
    return chunk == span ? nullptr : m_index.policySaying(m_text.foldedView(chunk).toString());
}

const Fact* DraftReading::policySentence(int position) const {
    const QStringList said = plainWords(m_text.foldedView(sentence(sentenceAt(position))));
    return said.size() < 3 ? nullptr : m_index.policyStating(said);
}

VerifierVerdict DraftReading::verdict() const {
    VerifierVerdict verdict;
    for (const Finding& finding : m_findings) {
        Claim claim = finding.claim;
        if (!finding.facts.empty()) {
            const auto declared = std::find_if(finding.facts.begin(), finding.facts.end(), [&](const Fact* fact) {
                return m_input.declaredFacts.contains(fact->id);
            });
            claim.fact = (declared == finding.facts.end() ? finding.facts.front() : *declared)->id;
        }
        verdict.claims.push_back(std::move(claim));
    }
    std::stable_sort(verdict.claims.begin(), verdict.claims.end(), [](const Claim& a, const Claim& b) {
        if ((a.length == 0) != (b.length == 0)) return b.length == 0;
        return a.start < b.start;
    });
    return verdict;
}

} // namespace aiva
