#include "core/adapters/http/http_errors.h"

#include "core/adapters/tls/certificate_error.h"

namespace aiva {

using namespace Qt::StringLiterals;

bool isTransportFailure(QNetworkReply::NetworkError error, int status) {
    // Qt reports HTTP statuses as errors 201…299 and 401…499, and 418 and 400 as these two protocol errors.
    const int code = static_cast<int>(error);
    const bool isStatus = (code > 200 && code < 300) || (code > 400 && code < 500) ||
                          error == QNetworkReply::ProtocolUnknownError ||
                          error == QNetworkReply::ProtocolInvalidOperationError;
    return code != 0 && !(isStatus && status >= 400);
}

Error transportError(QNetworkReply::NetworkError error, bool hasAnswer) {
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorKind::Network, u"connection refused"_s};
    case QNetworkReply::RemoteHostClosedError:
        if (hasAnswer) return truncatedError();
        return {ErrorKind::Network, u"connection closed by the server"_s, ErrorCause::ConnectionReset};
    case QNetworkReply::HostNotFoundError:
        return {ErrorKind::Network, u"host name not found"_s, ErrorCause::HostNotFound};
    // No route, no network, a train's Wi-Fi that leads nowhere.
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return hasAnswer ? truncatedError() : unreachedError(u"network error %1"_s.arg(static_cast<int>(error)));
    case QNetworkReply::TimeoutError:
        return hasAnswer ? timeoutError("connection") : unreachedError(u"timed out"_s);
    case QNetworkReply::OperationCanceledError:
        return timeoutError("connection");
    case QNetworkReply::SslHandshakeFailedError:
        return certificateError({});
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        return redirectError();
    default:
        return {ErrorKind::Network, u"network error %1"_s.arg(static_cast<int>(error)),
                hasAnswer ? ErrorCause::BodyTruncated : ErrorCause::None};
    }
}

Error timeoutError(const char* phase) {
    return {ErrorKind::Timeout, u"timed out: %1"_s.arg(QLatin1StringView(phase))};
}

Error unreachedError(const QString& why) {
    return {ErrorKind::Network, u"the server was not reached: "_s + why, ErrorCause::HostNotFound};
}

Error redirectError() {
    return {ErrorKind::Refused, u"the server redirects elsewhere"_s, ErrorCause::RedirectRefused};
}

Error truncatedError() {
    return {ErrorKind::Network, u"the answer ended before it was whole"_s, ErrorCause::BodyTruncated};
}

Error tooLargeError() {
    return {ErrorKind::Network, u"the answer is larger than allowed"_s, ErrorCause::BodyTooLarge};
}

} // namespace aiva
