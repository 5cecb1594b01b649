// The right to answer a conversation: at most one colleague holds it. The outbox asks for it before each send; the
// mailbox's team state grants it by compare-and-set on the server. Called and answered on the core thread.
#pragma once

#include "core/base/async.h"
#include "core/domain/ids.h"

namespace aiva {

struct ClaimAnswer {
    enum class Outcome {
        Granted,  // also when we held it already (after a crash)
        Taken,    // a colleague holds it or has just answered; `holder` names them
        NotShared // single-agent mode: nobody to ask, go on
    };
    Outcome outcome = Outcome::NotShared;
    QString holder;
};

class ClaimPort {
public:
    virtual ~ClaimPort();
    virtual Future<ClaimAnswer> claim(MailboxId mailbox, ConversationId conversation) = 0;
    // Gives it back. Answered: the conversation's status becomes waiting for everyone, in the same atomic change.
    enum class Ending { Answered, Unsent };
    virtual Future<bool> release(MailboxId mailbox, ConversationId conversation, Ending ending) = 0;
};

} // namespace aiva
