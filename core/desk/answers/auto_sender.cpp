#include "core/desk/answers/auto_sender.h"

#include "core/desk/mail/mail_core.h"
#include "core/domain/mail/mail_subject.h"

using namespace Qt::StringLiterals;

namespace aiva {

QString toWord(AutoSender::Why why) {
    switch (why) {
    case AutoSender::Why::PersonTookIt:
        return u"person_took_it"_s;
    case AutoSender::Why::SomethingNew:
        return u"something_new"_s;
    case AutoSender::Why::Stopped:
        return u"stopped"_s;
    case AutoSender::Why::Asked:
        return u"asked"_s;
    }
    return {};
}

ReplyRequest automaticReply(const AnswerReading& reading, const Proposal& proposal, const MailAccount& account) {
    const MessageView& question = *reading.sources.question;
    ReplyRequest reply;
    reply.conversation = proposal.conversation;
    reply.mailbox = account.id;
    reply.to = {question.from};
    reply.subject = isReplySubject(question.subject) ? question.subject : u"Re: "_s + question.subject;
    reply.text = proposal.draft->reply;
    if (!account.signatureText.isEmpty()) reply.text += u"\n\n"_s + account.signatureText;
    reply.basis = proposal.basis;
    reply.sendAt = proposal.gate.sendAt;
    reply.cancelWhenCustomerWrites = true;
    return reply;
}

AutoSender::AutoSender(AnswerBooks& books, MailCore& mail, const Clock& clock)
    : m_books(books), m_mail(mail), m_clock(clock) {}

Result<void> AutoSender::open() {
    AIVA_TRY(const auto waiting, m_books.agenda->waitingByThemselves());
    for (const auto& [conversation, mail] : waiting)
        m_waiting.insert_or_assign(conversation, mail);
    return {};
}

Result<void> AutoSender::queue(const AnswerReading& reading, Proposal& proposal) {
    if (m_waiting.contains(proposal.conversation)) return {};
    const auto mailbox = reading.sources.conversation.mailbox;
    if (!mailbox) return Error{ErrorKind::NotFound, u"the conversation belongs to no mailbox"_s};
    AIVA_TRY(const MailAccount account, m_mail.account(*mailbox));
    AIVA_TRY(proposal.outbox, m_mail.sendByItself(automaticReply(reading, proposal, account)));
    m_waiting.insert_or_assign(proposal.conversation, proposal.outbox);
    AIVA_CHECK(m_books.proposals->save(proposal));
    return m_books.note(m_clock.now(), AuditActor::Aiva, u"auto_queued"_s, proposal, reading.sources.store.id,
                        {{u"outbox"_s, proposal.outbox.value()}, {u"send_at"_s, proposal.gate.sendAt.isoText()}});
}

Result<void> AutoSender::takeBack(ConversationId conversation, Why why) {
    const auto found = m_waiting.find(conversation);
    if (found == m_waiting.end()) return {};
    const OutboxId mail = found->second;
    const Result<void> withdrawn = m_mail.withdraw(mail); // Conflict when it may have left: then it has
    if (!withdrawn && withdrawn.error().kind == ErrorKind::NotFound) return forget(conversation);
    if (!withdrawn) return withdrawn;
    AIVA_TRY(const std::optional<Proposal> proposal, m_books.proposals->byConversation(conversation));
    AIVA_CHECK(forget(conversation));
    if (!proposal) return {};
    const AuditActor actor = why == Why::SomethingNew ? AuditActor::Aiva : AuditActor::Person;
    return m_books.note(m_clock.now(), actor, u"auto_cancelled"_s, *proposal, StoreId(),
                        {{u"outbox"_s, mail.value()}, {u"why"_s, toWord(why)}});
}

Result<void> AutoSender::takeAllBack(Why why) {
    Result<void> all;
    for (const ConversationId conversation : waiting())
        if (const auto done = takeBack(conversation, why); !done) all = done;
    return all;
}

Result<void> AutoSender::forgetErased() {
    for (const ConversationId conversation : waiting()) {
        AIVA_TRY(const std::optional<OutboxRow> mail, m_mail.outboxRow(m_waiting.at(conversation)));
        if (!mail) AIVA_CHECK(forget(conversation));
    }
    return {};
}

Result<std::optional<ConversationId>> AutoSender::left(OutboxId mail) {
    for (const auto& [conversation, waiting] : m_waiting) {
        if (waiting != mail) continue;
        const ConversationId whose = conversation;
        AIVA_CHECK(forget(whose));
        return std::optional(whose);
    }
    return std::optional<ConversationId>();
}

std::vector<ConversationId> AutoSender::waiting() const {
    std::vector<ConversationId> conversations;
    for (const auto& [conversation, mail] : m_waiting)
        conversations.push_back(conversation);
    return conversations;
}

Result<void> AutoSender::forget(ConversationId conversation) {
    m_waiting.erase(conversation);
    const auto done = m_books.proposals->setOutbox(conversation, OutboxId());
    if (!done && done.error().kind != ErrorKind::NotFound) return done;
    return {};
}

} // namespace aiva
