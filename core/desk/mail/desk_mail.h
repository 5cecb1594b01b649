// DeskMail: MailDesk as Desk owns it, on the GUI thread: posts commands to MailCore and brings its answers back. Does
// nothing by itself.
#pragma once

#include "core/desk/mail/mail_desk.h"

#include <functional>
#include <map>

namespace aiva {

class MailCore;

class DeskMail final : public MailDesk {
    Q_OBJECT
public:
    // `post` runs a function on the core thread, in the order of the calls; `core` lives there and outlives this. Null
    // on a desk without mail adapters: every command answers NotSupported.
    using Post = std::function<void(std::function<void(MailCore&)>)>;
    DeskMail(const MailCore* core, Post post);

    Future<std::vector<MailServerGuess>> findServers(const QString& address) override;
    Future<MailAccount> testMailbox(const MailAccount& account, const SecretString& secret) override;
    void cancelTest() override;
    Future<SecretString> signIn(const MailSignIn& wanted) override;
    Future<MailboxId> saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) override;
    Future<bool> disconnectMailbox(MailboxId mailbox) override;
    Future<bool> joinTeam(MailboxId mailbox, const QString& agentName) override;

    void syncMailbox(MailboxId mailbox) override;
    Future<QByteArray> originalMail(MessageId message) override;
    Future<QByteArray> remotePicture(const QUrl& address) override;

    Future<OutboxId> send(const ReplyRequest& reply) override;
    Future<bool> cancelSend(OutboxId id) override;
    void sendNow(OutboxId id) override;
    void resolveUnknown(OutboxId id, bool wasSent) override;
    void pauseOutbox(bool paused) override;
    bool isOutboxPaused() const override { return m_isPaused; }

    void assign(ConversationId conversation, int slot) override;
    Future<bool> addNote(ConversationId conversation, const QString& text) override;
    Future<ConversationId> merge(ConversationId into, ConversationId from) override;
    Future<ConversationId> split(ConversationId conversation, MessageId firstOfNew) override;
    Future<bool> revertMove(ConversationId conversation) override;
    Future<bool> keepApart(ConversationId one, ConversationId other) override;
    Future<bool> takeOver(ConversationId conversation, int holderSlot) override;

    Future<CannedReplyId> saveCannedReply(const CannedReply& reply) override;
    void removeCannedReply(CannedReplyId id) override;
    Future<bool> saveDraftToServer(ConversationId conversation) override;

    std::optional<MailSyncProgress> progress(MailboxId mailbox) const override;

private:
    void listenTo(const MailCore& core);
    template <typename T, typename Fn>
    Future<T> ask(Fn fn);
    void tell(std::function<void(MailCore&)> command);

    const bool m_isClosed;
    const Post m_post;
    std::map<MailboxId, MailSyncProgress> m_progress;
    bool m_isPaused = false;
};

} // namespace aiva
