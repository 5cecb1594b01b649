// What an endpoint means by a status and an error object. Pure. The endpoint's message is read to classify and never
// kept: it can quote the prompt. Only statuses, codes and request ids reach an Error.
#pragma once

#include "core/adapters/http/http_types.h"
#include "core/base/clock.h"
#include "core/base/error.h"

#include <QJsonObject>

#include <optional>

namespace aiva {

struct ModelFault {
    Error error;
    bool mayRetry = false;
    std::optional<qint64> afterMs = {}; // when the endpoint says
    QString message = {};               // as the endpoint said it, lower case: to find what it dislikes, never shown
};

// For any status but 2xx.
ModelFault faultOfResponse(const HttpResponse& response, const Clock& clock);
// For an error told inside a stream whose status was 200: {"type", "code", "message"}.
ModelFault faultInStream(const QJsonObject& error);
// For an exchange that brought no whole answer. Only one that never reached the endpoint may be repeated.
ModelFault faultOfTransport(const Error& error);

ModelFault malformedFault(const char* what);

// retry-after-ms, retry-after in seconds or as an HTTP date (RFC 9110 §10.2.3).
std::optional<qint64> toldWaitMs(const HttpResponse& response, const Clock& clock);

} // namespace aiva
