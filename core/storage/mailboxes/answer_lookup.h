// What the cache knows by which a mail just found on the server is recognised as a colleague's answer. Used by
// ColleagueMailRun before a claim is granted; only reads.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace aiva {

// A folder, and where the mail begins in it that the cache does not know.
struct NewMail {
    QString folder;
    quint32 firstUid = 0;
};

class AnswerLookup {
public:
    static Result<std::unique_ptr<AnswerLookup>> create(Database& database);

    // Of the mailbox's folder of that role; absent when there is none, or it was never synced.
    Result<std::optional<NewMail>> newMail(MailboxId mailbox, const QString& role);
    // Whether the address is one of a mailbox of ours.
    Result<bool> isOwnAddress(const QString& email);
    // Whether we wrote the mail with this header id: it stands in our outbox.
    Result<bool> isOurs(const QString& messageId);
    // Whether any of these header ids belongs to the conversation, as a message of it or named by one.
    Result<bool> conversationKnows(ConversationId conversation, const QStringList& messageIds);

private:
    AnswerLookup() = default;

    Statement m_newMail;
    Statement m_ownAddress;
    Statement m_ours;
    Statement m_knows;
};

} // namespace aiva
