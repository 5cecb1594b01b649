// What the window asks of the mail half of the desk.
#include "core/desk/mail/mail_core.h"
#include "core/desk/mail/server_draft_run.h"
#include "core/storage/replies/draft_repository.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

Error noMailbox() {
    return {ErrorKind::NotFound, u"no such mailbox is connected"_s};
}

Future<bool> answered(const Result<void>& done) {
    return readyFuture<bool>(done ? Result<bool>(true) : Result<bool>(done.error()));
}

} // namespace

template <typename T>
Future<T> MailCore::settled(const Result<T>& answer, DeskChanges changes) {
    if (answer) Q_EMIT rowsChanged(changes);
    return readyFuture<T>(answer);
}

void MailCore::settle(const QString& command, const Result<void>& done, DeskChanges changes) {
    if (done)
        Q_EMIT rowsChanged(changes);
    else
        Q_EMIT commandFailed(command, done.error());
}

// Mailboxes ------------------------------------------------------------------------------------------------------

Future<MailboxId> MailCore::saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) {
    const Result<MailboxId> saved = m_accounts->save(account, secret);
    if (saved) {
        const auto row = m_mailboxes->byId(*saved);
        if (row && *row) startStation(**row);
        Q_EMIT mailboxStateChanged(*saved);
    }
    return settled(saved, DeskChange::Mailboxes);
}

Future<bool> MailCore::disconnectMailbox(MailboxId mailbox) {
    m_stations.erase(mailbox);
    const Result<void> done = m_accounts->disconnect(mailbox);
    Q_EMIT rowsChanged(DeskChange::Mailboxes);
    return answered(done);
}

void MailCore::syncMailbox(MailboxId mailbox) {
    const auto found = m_stations.find(mailbox);
    if (found == m_stations.end())
        Q_EMIT commandFailed(u"syncMailbox"_s, noMailbox());
    else
        found->second->keeper().syncNow();
}

Future<QByteArray> MailCore::originalMail(MessageId message) {
    using Answer = Result<QByteArray>;
    const auto locations = m_mailboxes->locationsOf(message);
    if (!locations) return readyFuture<QByteArray>(Answer(locations.error()));
    for (const MailLocationRow& location : *locations)
        for (const auto& [mailbox, station] : m_stations) {
            const auto folders = m_mailboxes->folders(mailbox);
            if (!folders) continue;
            for (const MailFolderRow& folder : *folders)
                if (folder.id == location.folder) return station->urgentLine().fetchRaw(folder.name, location.uid);
        }
    return readyFuture<QByteArray>(Answer(Error{ErrorKind::NotFound, u"the mail is on no connected server"_s}));
}

Future<QByteArray> MailCore::remotePicture(const QUrl& address) {
    if (!m_pictures && m_adapters.pictures) m_pictures = m_adapters.pictures();
    if (!m_pictures)
        return readyFuture<QByteArray>(
            Error{ErrorKind::Refused, u"there is no way to the network"_s, ErrorCause::NotSupported});
    return m_pictures->fetch(address);
}

void MailCore::readMarksChanged() {
    for (const auto& [mailbox, station] : m_stations)
        station->keeper().carrySeen();
}

Future<bool> MailCore::joinTeam(MailboxId mailbox, const QString& agentName) {
    return m_looks->look(mailbox, agentName);
}

MailSetupRun::SharingTest MailCore::sharingTest() {
    return [this](MailboxPort& port, const MailAccount& account) {
        auto* setup = new TeamSetup(port, m_clock, this);
        return andThen(setup->start(), this, [account](const TeamVerdict& verdict) {
            MailAccount tested = account;
            tested.teamMode = verdict.mode;
            tested.teamReason = verdict.reason;
            return readyFuture<MailAccount>(tested);
        });
    };
}

// As colleagues know this person; empty for who works alone.
QString MailCore::author(ConversationId conversation) {
    const auto state = m_teams->state(conversation);
    if (!state || !*state || !(*state)->mailbox) return {};
    const auto agents = m_teams->agents(*(*state)->mailbox);
    if (!agents) return {};
    const auto me = std::find_if(agents->begin(), agents->end(), [](const TeamAgent& agent) { return agent.isMe; });
    return me == agents->end() ? QString() : me->name;
}

// Conversations --------------------------------------------------------------------------------------------------

Result<void> MailCore::setStatus(ConversationId conversation, ConversationStatus status) {
    return m_teamState->setStatus(conversation, status);
}

void MailCore::ordersChanged() {
    const auto open = m_ledger->rows().open();
    if (!open) return;
    for (const OutboxRow& row : *open)
        if (row.conversation) m_outbox->conversationChanged(*row.conversation);
}

void MailCore::assign(ConversationId conversation, int slot) {
    settle(u"assign"_s, m_teamState->assign(conversation, slot), DeskChange::Conversations);
    if (slot > 0) Q_EMIT assigned(conversation);
}

Future<bool> MailCore::takeOver(ConversationId conversation, int holderSlot) {
    const auto state = m_teams->state(conversation);
    if (!state) return readyFuture<bool>(state.error());
    if (!*state || !(*state)->mailbox) return readyFuture<bool>(noMailbox());
    return m_claims->takeOver(*(*state)->mailbox, conversation, holderSlot);
}

Future<bool> MailCore::addNote(ConversationId conversation, const QString& text) {
    return settled(m_edits->addNote(conversation, author(conversation), text),
                   DeskChange::Conversations | DeskChange::Drafts);
}

