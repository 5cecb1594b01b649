// A mail as the intent rooms read it: folded (lower case, no diacritics), cut into words, with addresses, links, order
// names and numbers replaced by tokens, so that neither the rules nor the model ever see whose mail it is. Pure.
#pragma once

#include <QString>

#include <vector>

namespace aiva {

struct IntentWord {
    int start = 0; // in IntentWords::joined
    int length = 0;
    bool endsSentence = false; // ".", "!" or "?": a word of its own
};

struct IntentWords {
    QString joined; // every word between single blanks, one before the first and one after the last
    std::vector<IntentWord> words;

    QStringView at(size_t index) const { return QStringView(joined).mid(words[index].start, words[index].length); }
};

// Tokens: <url> <mail> <order> <num>. Reads the first 4,000 characters of the subject and the text together.
IntentWords intentWords(const QString& subject, const QString& text);

// One word as intentWords() spells it: "Wo" → "wo", "für" → "fur", "ß" → "ss".
QString foldedWord(const QString& word);

} // namespace aiva
