// One draft while its claims are being read: the text in words and sentences, which parts are accounted for, what was
// found so far. Made by verify(); each check reads it and adds findings.
#pragma once

#include "core/answer/verify/fact_index.h"
#include "core/answer/verify/normalised_text.h"
#include "core/answer/verify/phrase_table.h"
#include "core/answer/verify/verifier.h"

#include <optional>
#include <vector>

namespace aiva {

struct Finding {
    Claim claim;
    Span place;     // in the normalised text
    FactList facts; // all that prove it; the claim names one of them
};

class DraftReading {
public:
    explicit DraftReading(const VerifierInput& input);

    const VerifierInput& input() const { return m_input; }
    const FactIndex& index() const { return m_index; }
    const NormalisedText& text() const { return m_text; }

    // Cuts what is not taken yet into words and sentences; called once links are known.
    void readWords();
    const std::vector<Word>& words() const { return m_words; }
    int sentenceAt(int position) const;
    Span sentence(int number) const;
    int sentenceCount() const { return static_cast<int>(m_sentences.size()); }
    Span spanOf(size_t firstWord, size_t lastWord) const;

    bool isTaken(Span span) const; // any unit of it
    void take(Span span);

    // Each takes its span. An empty list of facts: proven by what the store is, not by one fact.
    void prove(int check, Span span, const QString& kind, FactList facts);
    void doubt(int check, Span span, const QString& kind, const QString& reason);
    void forbid(int check, Span span, const QString& kind, const QString& reason);
    // Found but not claimed of these units: words that other checks read too.
    void note(int check, ClaimStatus status, Span span, const QString& kind, FactList facts, const QString& reason);
    void noteWhole(int check, ClaimStatus status, const QString& kind, const QString& reason);

    const std::vector<Finding>& findings() const { return m_findings; }
    std::vector<Finding>& findings() { return m_findings; }

    // Which order is spoken of there: named in the sentence, else before, else after, else the mail's. Empty: unclear.
    QString orderAt(int position) const;
    void mention(Span span, const QString& order) { m_mentions.push_back({span, order}); }
    struct Mention {
        Span span;
        QString order; // as the facts name it
    };
    const std::vector<Mention>& mentions() const { return m_mentions; }

    bool isSomebodyElses(IdentityKind kind, const QString& value) const;
    // The policy that says the span and the words beside it, so that no number is taken out of another sentence.
    const Fact* policyQuoted(Span span) const;
    // The policy that says the whole sentence word for word: what is promised is then the store's own promise.
    const Fact* policySentence(int position) const;

    VerifierVerdict verdict() const;

private:
    void addWord(int start, int end);

    const VerifierInput& m_input;
    FactIndex m_index;
    NormalisedText m_text;
    std::vector<bool> m_taken;
    std::vector<Word> m_words;
    std::vector<Span> m_sentences;
    std::vector<Finding> m_findings;
    std::vector<Mention> m_mentions;
};

} // namespace aiva
