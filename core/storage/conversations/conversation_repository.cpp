#include "core/storage/conversations/conversation_repository.h"

#include "core/domain/email_address.h"
#include "core/domain/mail/customer_side.h"
#include "core/domain/mail/quoted_text.h"
#include "core/storage/conversations/conversation_contents.h"
#include "core/storage/conversations/conversation_matches.h"
#include "core/storage/conversations/conversation_moves.h"
#include "core/storage/conversations/conversation_summary.h"
#include "core/storage/conversations/conversation_threads.h"
#include "core/storage/conversations/message_rows.h"
#include "core/storage/mailboxes/sender_check_repository.h"
#include "core/storage/people/sender_matching.h"
#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/replies/draft_repository.h"

#include <sqlite3.h>

namespace aiva {

using namespace Qt::StringLiterals;

class ConversationRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    std::unique_ptr<MessageRows> messages;
    std::unique_ptr<SenderMatching> matching;
    std::unique_ptr<ConversationThreads> threads;
    std::unique_ptr<ConversationSummary> summary;
    std::unique_ptr<ConversationMatches> matches;
    std::unique_ptr<ConversationContents> contents;
    std::unique_ptr<ConversationMoves> moves;
    std::unique_ptr<SenderCheckRepository> senders;
    std::unique_ptr<ErasureMarks> erased;
    Statement isMatched;
    Statement readOwn;
    Statement setStatus;
    Statement cameThrough;
    Statement storeOfMailbox;
    std::unique_ptr<DraftRepository> drafts;

    Result<void> prepare();
    Result<AddResult> add(const MessageRecord& message, MailDirection direction, const Arrival& arrival);
    Result<AddResult> place(const MessageRecord& message, MailDirection direction, const Arrival& arrival);
    Result<QStringList> ownAddresses();
    Result<bool> isErased(const MessageRecord& message, const CustomerSide& side);
    Result<std::optional<StoreId>> storeOf(std::optional<MailboxId> mailbox);
    Result<ConversationId> placeFor(const MessageRecord& message, const CustomerSide& side, const SummaryInput& input,
                                    std::optional<StoreId> store);

    // In one transaction with whatever is open already, else in one of its own.
    template <typename Work>
    auto inTransaction(Work work) -> decltype(work()) {
        if (sqlite3_get_autocommit(database.handle()) == 0) return work();
        AIVA_TRY(const std::unique_ptr<Transaction> transaction, Transaction::begin(database));
        auto result = work();
        if (result) AIVA_CHECK(transaction->commit());
        return result;
    }
};

Result<void> ConversationRepository::Private::prepare() {
    AIVA_TRY(messages, MessageRows::create(database));
    AIVA_TRY(matching, SenderMatching::create(database));
    AIVA_TRY(threads, ConversationThreads::create(database));
    AIVA_TRY(summary, ConversationSummary::create(database));
    AIVA_TRY(senders, SenderCheckRepository::create(database));
    AIVA_TRY(erased, ErasureMarks::create(database));
    matches = std::make_unique<ConversationMatches>(database, *matching, *summary);
    contents = std::make_unique<ConversationContents>(database, *summary);
    moves = std::make_unique<ConversationMoves>(database, *contents);
    AIVA_TRY(isMatched, database.prepare("SELECT matched_by FROM conversations WHERE id = ?1"));
    AIVA_TRY(readOwn, database.prepare("SELECT address, own_addresses FROM mailboxes"));
    AIVA_TRY(cameThrough,
             database.prepare("UPDATE conversations SET mailbox_id = ?2, store_id = ifnull((SELECT store_id "
                              "FROM mailboxes WHERE id = ?2), store_id) WHERE id = ?1 AND mailbox_id IS NULL"));
    AIVA_TRY(storeOfMailbox, database.prepare("SELECT store_id FROM mailboxes WHERE id = ?1"));
    AIVA_TRY(setStatus, database.prepare("UPDATE conversations SET status = ?2 WHERE id = ?1"));
    AIVA_TRY(drafts, DraftRepository::create(database));
    return {};
}

// Every address that is us, normalised.
Result<QStringList> ConversationRepository::Private::ownAddresses() {
    QStringList own;
    for (;;) {
        AIVA_TRY(const bool more, readOwn.step());
        if (!more) return own;
        own << readOwn.text(0) << readOwn.text(1).split(u'\n', Qt::SkipEmptyParts);
    }
}

