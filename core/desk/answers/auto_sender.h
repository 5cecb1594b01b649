// AutoSender: what leaves by itself. Puts a reply the gate let through into the outbox, where it waits visibly, and
// takes it back when a person, the customer or an order comes first. Owned by AnswerCore; the outbox sends.
#pragma once

#include "core/answer/engine/answer_engine.h"
#include "core/desk/answers/answer_books.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/reply/reply_request.h"

#include <map>

namespace aiva {

class MailCore;

class AutoSender {
public:
    AutoSender(AnswerBooks& books, MailCore& mail, const Clock& clock);

    // What waits from before the start of the program.
    Result<void> open();
    // The gate said Send. The proposal then knows the mail.
    Result<void> queue(const AnswerReading& reading, Proposal& proposal);
    // Back as a draft, with why; nothing when no such mail waits.
    enum class Why { PersonTookIt, SomethingNew, Stopped, Asked };
    Result<void> takeBack(ConversationId conversation, Why why);
    Result<void> takeAllBack(Why why);
    // It left, or the outbox stopped it: it does not wait any more.
    Result<std::optional<ConversationId>> left(OutboxId mail);
    // What is erased waits no more, and is not taken back either.
    Result<void> forgetErased();
    bool isWaiting(ConversationId conversation) const { return m_waiting.contains(conversation); }
    std::vector<ConversationId> waiting() const;

private:
    Result<void> forget(ConversationId conversation);

    AnswerBooks& m_books;
    MailCore& m_mail;
    const Clock& m_clock;
    std::map<ConversationId, OutboxId> m_waiting;
};

QString toWord(AutoSender::Why why); // person_took_it something_new stopped asked
// The mail as it will leave: to who asked, in plain text, with the mailbox's signature, cancelled when they write
// again.
ReplyRequest automaticReply(const AnswerReading& reading, const Proposal& proposal, const MailAccount& account);

} // namespace aiva
