// What a mail says in so many words: patterns of words per language, from resources/intent/rules/*.txt. They carry what
// no training data holds (hand-over signals, pre-sales, three more languages), and vote beside the model.
//
// A rules file, line by line: "# comment" · "@name = a|b|c" a set of words · "[order_status]", "[anger]", "[injected]"
// what the patterns below say · "[not order_status]" patterns that forbid it anywhere in the mail · a pattern: words
// one after another in one sentence. In a pattern "a|b" is either, "@name" one of the set, "deliver*" a beginning,
// "the?" may be absent, ".." skips up to four words, and "^" stands for the beginning of the sentence.
#pragma once

#include "core/answer/intent/intent_words.h"
#include "core/base/result.h"
#include "core/domain/answering/intent.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace aiva {

struct RuleHits {
    std::vector<Intent> intents;          // in the order of the enumeration, without the forbidden ones
    std::vector<HandOverSignal> handOver; // in the order of the enumeration
    bool looksInjected = false;
    QString language; // of the file with the most hits; empty: none

    bool operator==(const RuleHits&) const = default;
};

class IntentRules {
public:
    // Adds one language's file. Invalid with the line when it does not read.
    Result<void> add(const QString& language, const QString& file);
    RuleHits read(const IntentWords& words) const;
    size_t size() const { return m_patterns.size(); }

private:
    struct Element {
        QStringList words;
        QStringList beginnings;
        bool isOptional = false;
        int gap = 0; // words that may stand before it
    };
    struct Pattern {
        std::vector<Element> elements;
        bool fromStart = false;
        int says = 0; // index into m_sections
    };
    struct Section {
        QString language;
        std::optional<Intent> intent;
        std::optional<HandOverSignal> signal;
        bool forbids = false;
    };
    using WordSets = QHash<QString, QStringList>;

    static Result<Section> sectionOf(const QString& name, const QString& language);
    static Result<Pattern> patternOf(const QString& line, const WordSets& sets);
    static Result<Element> elementOf(QString text, const WordSets& sets);
    void index(int pattern);
    void hear(const IntentWords& words, size_t at, const std::vector<int>& patterns, std::vector<bool>& said) const;
    bool matches(const IntentWords& words, const Pattern& pattern, size_t element, size_t word) const;
    static bool isWord(const Element& element, QStringView word);
    RuleHits hitsOf(const std::vector<bool>& said) const;

    std::vector<Section> m_sections;
    std::vector<Pattern> m_patterns;
    QHash<QString, std::vector<int>> m_byWord;      // patterns by a whole first word
    QHash<quint32, std::vector<int>> m_byBeginning; // and by the first two letters of a beginning
};

} // namespace aiva
