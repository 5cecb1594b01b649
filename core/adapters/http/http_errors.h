// Turns what Qt says of a failed exchange into an Error. Qt's own texts are not used: they quote the whole URL.
#pragma once

#include "core/base/error.h"

#include <QNetworkReply>

namespace aiva {

// True when the exchange itself failed; false when an answer came, whatever its status. `status` is 0 without headers.
bool isTransportFailure(QNetworkReply::NetworkError error, int status);
// `hasAnswer`: headers had arrived, so an early end means a truncated body rather than a reset.
Error transportError(QNetworkReply::NetworkError error, bool hasAnswer);

Error timeoutError(const char* phase);
// Not a word of the request was sent: the network may be away, which is no failure of the server's.
Error unreachedError(const QString& why);
Error redirectError();
Error truncatedError();
Error tooLargeError();

} // namespace aiva
