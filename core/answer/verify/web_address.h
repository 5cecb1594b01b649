// Web addresses in a text, with or without a scheme, and their parts. Reads what a mail program would make a link of,
// and a little more. Used by the link check. Pure.
#pragma once

#include "core/answer/verify/normalised_text.h"

#include <QString>

#include <optional>
#include <vector>

namespace aiva {

struct WebAddress {
    Span span;
    QString scheme; // lower case; empty: none written
    QString user;   // before an '@' in the authority
    QString host;   // lower case
    QString port;
    QString rest; // path, query and fragment as written
};

std::vector<WebAddress> webAddressesIn(const NormalisedText& text);
// Parts of a whole address, as facts hold them; absent when it has no host.
std::optional<WebAddress> webAddressOf(const QString& url);

// Without "www." and a final dot.
QString plainHost(const QString& host);

} // namespace aiva
