// The door for setting a mailbox up: finds the servers of an address. Called and answered on the thread that made it.
#pragma once

#include "core/base/async.h"
#include "core/domain/mail/mail_account.h"

#include <vector>

namespace aiva {

struct MailServerGuess {
    MailServer imap;
    MailServer smtp;
    QString userName; // usually the address
    QString origin;   // "provider", "srv" (RFC 6186/8314), "probe"
    bool needsOAuth = false;
    OAuthProvider oauth; // when needsOAuth, without a client id
};

class MailSetupPort {
public:
    virtual ~MailSetupPort();
    // Best first; empty when nothing was found. Sends nothing but DNS questions and TCP/TLS greetings to the domain.
    virtual Future<std::vector<MailServerGuess>> findServers(const QString& address) = 0;
};

} // namespace aiva
