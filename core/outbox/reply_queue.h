// ReplyQueue: freezes a reply and puts it into the outbox. The only way into it: what is wrong with a mail that can be
// known before it leaves is found here, and from here on neither its recipients nor its bytes change. Called on the
// core thread by the desk; sends nothing.
#pragma once

#include "core/base/clock.h"
#include "core/domain/reply/reply_request.h"
#include "core/outbox/outbox_ledger.h"
#include "core/ports/mail_writer_port.h"

namespace aiva {

class ReplyQueue {
public:
    ReplyQueue(OutboxLedger& ledger, MailWriterPort& writer, const Clock& clock)
        : m_ledger(ledger), m_writer(writer), m_clock(clock) {}

    // Conflict/DraftStale (changeSince() tells what changed), NoRecipient, VariableEmpty, RecipientRefused, Refused for
    // a note. The draft is gone from the composer when the mail is in the outbox, in one transaction.
    Result<OutboxId> queue(const ReplyRequest& request, MailOrigin origin = MailOrigin::Person);

    Result<std::optional<BasisChange>> changeSince(ConversationId conversation, const DraftBasis& basis) {
        return m_ledger.changeSince(conversation, basis);
    }

private:
    Result<OutgoingMail> mailOf(const ReplyRequest& request, const MailAccount& account, MailOrigin origin);
    Result<QString> tokenOf(ConversationId conversation);

    OutboxLedger& m_ledger;
    MailWriterPort& m_writer;
    const Clock& m_clock;
};

} // namespace aiva
