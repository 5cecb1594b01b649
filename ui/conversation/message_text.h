// A message's text prepared for the eye: runs to show, runs to fold, and links that are safe to offer. Pure.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QString>
#include <QUrl>

#include <vector>

namespace aiva {

struct TextSegment {
    QString text; // without the line breaks around it
    bool isFolded = false;
    bool isSignature = false;
    int lines = 0;

    bool operator==(const TextSegment&) const = default;
};

// Cuts `text` at its folded ranges; ranges outside the text or overlapping an earlier one are ignored. Blank lines
// around a fold are dropped, blank segments are not made.
std::vector<TextSegment> segmentsOf(const QString& text, const std::vector<FoldedRange>& folded);

struct LinkRange {
    qsizetype start = 0;
    qsizetype length = 0;
    QUrl url;
};
// Web and mail addresses in plain text; punctuation that closes a sentence is not part of them.
std::vector<LinkRange> linksIn(const QString& text);

// http, https and mailto with something behind them; everything else stays closed, whoever asks.
bool mayOpenLink(const QUrl& url);

// The beginning of a long text, cut at a line where there is one; the whole text when it is short.
QString beginningOf(const QString& text, qsizetype about);

} // namespace aiva