// Erased mail that its server, or a file, still has; also what we never fetched of somebody who was erased since.
Result<bool> ConversationRepository::Private::isErased(const MessageRecord& message, const CustomerSide& side) {
    AIVA_TRY(auto erasedAt, erased->erasedAt(ErasedKind::Message, {}, message.messageId.toStdString()));
    if (erasedAt) return true;
    const std::string address = normalizedEmail(side.customer.email).toStdString();
    AIVA_TRY(erasedAt, erased->erasedAt(ErasedKind::Address, {}, address));
    return erasedAt && message.date <= *erasedAt;
}

// Absent: it is for several stores.
Result<std::optional<StoreId>> ConversationRepository::Private::storeOf(std::optional<MailboxId> mailbox) {
    if (!mailbox) return std::optional<StoreId>();
    AIVA_TRY(const bool found, storeOfMailbox.bind(1, *mailbox).step());
    const bool isOfOne = found && !storeOfMailbox.isNull(0);
    const auto store = isOfOne ? std::optional(storeOfMailbox.id<StoreId>(0)) : std::nullopt;
    storeOfMailbox.reset();
    return store;
}

// The conversation the message goes into: found, joined of several, or new.
Result<ConversationId> ConversationRepository::Private::placeFor(const MessageRecord& message, const CustomerSide& side,
                                                                 const SummaryInput& input,
                                                                 std::optional<StoreId> store) {
    ConversationParty party{normalizedEmail(side.customer.email), side.sharedParty(), {}, store};
    const bool inbound = input.direction == MailDirection::Inbound;
    const auto matchNow = [&]() -> Result<SenderMatch> {
        if (!side.sharedSender.isEmpty()) return matching->matchByOrder(side.order, store);
        if (!inbound) return matching->match(party.email, message.subject, {}, {});
        return matching->match(party.email, message.subject, unfoldedText(message.text, message.folded),
                               signatureText(message.text, message.folded));
    };
    if (side.sharedSender.isEmpty()) {
        AIVA_TRY(party.profile, matching->profileOf(party.email));
    } else {
        AIVA_TRY(const SenderMatch match, matchNow());
        party.profile = match.profile;
    }
    AIVA_TRY(const std::vector<ConversationId> found, threads->find(message, party));
    if (found.empty()) {
        AIVA_TRY(const SenderMatch match, matchNow());
        return summary->start(input, party, match);
    }
    const ConversationId target = found.front();
    for (size_t i = 1; i < found.size(); ++i)
        AIVA_CHECK(contents->moveAll(target, found[i]));
    AIVA_TRY(const bool exists, isMatched.bind(1, target).step());
    const bool unmatched = exists && isMatched.view(0) == "none";
    isMatched.reset();
    if (unmatched && inbound) {
        AIVA_TRY(const SenderMatch match, matchNow());
        if (match.by != MatchedBy::None) AIVA_CHECK(summary->setMatch(target, match));
    }
    return target;
}

Result<ConversationRepository::AddResult>
ConversationRepository::Private::add(const MessageRecord& message, MailDirection direction, const Arrival& arrival) {
    if (message.messageId.isEmpty()) return Error{ErrorKind::Invalid, u"a message needs an id"_s};
    AIVA_TRY(const std::optional<MessageRows::Place> known, messages->find(message.messageId));
    AddResult added;
    if (known) {
        added = {known->conversation, known->message, false};
    } else {
        AIVA_TRY(added, place(message, direction, arrival));
    }
    if (!arrival.mailbox) return added;
    AIVA_CHECK(cameThrough.bind(1, added.conversation).bind(2, *arrival.mailbox).run());
    // A mail that passed servers may pretend to be ours, whatever it is taken for.
    const bool cameIn = direction == MailDirection::Inbound || !message.trace.empty();
    if (added.isNew && cameIn) AIVA_CHECK(senders->check(*arrival.mailbox, added.message, message));
    return added;
}

