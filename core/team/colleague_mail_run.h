// ColleagueMailRun: asks the server whether a colleague has just answered a conversation: looks at the mail in Sent and
// INBOX that is newer than the cache. The last question before a claim is granted; fetches, stores nothing.
#pragma once

#include "core/domain/mail/message_record.h"
#include "core/ports/mailbox_port.h"
#include "core/storage/mailboxes/answer_lookup.h"
#include "core/team/team_run.h"

#include <QPointer>

#include <deque>

namespace aiva {

struct ColleagueMail {
    bool isThere = false;
};

class ColleagueMailRun final : public TeamRun<ColleagueMail> {
public:
    ColleagueMailRun(MailboxPort& port, Database& database, MailboxId mailbox, ConversationId conversation,
                     QObject* parent);

protected:
    void begin() override;

private:
    Result<void> findFolders();
    void nextFolder();
    void fetchNew(const FolderState& state);
    Result<bool> isAnswer(const MessageRecord& message);

    const QPointer<MailboxPort> m_port;
    Database& m_database;
    const MailboxId m_mailbox;
    const ConversationId m_conversation;
    std::unique_ptr<AnswerLookup> m_lookup;
    std::deque<NewMail> m_folders; // still to be looked into
};

} // namespace aiva
