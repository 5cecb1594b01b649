// What a refusal by an SMTP server means for the person and for the outbox. Pure.
#pragma once

#include "core/adapters/mail/smtp/smtp_reply.h"
#include "core/base/error.h"

namespace aiva {

// Which command was refused; Message is the final dot.
enum class SmtpStep { Greeting, Hello, StartTls, Login, Sender, Recipient, Data, Message };

// RateLimited for what may work later (4xx, and provider limits that come as 5xx), Auth for logins, Refused for good.
// The detail names codes only: a server's words often repeat addresses.
Error smtpError(SmtpStep step, const SmtpReply& reply);
// A reply that no step allows, or none at all where the server must wait.
Error smtpBroken(const char* what);

} // namespace aiva
