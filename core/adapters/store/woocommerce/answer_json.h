// The JSON within what a WordPress site answers, which need not be alone there: themes write a byte order mark or empty
// lines before it, PHP the notices of a site that shows its errors, caches a comment behind it. Pure; used by WooCall.
#pragma once

#include "core/adapters/store/json/json_document.h"

namespace aiva {

// Nothing when there is none, as in a web page; an error when it has begun and is not whole.
std::optional<Result<JsonDocument>> jsonWithin(const QByteArray& body);

} // namespace aiva
