// The mail half of the desk: mailboxes, sync, outbox, team. Same rules as Desk: commands go in and return at once, they
// run on the core thread, answers and notices come out on the GUI thread. Owned by Desk.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"
#include "core/desk/mail/mail_values.h"
#include "core/domain/mail/mail_sign_in.h"
#include "core/ports/mail_setup_port.h"
#include "core/readmodel/mailbox_query.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace aiva {

class MailDesk : public QObject {
    Q_OBJECT
public:
    // Setting up. testMailbox connects with the secret (password, or what signIn answered), lists folders, mails
    // itself, tests sharing; steps arrive through setupStepped; the answer is the account with everything learned
    // filled in.
    virtual Future<std::vector<MailServerGuess>> findServers(const QString& address) = 0;
    virtual Future<MailAccount> testMailbox(const MailAccount& account, const SecretString& secret) = 0;
    virtual void cancelTest() = 0;
    // Opens the system browser (through openUrl), waits on loopback for the answer (PKCE); the account's secret.
    virtual Future<SecretString> signIn(const MailSignIn& wanted) = 0;
    virtual Future<MailboxId> saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) = 0;
    virtual Future<bool> disconnectMailbox(MailboxId mailbox) = 0; // secrets go, mail stays
    virtual Future<bool> joinTeam(MailboxId mailbox, const QString& agentName) = 0;

    virtual void syncMailbox(MailboxId mailbox) = 0;
    virtual Future<QByteArray> originalMail(MessageId message) = 0; // from the server; NotFound when it is not there
    // A picture a mail points to, from the network: only ever at a person's word.
    virtual Future<QByteArray> remotePicture(const QUrl& address) = 0;

    // The one way out. DraftStale when the basis no longer holds, ClaimTaken, NoRecipient, VariableEmpty.
    virtual Future<OutboxId> send(const ReplyRequest& reply) = 0;
    virtual Future<bool> cancelSend(OutboxId id) = 0; // its draft comes back; Conflict when it has left
    virtual void sendNow(OutboxId id) = 0;            // ends the undo window, or retries
    // Unknown outcome, decided by a person.
    virtual void resolveUnknown(OutboxId id, bool wasSent) = 0;
    virtual void pauseOutbox(bool paused) = 0; // the kill switch; survives restarts
    virtual bool isOutboxPaused() const = 0;

    virtual void assign(ConversationId conversation, int slot) = 0; // 0: nobody
    virtual Future<bool> addNote(ConversationId conversation, const QString& text) = 0;
    virtual Future<ConversationId> merge(ConversationId into, ConversationId from) = 0; // Refused across customers
    virtual Future<ConversationId> split(ConversationId conversation, MessageId firstOfNew) = 0;
    virtual Future<bool> revertMove(ConversationId conversation) = 0; // the newest merge or split
    // A suggested merge refused.
    virtual Future<bool> keepApart(ConversationId one, ConversationId other) = 0;
    // The claim of a colleague whose program ended in the middle: only ever at a person's word.
    virtual Future<bool> takeOver(ConversationId conversation, int holderSlot) = 0;

    virtual Future<CannedReplyId> saveCannedReply(const CannedReply& reply) = 0;
    virtual void removeCannedReply(CannedReplyId id) = 0;
    virtual Future<bool> saveDraftToServer(ConversationId conversation) = 0; // FolderMissing without a Drafts folder

    virtual std::optional<MailSyncProgress> progress(MailboxId mailbox) const = 0;

Q_SIGNALS:
    void setupStepped(const aiva::MailSetupStep& step);
    void openUrl(const QUrl& url);
    void mailArrived(aiva::MailboxId mailbox, int messages); // new inbound mail, for notifications
    void syncProgressed(const aiva::MailSyncProgress& progress);
    void mailboxStateChanged(aiva::MailboxId mailbox);
    void sent(aiva::OutboxId id, aiva::ConversationId conversation);
    void sendHeld(aiva::OutboxId id, const aiva::Error& error); // stale, claimed, refused: a person decides
    void commandFailed(const QString& command, const aiva::Error& error);

protected:
    using QObject::QObject;
};

} // namespace aiva
