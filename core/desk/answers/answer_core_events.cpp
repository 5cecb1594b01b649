// The part of AnswerCore that hears what happened elsewhere: mail, orders, colleagues, the outbox.
#include "core/desk/answers/answer_core.h"
#include "core/desk/mail/mail_core.h"

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr int kAfterSync = 500; // the newest open conversations are looked at again
constexpr int kLookAgainMs = 1'500;
constexpr int kFollowMs = 150;          // a sync and a storm of webhooks bring their rows in many batches
constexpr qint64 kAskAgainMs = 110'000; // just under the two minutes facts stay fresh

} // namespace

void AnswerCore::mailArrived(const std::vector<ConversationId>& conversations) {
    for (const ConversationId conversation : conversations) {
        if (m_sender) settle(u"autoSend"_s, m_sender->takeBack(conversation, AutoSender::Why::SomethingNew));
        m_unanswerable.remove(conversation);
        m_queue.add(conversation, AnswerQueue::Urgency::Arrived);
    }
    m_work.start(0);
}

void AnswerCore::ordersChanged() {
    if (!m_lookAgain.isActive()) m_lookAgain.start(kLookAgainMs);
    if (m_attended.isValid() && !m_follow.isActive()) m_follow.start(kFollowMs);
}

void AnswerCore::attend(ConversationId conversation) {
    m_attended = conversation;
}

// What somebody looks at does not wait its turn; and is left alone while the rows that came say nothing new of it.
void AnswerCore::followAttended() {
    if (!m_attended.isValid()) return;
    const auto reading = m_engine->read(m_attended);
    if (!reading) return settle(u"propose"_s, reading.error());
    const auto before = m_books->proposals->byConversation(m_attended);
    if (!before) return settle(u"propose"_s, before.error());
    if (!*reading || (*before && (*before)->basis == (*reading)->sources.basis)) return;
    m_queue.add(m_attended, AnswerQueue::Urgency::Arrived);
    m_work.start(0);
}

void AnswerCore::lookAgain() {
    const auto open = m_books->agenda->open(kAfterSync);
    if (!open) return settle(u"propose"_s, open.error());
    for (const ConversationId conversation : *open)
        m_queue.add(conversation, AnswerQueue::Urgency::Background);
    start();
    if (!m_queue.isEmpty()) m_work.start(0);
}

void AnswerCore::askForFreshOrders(StoreId store, ConversationId conversation) {
    m_awaitingFresh[store].insert(conversation);
    const qint64 now = m_clock.monotonicMs();
    const auto asked = m_freshAskedAt.find(store);
    if (asked != m_freshAskedAt.end() && now - asked->second < kAskAgainMs) return;
    m_freshAskedAt.insert_or_assign(store, now);
    Q_EMIT freshOrdersWanted(store);
}

void AnswerCore::syncFinished(StoreId store) {
    for (const ConversationId conversation : std::exchange(m_awaitingFresh[store], {}))
        m_queue.add(conversation, AnswerQueue::Urgency::Arrived);
    if (!m_queue.isEmpty()) m_work.start(0);
}

// Our own claim, made to send it, is nobody taking it over: assignedHere() says when this person did.
void AnswerCore::conversationsChanged() {
    if (!m_sender) return;
    for (const ConversationId conversation : m_sender->waiting()) {
        const auto row = m_inbox->row(conversation);
        if (!row) continue;
        const bool isGone = !*row; // merged into another one
        const bool isTaken = isGone || ((*row)->assigneeSlot > 0 && !(*row)->isMine) || !(*row)->answering.isEmpty() ||
                             (*row)->status == ConversationStatus::Done;
        if (isTaken) settle(u"autoSend"_s, m_sender->takeBack(conversation, AutoSender::Why::PersonTookIt));
    }
}

void AnswerCore::assignedHere(ConversationId conversation) {
    if (m_sender) settle(u"autoSend"_s, m_sender->takeBack(conversation, AutoSender::Why::PersonTookIt));
}

// What waits to leave by itself was written with another's facts.
void AnswerCore::personLinked() {
    for (const ConversationId conversation : m_sender ? m_sender->waiting() : std::vector<ConversationId>()) {
        const auto reading = m_engine->read(conversation);
        const auto proposal = m_books->proposals->byConversation(conversation);
        if (!reading || !*reading || !proposal || !*proposal) continue;
        if (basisChange((*proposal)->basis, (*reading)->sources.basis))
            settle(u"autoSend"_s, m_sender->takeBack(conversation, AutoSender::Why::SomethingNew));
    }
    ordersChanged();
}

void AnswerCore::peopleErased() {
    if (m_sender) settle(u"autoSend"_s, m_sender->forgetErased());
}

void AnswerCore::mailLeft(OutboxId mail) {
    if (!m_sender) return;
    const auto left = m_sender->left(mail);
    if (!left) return settle(u"autoSend"_s, left.error());
    if (!*left) return;
    const auto proposal = m_books->proposals->byConversation(**left);
    if (proposal && *proposal)
        settle(u"audit"_s, m_books->note(m_clock.now(), AuditActor::Aiva, u"auto_sent"_s, **proposal, StoreId(),
                                         {{u"outbox"_s, mail.value()}}));
    settle(u"autoSend"_s, m_books->proposals->remove(**left));
    Q_EMIT rowsChanged(DeskChange::Answers | DeskChange::Conversations);
}

// A guard stopped it: an order changed, somebody is answering. A person decides; nothing is tried again by itself.
void AnswerCore::mailHeld(OutboxId mail) {
    if (!m_sender) return;
    for (const ConversationId conversation : m_sender->waiting()) {
        const auto proposal = m_books->proposals->byConversation(conversation);
        if (!proposal || !*proposal || (*proposal)->outbox != mail) continue;
        settle(u"autoSend"_s, m_sender->takeBack(conversation, AutoSender::Why::SomethingNew));
        m_queue.add(conversation, AnswerQueue::Urgency::Arrived);
        m_work.start(0);
        return;
    }
}

} // namespace aiva
