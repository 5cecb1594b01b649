// Mail providers whose servers are known: by the domain of an address, or by the servers that take a domain's mail.
// Pure; used by ServerSearch.
#pragma once

#include "core/ports/mail_setup_port.h"

#include <optional>

namespace aiva {

// `domain` in ASCII. The user name is left to the caller.
std::optional<MailServerGuess> providerOfDomain(const QString& domain);
// `mailHosts`: the domain's MX hosts, best first.
std::optional<MailServerGuess> providerOfMailHosts(const QStringList& mailHosts);

} // namespace aiva
