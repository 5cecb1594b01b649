// Which attributes of an allowed element survive sanitising, and in what form. Used by html_sanitizer only. Pure.
#pragma once

#include "core/domain/html/html_tokenizer.h"

namespace aiva {

// What is left of a start tag's attributes, each ` name="value"` and escaped.
QString safeAttributes(const HtmlToken& startTag);

// The address when a link may lead there (http, https, mailto, tel), empty otherwise. What browsers ignore inside a
// scheme (blanks, control characters) is removed first.
QString safeLink(const QString& href);

// An image too small to be seen: it only counts who reads.
bool isTrackingImage(const HtmlToken& imageTag);

} // namespace aiva
