// Reads one framed response into a tree (RFC 9051 §9). Pure and total: any bytes give a response, if need be one marked
// malformed, or ProtocolBroken beyond the caps. Tolerant of responses, codes and items it does not know.
#pragma once

#include "core/adapters/mail/imap/imap_framer.h"
#include "core/adapters/mail/imap/imap_response.h"

namespace aiva {

Result<ImapResponse> parseImapResponse(ImapFrame frame, const ImapLimits& limits = {});

} // namespace aiva
