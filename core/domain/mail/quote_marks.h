// What single lines of a mail look like: quotation, attribution ("On … wrote:"), header of a quoted mail, signature.
// Many languages, no state. Used by quoted_text only. Pure.
#pragma once

#include <QStringView>

#include <vector>

namespace aiva {

// "> text", "| text".
bool isQuoteLine(QStringView line);
// "-----Original Message-----", "Begin forwarded message:" in many languages.
bool isEmbeddedMailMark(QStringView line);
// Number of lines from `at` that together say who wrote when ("On … wrote:"); zero when they do not.
int attributionLength(const std::vector<QStringView>& lines, size_t at);
// Number of lines of a From/Sent/To/Subject block starting at `at`; zero when fewer than three fields stand together.
int headerBlockLength(const std::vector<QStringView>& lines, size_t at);
// "--", "-- ", "—": what follows is the signature (RFC 3676 §4.3).
bool isSignatureMark(QStringView line);
// Only dashes, underscores, stars and the like.
bool isRule(QStringView line);
// "Sent from my iPhone" and its translations.
bool isDeviceLine(QStringView line);

} // namespace aiva
