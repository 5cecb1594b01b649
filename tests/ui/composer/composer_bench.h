// A composer on a table of its own: a mailbox, a customer, one conversation, and ears for what it asks.
#pragma once

#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "ui/composer/composer.h"

namespace aiva::test {

class ComposerBench {
public:
    ComposerBench();

    // John asks where his order is; read, unanswered.
    static ConversationView conversation();
    static MessageView message(qint64 id, const QString& name, const QString& email, const QString& text,
                               int minutesAgo);

    ManualClock clock{sample::now()};
    Composer composer{clock};
    CustomerView customer = sample::vip();
    DraftBasis basis{MessageId(1), {}};
    QHash<qint64, QByteArray> files;
    std::vector<DraftVersionView> versions;

    std::vector<Draft> drafts;
    std::vector<ReplyRequest> sent;
    std::vector<QString> notes;
    std::vector<OutboxId> cancelled;
    std::vector<DraftAttachmentId> detached;
};

} // namespace aiva::test
