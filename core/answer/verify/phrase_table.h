// Phrases of several languages to be found in a text's words, the longest first. Used for the verifier's word lists,
// each built once.
#pragma once

#include "core/answer/verify/normalised_text.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace aiva {

struct Word {
    Span span;
    QString folded;
    int sentence = 0;
    bool isCapital = false; // its first letter
    bool opensSentence = false;
};

// "a b|c|d*": three phrases of one tag; '*' stands for any ending of the last word.
struct PhraseRow {
    int tag = 0;
    const char16_t* phrases = nullptr;
};

class PhraseTable {
public:
    explicit PhraseTable(std::span<const PhraseRow> rows);

    struct Match {
        int tag = 0;
        int words = 0;
    };
    // Starting with that word, within its sentence.
    std::optional<Match> at(const std::vector<Word>& words, size_t index) const;

private:
    struct Entry {
        QStringList words;
        int tag = 0;
        bool isOpen = false; // the last word may go on
    };
    static bool fits(const Entry& entry, const std::vector<Word>& words, size_t index);

    QHash<QString, std::vector<Entry>> m_byFirst;
    std::vector<Entry> m_openOnes; // one word that may go on
};

} // namespace aiva
