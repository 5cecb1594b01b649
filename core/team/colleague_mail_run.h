// ColleagueMailRun: asks the server whether a colleague has just answered a conversation: looks at the mail in Sent and
// INBOX that is newer than the cache. The last question before a claim is granted; fetches, stores nothing.
#pragma once

#include "core/team/team_book.h"

#include <deque>

namespace aiva {

struct ColleagueMail {
    bool isThere = false;
};

class ColleagueMailRun final : public TeamRun<ColleagueMail> {
public:
    ColleagueMailRun(MailboxPort& port, TeamRepository& repository, MailboxId mailbox, ConversationId conversation,
                     QObject* parent);

protected:
    void begin() override;

private:
    void nextFolder();
    void fetchNew(const FolderState& state);
    Result<bool> isAnswer(const MessageRecord& message);

    const QPointer<MailboxPort> m_port;
    TeamRepository& m_repository;
    const MailboxId m_mailbox;
    const ConversationId m_conversation;
    std::deque<TeamPlace> m_folders; // uid: the first the cache does not know
};

} // namespace aiva
