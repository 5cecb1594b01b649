#include "core/sync/retry.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva {

bool isTransient(const Error& error) {
    switch (error.kind) {
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
        return true;
    case ErrorKind::Network:
        return !isCertificateCause(error.cause) && error.cause != ErrorCause::RedirectRefused &&
               error.cause != ErrorCause::HostNotAllowed && error.cause != ErrorCause::BodyTooLarge;
    default:
        return false;
    }
}

bool isUnreachable(const Error& error) {
    return error.kind == ErrorKind::Network &&
           (error.cause == ErrorCause::HostNotFound || error.cause == ErrorCause::ConnectionReset);
}

qint64 withJitter(qint64 ms, double share) {
    const double swing = (QRandomGenerator::global()->generateDouble() * 2.0 - 1.0) * share;
    return std::max<qint64>(0, ms + static_cast<qint64>(static_cast<double>(ms) * swing));
}

} // namespace aiva