Result<ConversationRepository::AddResult>
ConversationRepository::Private::place(const MessageRecord& message, MailDirection direction, const Arrival& arrival) {
    const bool inbound = direction == MailDirection::Inbound;
    AIVA_TRY(const QStringList own, ownAddresses());
    const CustomerSide side = inbound ? customerSideOfInbound(message, own) : customerSideOfOutbound(message, own);
    AIVA_TRY(const bool isOfErased, isErased(message, side));
    if (isOfErased) return Error{ErrorKind::Refused, u"the mail is of somebody who was erased"_s};
    SummaryInput input;
    input.direction = direction;
    input.at = message.date;
    input.subject = message.subject;
    input.snippet = snippetOf(unfoldedText(message.text, message.folded));
    input.customerName = side.customer.name;
    input.automated = message.isAutomated;

    ConversationId conversation;
    if (arrival.conversation) {
        AIVA_TRY(const bool exists, isMatched.bind(1, *arrival.conversation).step());
        isMatched.reset();
        if (exists) conversation = *arrival.conversation;
    }
    if (!conversation.isValid()) {
        AIVA_TRY(const std::optional<StoreId> store, storeOf(arrival.mailbox));
        AIVA_TRY(conversation, placeFor(message, side, input, store));
    }
    AIVA_TRY(MailUnread unread, summary->unreadOnArrival(conversation, input));
    if (arrival.isSeen) unread = MailUnread::No;
    AIVA_TRY(const MessageId id, messages->insert(conversation, message, direction, unread));
    AIVA_CHECK(threads->remember(conversation, id, message, direction));
    AIVA_CHECK(summary->add(conversation, input, unread));
    return AddResult{conversation, id, true};
}

ConversationRepository::ConversationRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ConversationRepository::~ConversationRepository() = default;

Result<std::unique_ptr<ConversationRepository>> ConversationRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_CHECK(priv->prepare());
    return std::unique_ptr<ConversationRepository>(new ConversationRepository(std::move(priv)));
}

Result<ConversationRepository::AddResult> ConversationRepository::add(const MessageRecord& message, Direction direction,
                                                                      const Arrival& arrival) {
    const auto side = direction == Direction::Inbound ? MailDirection::Inbound : MailDirection::Outbound;
    return d->inTransaction([&] { return d->add(message, side, arrival); });
}

Result<void> ConversationRepository::markRead(ConversationId conversation, bool read) {
    return d->inTransaction([&]() -> Result<void> {
        // Unread again means the newest mail of the customer, not the whole history.
        AIVA_TRY(Statement messages,
                 d->database.prepare(
                     read ? "UPDATE messages SET unread = 0 WHERE conversation_id = ?1 AND unread = 1"
                          : "UPDATE messages SET unread = 1 WHERE id = (SELECT id FROM messages WHERE conversation_id "
                            "= ?1 AND direction = 'in' ORDER BY sent_at DESC, id DESC LIMIT 1)"));
        AIVA_CHECK(messages.bind(1, conversation).run());
        AIVA_TRY(Statement count,
                 d->database.prepare("UPDATE conversations SET unread_count = (SELECT count(*) FROM messages "
                                     "WHERE conversation_id = ?1 AND unread = 1) WHERE id = ?1"));
        return count.bind(1, conversation).run();
    });
}

Result<void> ConversationRepository::setStatus(ConversationId conversation, ConversationStatus status) {
    AIVA_CHECK(d->setStatus.bind(1, conversation).bind(2, toWord(status)).run());
    if (d->database.changes() == 0) return Error{ErrorKind::NotFound, u"no such conversation"_s};
    return {};
}

Result<void> ConversationRepository::saveDraft(const DraftRow& draft) {
    return d->drafts->save(draft);
}

Result<std::optional<DraftRow>> ConversationRepository::draft(ConversationId conversation) {
    return d->drafts->reply(conversation);
}

Result<void> ConversationRepository::linkToProfile(ConversationId conversation, std::optional<ProfileId> profile,
                                                   UtcTime at) {
    return d->inTransaction([&] { return d->matches->link(conversation, profile, at); });
}

Result<bool> ConversationRepository::revertLink(ConversationId conversation, UtcTime at) {
    return d->inTransaction([&] { return d->matches->revert(conversation, at); });
}

Result<ConversationId> ConversationRepository::merge(ConversationId into, ConversationId from, UtcTime at) {
    return d->inTransaction([&] { return d->moves->merge(into, from, at); });
}

Result<ConversationId> ConversationRepository::split(ConversationId conversation, MessageId firstOfNew, UtcTime at) {
    return d->inTransaction([&] { return d->moves->split(conversation, firstOfNew, at); });
}

Result<bool> ConversationRepository::revertMove(ConversationId conversation, UtcTime at) {
    return d->inTransaction([&] { return d->moves->revert(conversation, at); });
}

Result<void> ConversationRepository::keepApart(ConversationId one, ConversationId other) {
    return d->inTransaction([&] { return d->moves->keepApart(one, other); });
}

Result<qint64> ConversationRepository::rematch(qint64 vipAboveMajorUnits) {
    return d->inTransaction([&] { return d->matches->rematch({vipAboveMajorUnits}); });
}

} // namespace aiva
