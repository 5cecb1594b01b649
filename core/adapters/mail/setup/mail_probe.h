// Whether a mail server greets at a place: one connection, TLS where the place wants it, its greeting, nothing said.
#pragma once

#include "core/base/async.h"
#include "core/domain/mail/mail_account.h"

#include <QObject>

#include <functional>

namespace aiva {

enum class MailProtocol { Imap, Submission };

// True when it greets, with a certificate that is accepted; false for anything else, within `ms`. Not answered when
// the context is gone.
using MailProbe = std::function<Future<bool>(const MailServer& server, MailProtocol protocol, QObject* context)>;

Future<bool> probeMailServer(const MailServer& server, MailProtocol protocol, const QByteArray& caCertificates, int ms,
                             QObject* context);

} // namespace aiva
