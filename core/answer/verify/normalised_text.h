// A text as its reader sees it, with the way back to where each unit stood: compatibility forms and digits of every
// script as plain ones, hidden characters gone, dashes and quotes of one kind. Used by every check of the verifier.
#pragma once

#include <QString>

#include <vector>

namespace aiva {

struct Span {
    int start = 0;
    int length = 0;

    int end() const { return start + length; }
    bool holds(int position) const { return position >= start && position < end(); }
    bool operator==(const Span&) const = default;
};

struct NormalisedText {
    QString text;
    QString folded; // lower case, unit for unit as long as text
    std::vector<int> starts;
    std::vector<int> ends; // of each unit, in UTF-16 units of the original
    bool hides = false;    // held characters that turn or hide what is read

    Span inOriginal(Span span) const;
    QStringView view(Span span) const { return QStringView(text).mid(span.start, span.length); }
    QStringView foldedView(Span span) const { return QStringView(folded).mid(span.start, span.length); }
};

NormalisedText normalisedText(const QString& original);
// The folded text alone, spaces made one: for values that are compared with a draft.
QString foldedWords(const QString& original);

// Whether nothing before or after makes the span part of a longer word or number.
bool isWholeToken(QStringView text, Span span);

} // namespace aiva
