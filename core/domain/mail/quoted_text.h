// Finds what a mail's text repeats rather than says: quoted mails and signatures. Pure; called by the mail decoder. The
// text itself is never changed, the ranges are shown folded.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QString>

#include <vector>

namespace aiva {

// Ascending, disjoint ranges of `text`'s lines ('\n'). Quotations the writer answers line by line stay open, because
// the answer makes no sense without them. Never folds everything a mail says.
std::vector<FoldedRange> foldedRanges(const QString& text);

// The lines no range covers, trimmed at both ends: for snippets, search for order numbers, and comparison.
QString unfoldedText(const QString& text, const std::vector<FoldedRange>& folded);

// Where a writer says who they are: the lines folded as signature and the last few visible ones.
QString signatureText(const QString& text, const std::vector<FoldedRange>& folded);

} // namespace aiva
