#include "core/adapters/mail/smtp/smtp_errors.h"

#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QString detailOf(SmtpStep step, const SmtpReply& reply) {
    static constexpr std::array<QLatin1StringView, 8> names{"the greeting"_L1, "EHLO"_L1, "STARTTLS"_L1, "AUTH"_L1,
                                                            "MAIL"_L1,         "RCPT"_L1, "DATA"_L1,     "the mail"_L1};
    QString detail = u"the server answered %1"_s.arg(reply.code);
    if (reply.status.subject >= 0)
        detail += u" %1.%2.%3"_s.arg(reply.code / 100).arg(reply.status.subject).arg(reply.status.detail);
    return detail + " to "_L1 + names[static_cast<size_t>(step)];
}

bool isBefore(SmtpStep step, SmtpStep other) {
    return static_cast<int>(step) < static_cast<int>(other);
}

ErrorCause temporaryCause(SmtpStep step, const SmtpReply& reply) {
    const EnhancedStatus status = reply.status;
    if (isBefore(step, SmtpStep::Sender)) return ErrorCause::ServerBusy;
    if (status.is(2, 2)) return ErrorCause::MailboxFull;
    if (status.is(5, 3)) return ErrorCause::SendingLimit; // too many recipients
    if (step == SmtpStep::Recipient) {
        if (status.subject == 7) return ErrorCause::Greylisted;
        if (reply.code == 450 && status.subject < 0) return ErrorCause::Greylisted;
        return ErrorCause::ServerBusy;
    }
    return status.subject == 7 ? ErrorCause::SendingLimit : ErrorCause::ServerBusy;
}

Error loginError(const SmtpReply& reply, const QString& detail) {
    if (reply.code == 538 || reply.status.is(7, 11)) // wants encryption first
        return {ErrorKind::Refused, detail, ErrorCause::PlainTextRefused};
    if (reply.code == 500 || reply.code == 502 || reply.code == 504)
        return {ErrorKind::Refused, detail, ErrorCause::NotSupported};
    return {ErrorKind::Auth, detail, ErrorCause::LoginRefused};
}

// Limits of the provider that are told as final: they pass all the same.
bool isSendingLimit(const EnhancedStatus& status) {
    return status.is(4, 5)      // Gmail: daily sending limit
           || status.is(1, 90)  // Exchange Online: daily recipients
           || status.is(7, 28)  // Gmail: unusual rate
           || status.is(2, 121) // Exchange Online: recipient's hourly limit
           || status.is(2, 122);
}

// By the enhanced status alone, whatever the step; None when it says nothing of its own.
ErrorCause causeOfStatus(SmtpStep step, const EnhancedStatus& status) {
    if (status.is(2, 3) || status.is(3, 4)) return ErrorCause::MailTooLarge;
    if (status.is(2, 2)) return ErrorCause::MailboxFull;
    if (status.is(1, 7) || status.is(1, 8) || status.is(7, 60) || status.is(2, 252)) return ErrorCause::SenderRefused;
    if (status.is(6, 7)) return ErrorCause::NotSupported; // needs SMTPUTF8
    if (status.subject == 6) return ErrorCause::ContentRefused;
    if (status.subject == 1) return step == SmtpStep::Sender ? ErrorCause::SenderRefused : ErrorCause::RecipientRefused;
    if (status.is(2, 0) || status.is(2, 1)) // mailbox disabled
        return step == SmtpStep::Sender ? ErrorCause::SenderRefused : ErrorCause::RecipientRefused;
    return ErrorCause::None;
}

ErrorCause causeOfStep(SmtpStep step, int code) {
    if (code == 552 || code == 523)
        return step == SmtpStep::Recipient ? ErrorCause::MailboxFull : ErrorCause::MailTooLarge;
    if (code == 502 || code == 504 || code == 555) return ErrorCause::NotSupported;
    switch (step) {
    case SmtpStep::Sender:
        return ErrorCause::SenderRefused;
    case SmtpStep::Recipient:
        return ErrorCause::RecipientRefused;
    default:
        return ErrorCause::ContentRefused;
    }
}

} // namespace

Error smtpError(SmtpStep step, const SmtpReply& reply) {
    const QString detail = detailOf(step, reply);
    if (reply.isTemporary()) return {ErrorKind::RateLimited, detail, temporaryCause(step, reply)};
    if (!reply.isFinal()) return {ErrorKind::Network, detail, ErrorCause::ProtocolBroken};
    if (step == SmtpStep::StartTls) return {ErrorKind::Refused, detail, ErrorCause::PlainTextRefused};
    if (step == SmtpStep::Login || reply.code == 530 || reply.code == 535) return loginError(reply, detail);
    // A server that turns us away at the door turns nobody's mail down.
    if (isBefore(step, SmtpStep::Sender)) return {ErrorKind::RateLimited, detail, ErrorCause::ServerBusy};
    if (isSendingLimit(reply.status)) return {ErrorKind::RateLimited, detail, ErrorCause::SendingLimit};
    const ErrorCause said = causeOfStatus(step, reply.status);
    return {ErrorKind::Refused, detail, said != ErrorCause::None ? said : causeOfStep(step, reply.code)};
}

Error smtpBroken(const char* what) {
    return {ErrorKind::Network, QLatin1StringView(what), ErrorCause::ProtocolBroken};
}

} // namespace aiva
