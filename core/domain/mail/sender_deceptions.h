// What in a mail's sender is made to deceive a reader. Used by sender_authentication only. Pure.
#pragma once

#include "core/domain/mail/sender_authentication.h"

namespace aiva {

enum class SenderProof { None, Authenticated };

// Words as in SenderCheck::warnings, each once.
QStringList senderDeceptions(const MessageRecord& message, const SenderContext& context, SenderProof proof);

} // namespace aiva
