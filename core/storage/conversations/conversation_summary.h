// The row of a conversation that the inbox lists: counts, times, snippet, status, who it is with. Kept in step message
// by message, or computed anew after conversations were joined. Used by ConversationRepository only.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/storage/conversations/message_rows.h"
#include "core/storage/database/database.h"
#include "core/storage/people/sender_matching.h"

#include <memory>
#include <optional>

namespace aiva {

// The customer's side of a mail, as conversations are kept by.
struct ConversationParty {
    QString email;       // normalised; empty when the mail names nobody
    QString sharedParty; // CustomerSide::sharedParty(); when both are empty nothing but the person is the same party
    std::optional<ProfileId> profile;
    std::optional<StoreId> store; // of the mailbox the mail came through; absent: that mailbox is for several
};

// What a summary needs of a message.
struct SummaryInput {
    MailDirection direction = MailDirection::Inbound;
    UtcTime at;
    QString subject;
    QString snippet;
    QString customerName;
    bool automated = false;
};

class ConversationSummary {
public:
    static Result<std::unique_ptr<ConversationSummary>> create(Database& database);

    // An empty conversation; the first message is added like any other.
    Result<ConversationId> start(const SummaryInput& first, const ConversationParty& party, const SenderMatch& match);
    // Whether the message should be unread when it is added now: what somebody answered has been read.
    Result<MailUnread> unreadOnArrival(ConversationId conversation, const SummaryInput& message);
    // After the message's row was inserted.
    Result<void> add(ConversationId conversation, const SummaryInput& message, MailUnread unread);
    // From the messages alone; status and match stay.
    Result<void> refresh(ConversationId conversation);
    Result<void> setMatch(ConversationId conversation, const SenderMatch& match);

private:
    explicit ConversationSummary(Database& database) : m_database(database) {}
    Result<void> prepare();

    Database& m_database;
    Statement m_start;
    Statement m_state;
    Statement m_add;
    Statement m_rename;
    Statement m_readAll;
    Statement m_setMatch;
};

// First words of what the person wrote, one line, at most 200 characters.
QString snippetOf(const QString& unfolded);

} // namespace aiva
