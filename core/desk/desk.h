// Desk: the one door from a window into core. Commands go in and return at once; they run on the core thread, which
// owns the write connection; change notices come out on the GUI thread. Reading goes through read() on a query-only
// connection.
#pragma once

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/desk/answers/answer_desk.h"
#include "core/desk/desk_values.h"
#include "core/desk/mail/mail_desk.h"
#include "core/desk/privacy/privacy_desk.h"
#include "core/desk/stores/store_desk.h"
#include "core/desk/webhooks/webhook_desk.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/readmodel/answer_query.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/inbox_query.h"
#include "core/readmodel/opened_conversation_query.h"
#include "core/readmodel/outbox_query.h"
#include "core/readmodel/privacy_query.h"
#include "core/readmodel/search_query.h"
#include "core/readmodel/store_query.h"
#include "core/readmodel/sync_query.h"
#include "core/sync/files/mail_import.h"
#include "core/sync/store_sync_run.h"

#include <QObject>

#include <functional>
#include <memory>

namespace aiva {

// Read models on the GUI thread's query-only connection; each answers in well under a millisecond.
struct DeskReader {
    std::unique_ptr<Database> database;
    std::unique_ptr<InboxQuery> inbox;
    std::unique_ptr<ConversationQuery> conversations;
    std::unique_ptr<CustomerQuery> customers;
    std::unique_ptr<StoreQuery> stores;
    std::unique_ptr<SyncQuery> syncs;
    std::unique_ptr<OutboxQuery> outbox;
    std::unique_ptr<MailboxQuery> mailboxes;
    std::unique_ptr<AnswerQuery> answers;
    std::unique_ptr<PrivacyQuery> privacy;
    std::unique_ptr<OpenedConversationQuery> opened; // last: it uses others of them
};

class Desk : public QObject {
    Q_OBJECT
public:
    // Opens the write connection on a new core thread and a reader here. The workspace outlives the desk.
    static Result<std::unique_ptr<Desk>> open(const Workspace& workspace, const Clock& clock, DeskAdapters adapters,
                                              DeskPace pace = {});
    ~Desk() override; // stops the core thread after the current transaction; pending drafts are written first

    DeskReader& read();
    // Mailboxes, outbox, team; lives as long as the desk.
    MailDesk& mail();
    // Proposals, models, automatic sending; lives as long as the desk.
    AnswerDesk& answers();
    // Connecting, schedules, comparisons; lives as long as the desk.
    StoreDesk& stores();
    // Giving and erasing people's data; lives as long as the desk.
    PrivacyDesk& privacy();
    // What shops tell by themselves; lives as long as the desk.
    WebhookDesk& webhooks();
    // As-you-type search on a worker with its own connection; a newer call makes older ones answer nothing.
    Future<std::vector<SearchHit>> search(const QString& text, int limitPerKind);

    // Commands. Failures arrive as commandFailed.
    void syncStore(StoreId store, SyncKind kind, SyncTrigger trigger = SyncTrigger::User);
    void cancelSync(StoreId store);
    void importMail(const QString& path, const QStringList& ownAddresses);
    void saveDraft(const Draft& draft); // its updatedAt is set here
    // With the reply of the conversation; the bytes are in the database when this answers.
    Future<DraftAttachmentId> addDraftAttachment(ConversationId conversation, const AttachmentRecord& attachment);
    void removeDraftAttachment(DraftAttachmentId id);
    // Somebody looks at it (invalid: at none): its customer and newest orders are asked of the shop before all others
    // when what is here may have aged, and its answer follows each change at once.
    void attend(ConversationId conversation);
    void markRead(ConversationId conversation, bool read);
    void setStatus(ConversationId conversation, ConversationStatus status);
    void linkToProfile(ConversationId conversation, std::optional<ProfileId> profile);
    void revertLink(ConversationId conversation);
    // Listens for webhooks on this port of this machine (0: any) from now on and after each start; absent: no longer.
    // Answers the port, zero for none.
    Future<quint16> listenForWebhooks(std::optional<quint16> port);
    // Everything queued so far is on disk when this answers; for shutdown and tests.
    Future<bool> flush();

    // Last progress of a store's running sync; absent when it is not syncing.
    std::optional<SyncProgress> syncProgress(StoreId store) const;
    bool isOnline() const; // false after a Network error until something reached the network again

Q_SIGNALS:
    void changed(aiva::DeskChanges changes);
    void syncProgressed(const aiva::SyncProgress& progress);
    void syncFinished(const aiva::SyncOutcome& outcome);
    void mailImported(const aiva::MailImportCounts& counts);
    void draftSaved(aiva::ConversationId conversation, aiva::UtcTime at);
    void onlineChanged(bool online);
    void commandFailed(const QString& command, const aiva::Error& error);

private:
    class Private;
    explicit Desk(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
