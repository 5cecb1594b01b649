#include "core/outbox/send_rules.h"

namespace aiva {

Verdict verdictOn(const Error& error) {
    switch (error.cause) {
    case ErrorCause::ServerBusy:
    case ErrorCause::Greylisted:
    case ErrorCause::SendingLimit:
    case ErrorCause::OverQuota:
        return Verdict::Later;
    case ErrorCause::LoginRefused:
    case ErrorCause::LoginExpired:
    case ErrorCause::PlainTextRefused:
    case ErrorCause::CertificateInvalid:
    case ErrorCause::CertificateForAnother:
    case ErrorCause::CertificateExpired:
        return Verdict::Person;
    default:
        break;
    }
    switch (error.kind) {
    case ErrorKind::Auth:
        return Verdict::Person;
    case ErrorKind::Refused:
    case ErrorKind::Invalid:
        return Verdict::Never;
    default:
        return Verdict::Later;
    }
}

bool isCertainRefusal(const Error& error) {
    switch (error.cause) {
    case ErrorCause::ConnectionReset:
    case ErrorCause::BodyTruncated:
    case ErrorCause::ProtocolBroken: // an answer nobody understands may have meant yes
    case ErrorCause::OutcomeUnknown:
        return false;
    default:
        break;
    }
    return error.kind == ErrorKind::Refused || error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Auth ||
           error.kind == ErrorKind::Invalid;
}

} // namespace aiva