Future<ConversationId> MailCore::merge(ConversationId into, ConversationId from) {
    return moved(m_edits->merge(into, from));
}

Future<ConversationId> MailCore::split(ConversationId conversation, MessageId firstOfNew) {
    const Result<ConversationId> made = m_edits->split(conversation, firstOfNew);
    if (made) m_teamState->placesChanged(conversation);
    return moved(made);
}

Future<ConversationId> MailCore::moved(const Result<ConversationId>& conversation) {
    if (conversation) m_teamState->placesChanged(*conversation);
    return settled(conversation, DeskChange::Conversations | DeskChange::Drafts);
}

Future<bool> MailCore::revertMove(ConversationId conversation) {
    const Result<bool> reverted = m_edits->revertMove(conversation);
    if (reverted) m_teamState->placesChanged(conversation);
    return settled(reverted, DeskChange::Conversations | DeskChange::Drafts);
}

Future<bool> MailCore::keepApart(ConversationId one, ConversationId other) {
    const Result<void> kept = m_conversations.keepApart(one, other);
    if (kept) Q_EMIT rowsChanged(DeskChange::Conversations);
    return answered(kept);
}

Future<CannedReplyId> MailCore::saveCannedReply(const CannedReply& reply) {
    return settled(m_edits->saveCannedReply(reply), DeskChange::Mailboxes);
}

void MailCore::removeCannedReply(CannedReplyId id) {
    settle(u"removeCannedReply"_s, m_edits->removeCannedReply(id), DeskChange::Mailboxes);
}

Future<bool> MailCore::saveDraftToServer(ConversationId conversation) {
    const Result<ServerDraftRun*> started = startServerDraft(conversation);
    if (!started) return readyFuture<bool>(started.error());
    auto answer = std::make_shared<QPromise<Result<bool>>>();
    answer->start();
    connect(*started, &ServerDraftRun::finished, this, [answer](const Result<void>& done) {
        answer->addResult(done ? Result<bool>(true) : Result<bool>(done.error()));
        answer->finish();
    });
    (*started)->start();
    return answer->future();
}

Result<ServerDraftRun*> MailCore::startServerDraft(ConversationId conversation) {
    AIVA_TRY(const auto drafts, DraftRepository::create(m_writer));
    AIVA_TRY(const std::optional<Draft> draft, drafts->reply(conversation));
    if (!draft) return Error{ErrorKind::NotFound, u"there is no draft"_s};
    AIVA_TRY(const auto state, m_teams->state(conversation));
    const auto mailbox = draft->mailbox ? draft->mailbox : state ? state->mailbox : std::nullopt;
    MailboxPort* line = mailbox ? urgentLine(*mailbox) : nullptr;
    if (!line) return noMailbox();
    AIVA_TRY(const std::vector<AttachmentRecord> attachments, drafts->attachments(conversation));
    AIVA_TRY(const auto query, ConversationQuery::create(m_writer));
    AIVA_TRY(const auto view, query->conversation(conversation));
    AIVA_TRY(const auto account, m_mailboxes->byId(*mailbox));
    if (!view || !account) return noMailbox();
    const OutgoingMail mail = serverDraft(*draft, attachments, *view, *account, m_clock.now());
    AIVA_TRY(const QByteArray bytes, m_mailWriter->write(mail));
    return new ServerDraftRun(*line, bytes, mail.messageId, this);
}

// Outbox ---------------------------------------------------------------------------------------------------------

Future<OutboxId> MailCore::send(const ReplyRequest& reply) {
    ReplyQueue queue(*m_ledger, *m_mailWriter, m_clock);
    const Result<OutboxId> queued = queue.queue(reply);
    if (queued) {
        m_outbox->wake();
        Q_EMIT replied(reply);
    }
    return settled(queued, DeskChange::Outbox | DeskChange::Conversations | DeskChange::Drafts);
}

Result<OutboxId> MailCore::sendByItself(const ReplyRequest& reply) {
    ReplyQueue queue(*m_ledger, *m_mailWriter, m_clock);
    AIVA_TRY(const OutboxId queued, queue.queue(reply, MailOrigin::AutoReply));
    m_outbox->wake();
    Q_EMIT rowsChanged(DeskChange::Outbox | DeskChange::Conversations);
    return queued;
}

Result<void> MailCore::withdraw(OutboxId id) {
    AIVA_CHECK(m_outbox->cancel(id));
    Q_EMIT rowsChanged(DeskChange::Outbox | DeskChange::Conversations | DeskChange::Drafts);
    return {};
}

Future<bool> MailCore::cancelSend(OutboxId id) {
    const Result<void> cancelled = m_outbox->cancel(id);
    if (cancelled) Q_EMIT rowsChanged(DeskChange::Outbox | DeskChange::Conversations | DeskChange::Drafts);
    return answered(cancelled);
}

void MailCore::sendNow(OutboxId id) {
    settle(u"sendNow"_s, m_outbox->sendNow(id), DeskChange::Outbox);
}

void MailCore::resolveUnknown(OutboxId id, bool wasSent) {
    using Outcome = OutboxDispatcher::Outcome;
    settle(u"resolveUnknown"_s, m_outbox->resolveUnknown(id, wasSent ? Outcome::WasSent : Outcome::WasNotSent),
           DeskChange::Outbox);
}

void MailCore::pauseOutbox(bool paused) {
    settle(u"pauseOutbox"_s, m_outbox->setPaused(paused), DeskChange::Outbox);
}

} // namespace aiva
