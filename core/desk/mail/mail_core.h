// MailCore: the mail half of the desk on the core thread: a station for each connected mailbox, the outbox, the team's
// state, setting up. Owned by DeskCore; DeskMail posts commands to it and passes its signals on.
#pragma once

#include "core/desk/desk_values.h"
#include "core/desk/mail/conversation_edits.h"
#include "core/desk/mail/mail_accounts.h"
#include "core/desk/mail/mail_station.h"
#include "core/desk/mail/team_looks.h"
#include "core/outbox/outbox_dispatcher.h"
#include "core/outbox/reply_queue.h"
#include "core/team/team_claims.h"
#include "core/team/team_state.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace aiva {

class ServerDraftRun;

class MailCore : public QObject {
    Q_OBJECT
public:
    MailCore(Database& writer, ConversationRepository& conversations, const Clock& clock, const MailAdapters& adapters,
             const MailPace& pace, QString leaseFile);
    ~MailCore() override;

    Result<void> open();
    void start(); // mailboxes connect, the outbox sends; once somebody listens

    MailAccounts& accounts() { return *m_accounts; }
    Future<MailboxId> saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret);
    Future<bool> disconnectMailbox(MailboxId mailbox);
    Future<bool> joinTeam(MailboxId mailbox, const QString& agentName);

    void syncMailbox(MailboxId mailbox);
    Future<QByteArray> originalMail(MessageId message);
    Future<QByteArray> remotePicture(const QUrl& address);
    // Read or marked unread here: the server is told.
    void readMarksChanged();
    Result<void> setStatus(ConversationId conversation, ConversationStatus status);
    // A shop's rows changed: what waits and stands on older facts is stopped now, not when it is due (V6).
    void ordersChanged();

    Future<OutboxId> send(const ReplyRequest& reply);
    // An answer that leaves by itself (Auto-Submitted: auto-replied), and taking one back: its text is a draft then.
    Result<OutboxId> sendByItself(const ReplyRequest& reply);
    Result<void> withdraw(OutboxId id); // NotFound: whom it was for is erased
    Result<std::optional<OutboxRow>> outboxRow(OutboxId id) { return m_ledger->rows().byId(id); }
    Result<MailAccount> account(MailboxId mailbox) { return m_ledger->account(mailbox); }
    Future<bool> cancelSend(OutboxId id);
    void sendNow(OutboxId id);
    void resolveUnknown(OutboxId id, bool wasSent);
    void pauseOutbox(bool paused);

    void assign(ConversationId conversation, int slot);
    Future<bool> takeOver(ConversationId conversation, int holderSlot);
    Future<bool> addNote(ConversationId conversation, const QString& text);
    Future<ConversationId> merge(ConversationId into, ConversationId from);
    Future<ConversationId> split(ConversationId conversation, MessageId firstOfNew);
    Future<bool> revertMove(ConversationId conversation);
    Future<bool> keepApart(ConversationId one, ConversationId other);
    Future<CannedReplyId> saveCannedReply(const CannedReply& reply);
    void removeCannedReply(CannedReplyId id);
    Future<bool> saveDraftToServer(ConversationId conversation);

Q_SIGNALS:
    void setupStepped(const aiva::MailSetupStep& step);
    void openUrl(const QUrl& url);
    void mailArrived(aiva::MailboxId mailbox, int messages);
    void syncProgressed(const aiva::MailSyncProgress& progress);
    void mailboxStateChanged(aiva::MailboxId mailbox);
    void sent(aiva::OutboxId id, aiva::ConversationId conversation);
    void sendHeld(aiva::OutboxId id, const aiva::Error& error);
    void assigned(aiva::ConversationId conversation); // by this person, by hand
    void replied(const aiva::ReplyRequest& reply);    // by a person, into the outbox
    void conversationsArrived(const std::vector<aiva::ConversationId>& conversations);
    void pausedChanged(bool paused);
    void contactChanged(bool reached);
    void rowsChanged(aiva::DeskChanges changes);
    void commandFailed(const QString& command, const aiva::Error& error);

private:
    Result<void> openBooks();
    void connectOutbox();
    void connectTeam();
    void startStation(const MailAccount& account);
    void takeArrivals(const MailArrivals& arrivals);
    void takeNews(const FolderNews& news);
    QString author(ConversationId conversation);
    Result<ServerDraftRun*> startServerDraft(ConversationId conversation);
    MailSetupRun::SharingTest sharingTest();
    MailboxPort* urgentLine(MailboxId mailbox);
    template <typename T>
    Future<T> settled(const Result<T>& answer, DeskChanges changes);
    Future<ConversationId> moved(const Result<ConversationId>& conversation);
    void settle(const QString& command, const Result<void>& done, DeskChanges changes);

    Database& m_writer;
    ConversationRepository& m_conversations;
    const Clock& m_clock;
    const MailAdapters& m_adapters;
    const MailPace m_pace;
    const QString m_leaseFile;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<TeamRepository> m_teams;
    std::unique_ptr<ConversationEdits> m_edits;
    std::unique_ptr<MailAccounts> m_accounts;
    std::map<MailboxId, std::unique_ptr<MailStation>> m_stations;
    std::unique_ptr<TeamClaims> m_claims;
    std::unique_ptr<TeamState> m_teamState;
    std::unique_ptr<MailWriterPort> m_mailWriter;
    std::unique_ptr<PicturePort> m_pictures; // made at first use
    std::unique_ptr<OutboxLedger> m_ledger;
    std::unique_ptr<OutboxDispatcher> m_outbox;
    std::unique_ptr<TeamLooks> m_looks;
    QTimer m_teamTimer;
};

} // namespace aiva
