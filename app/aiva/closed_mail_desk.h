// The mail half of a desk that has no mailbox service yet: refuses every command, sends nothing. Application owns it.
#pragma once

#include "core/desk/mail_desk.h"

namespace aiva {

class ClosedMailDesk final : public MailDesk {
    Q_OBJECT
public:
    ClosedMailDesk() = default;

    Future<std::vector<MailServerGuess>> findServers(const QString& address) override;
    Future<MailAccount> testMailbox(const MailAccount& account, const SecretString& secret) override;
    void cancelTest() override {}
    Future<SecretString> signIn(const OAuthProvider& provider, const QString& address) override;
    Future<MailboxId> saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) override;
    Future<bool> disconnectMailbox(MailboxId mailbox) override;
    Future<bool> joinTeam(MailboxId mailbox, const QString& agentName) override;
    void syncMailbox(MailboxId) override {}
    Future<QByteArray> originalMail(MessageId message) override;
    Future<OutboxId> send(const ReplyRequest& reply) override;
    Future<bool> cancelSend(OutboxId id) override;
    void sendNow(OutboxId) override {}
    void resolveUnknown(OutboxId, bool) override {}
    void pauseOutbox(bool) override {}
    bool isOutboxPaused() const override { return false; }
    void assign(ConversationId, int) override {}
    Future<bool> addNote(ConversationId conversation, const QString& text) override;
    Future<ConversationId> merge(ConversationId into, ConversationId from) override;
    Future<ConversationId> split(ConversationId conversation, MessageId firstOfNew) override;
    Future<bool> revertMove(ConversationId conversation) override;
    Future<bool> keepApart(ConversationId one, ConversationId other) override;
    Future<bool> takeOver(ConversationId conversation, int holderSlot) override;
    Future<CannedReplyId> saveCannedReply(const CannedReply& reply) override;
    void removeCannedReply(CannedReplyId) override {}
    void saveDraftToServer(ConversationId) override {}
    std::optional<MailSyncProgress> progress(MailboxId) const override { return std::nullopt; }
};

} // namespace aiva
