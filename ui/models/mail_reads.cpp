#include "ui/models/mail_reads.h"

namespace aiva {

MailReads mailReads(DeskReader& reader) {
    return {[&reader](int recent) { return reader.outbox->all(recent); }, [&reader] { return reader.mailboxes->all(); },
            [&reader] { return reader.mailboxes->cannedReplies(); },
            [&reader](ConversationId id) { return reader.outbox->pending(id); }};
}

} // namespace aiva
