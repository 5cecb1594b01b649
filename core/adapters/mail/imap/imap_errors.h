// What a server's NO, BAD and BYE mean (RFC 5530, 9051 §7.1). Pure. Details name the response code, never the server's
// words: those may hold addresses.
#pragma once

#include "core/adapters/mail/imap/imap_response.h"
#include "core/base/error.h"

namespace aiva {

// Of a tagged response that is not OK, or of BYE.
Error imapError(const ImapResponse& response);
// Of a refused LOGIN or AUTHENTICATE: without a code it means the user name or the password.
Error imapLoginError(const ImapResponse& response);

Error imapNotSupported(const char* capability);
Error imapClosed();

} // namespace aiva
