#include "core/desk/mail/desk_mail.h"

#include "core/desk/mail/mail_core.h"

namespace aiva {

DeskMail::DeskMail(const MailCore* core, Post post) : m_isClosed(core == nullptr), m_post(std::move(post)) {
    if (core) listenTo(*core);
}

void DeskMail::listenTo(const MailCore& core) {
    connect(&core, &MailCore::setupStepped, this, &MailDesk::setupStepped);
    connect(&core, &MailCore::openUrl, this, &MailDesk::openUrl);
    connect(&core, &MailCore::mailArrived, this, &MailDesk::mailArrived);
    connect(&core, &MailCore::sent, this, &MailDesk::sent);
    connect(&core, &MailCore::sendHeld, this, &MailDesk::sendHeld);
    connect(&core, &MailCore::commandFailed, this, &MailDesk::commandFailed);
    connect(&core, &MailCore::pausedChanged, this, [this](bool paused) { m_isPaused = paused; });
    connect(&core, &MailCore::syncProgressed, this, [this](const MailSyncProgress& progress) {
        m_progress.insert_or_assign(progress.mailbox, progress);
        Q_EMIT syncProgressed(progress);
    });
    connect(&core, &MailCore::mailboxStateChanged, this, [this](MailboxId mailbox) {
        m_progress.erase(mailbox);
        Q_EMIT mailboxStateChanged(mailbox);
    });
}

// Runs fn(MailCore&) -> Future<T> on the core thread; the answer comes back whatever thread it was made on.
template <typename T, typename Fn>
Future<T> DeskMail::ask(Fn fn) {
    if (m_isClosed)
        return readyFuture<T>(
            Error{ErrorKind::Refused, QStringLiteral("this desk has no mail adapters"), ErrorCause::NotSupported});
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    m_post([promise, fn = std::move(fn)](MailCore& core) {
        whenDone(fn(core), &core, [promise](const Result<T>& answer) {
            promise->addResult(answer);
            promise->finish();
        });
    });
    return promise->future();
}

void DeskMail::tell(std::function<void(MailCore&)> command) {
    if (!m_isClosed) m_post(std::move(command));
}

Future<std::vector<MailServerGuess>> DeskMail::findServers(const QString& address) {
    return ask<std::vector<MailServerGuess>>([=](MailCore& core) { return core.accounts().findServers(address); });
}

Future<MailAccount> DeskMail::testMailbox(const MailAccount& account, const SecretString& secret) {
    return ask<MailAccount>([=](MailCore& core) { return core.accounts().test(account, secret); });
}

void DeskMail::cancelTest() {
    tell([](MailCore& core) { core.accounts().cancelTest(); });
}

Future<SecretString> DeskMail::signIn(const MailSignIn& wanted) {
    return ask<SecretString>([=](MailCore& core) { return core.accounts().signIn(wanted); });
}

Future<MailboxId> DeskMail::saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) {
    return ask<MailboxId>([=](MailCore& core) { return core.saveMailbox(account, secret); });
}

Future<bool> DeskMail::disconnectMailbox(MailboxId mailbox) {
    return ask<bool>([=](MailCore& core) { return core.disconnectMailbox(mailbox); });
}

Future<bool> DeskMail::joinTeam(MailboxId mailbox, const QString& agentName) {
    return ask<bool>([=](MailCore& core) { return core.joinTeam(mailbox, agentName); });
}

void DeskMail::syncMailbox(MailboxId mailbox) {
    tell([=](MailCore& core) { core.syncMailbox(mailbox); });
}

Future<QByteArray> DeskMail::originalMail(MessageId message) {
    return ask<QByteArray>([=](MailCore& core) { return core.originalMail(message); });
}

Future<QByteArray> DeskMail::remotePicture(const QUrl& address) {
    return ask<QByteArray>([=](MailCore& core) { return core.remotePicture(address); });
}

Future<OutboxId> DeskMail::send(const ReplyRequest& reply) {
    return ask<OutboxId>([=](MailCore& core) { return core.send(reply); });
}

Future<bool> DeskMail::cancelSend(OutboxId id) {
    return ask<bool>([=](MailCore& core) { return core.cancelSend(id); });
}

void DeskMail::sendNow(OutboxId id) {
    tell([=](MailCore& core) { core.sendNow(id); });
}

void DeskMail::resolveUnknown(OutboxId id, bool wasSent) {
    tell([=](MailCore& core) { core.resolveUnknown(id, wasSent); });
}

void DeskMail::pauseOutbox(bool paused) {
    m_isPaused = paused; // shown at once: a kill switch that hesitates is none
    tell([=](MailCore& core) { core.pauseOutbox(paused); });
}

void DeskMail::assign(ConversationId conversation, int slot) {
    tell([=](MailCore& core) { core.assign(conversation, slot); });
}

Future<bool> DeskMail::addNote(ConversationId conversation, const QString& text) {
    return ask<bool>([=](MailCore& core) { return core.addNote(conversation, text); });
}

Future<ConversationId> DeskMail::merge(ConversationId into, ConversationId from) {
    return ask<ConversationId>([=](MailCore& core) { return core.merge(into, from); });
}

Future<ConversationId> DeskMail::split(ConversationId conversation, MessageId firstOfNew) {
    return ask<ConversationId>([=](MailCore& core) { return core.split(conversation, firstOfNew); });
}

Future<bool> DeskMail::revertMove(ConversationId conversation) {
    return ask<bool>([=](MailCore& core) { return core.revertMove(conversation); });
}

Future<bool> DeskMail::keepApart(ConversationId one, ConversationId other) {
    return ask<bool>([=](MailCore& core) { return core.keepApart(one, other); });
}

Future<bool> DeskMail::takeOver(ConversationId conversation, int holderSlot) {
    return ask<bool>([=](MailCore& core) { return core.takeOver(conversation, holderSlot); });
}

Future<CannedReplyId> DeskMail::saveCannedReply(const CannedReply& reply) {
    return ask<CannedReplyId>([=](MailCore& core) { return core.saveCannedReply(reply); });
}

void DeskMail::removeCannedReply(CannedReplyId id) {
    tell([=](MailCore& core) { core.removeCannedReply(id); });
}

Future<bool> DeskMail::saveDraftToServer(ConversationId conversation) {
    return ask<bool>([=](MailCore& core) { return core.saveDraftToServer(conversation); });
}

std::optional<MailSyncProgress> DeskMail::progress(MailboxId mailbox) const {
    const auto found = m_progress.find(mailbox);
    return found == m_progress.end() ? std::nullopt : std::optional(found->second);
}

} // namespace aiva
