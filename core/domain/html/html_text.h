// HTML of a mail → the plain text a person reads first: paragraphs, lists, tables in order, links as "text (address)",
// quotations marked with '>', hidden elements left out. Called by the mail decoder when a mail has no text part. Pure.
#pragma once

#include <QString>

namespace aiva {

QString htmlToText(const QString& html);

} // namespace aiva
