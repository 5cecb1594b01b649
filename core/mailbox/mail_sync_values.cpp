#include "core/mailbox/mail_sync_values.h"

namespace aiva {

static bool isPassing(const Error& error) {
    switch (error.kind) {
    case ErrorKind::Network:
        return !isCertificateCause(error.cause);
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
        return true;
    default:
        return error.cause == ErrorCause::ServerBusy;
    }
}

MailboxStatus mailboxStatusAfter(const std::optional<Error>& error) {
    return !error || isPassing(*error) ? MailboxStatus::Connected : MailboxStatus::Error;
}

} // namespace aiva
