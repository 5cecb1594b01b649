// DeskCore: the desk's other half, on the core thread: owns the write connection, the repositories and what runs.
// Desk posts commands to it and passes its signals on; nothing else knows it.
#pragma once

#include "core/desk/answers/answer_core.h"
#include "core/desk/desk_values.h"
#include "core/desk/mail/draft_keeper.h"
#include "core/desk/mail/mail_core.h"
#include "core/desk/mail/mail_import_run.h"
#include "core/desk/stores/store_core.h"
#include "core/desk/stores/sync_dispatcher.h"
#include "core/desk/webhooks/webhook_core.h"
#include "core/privacy/privacy_keeper.h"
#include "core/sync/api_health_keeper.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <list>
#include <memory>

namespace aiva {

class DeskCore : public QObject {
    Q_OBJECT
public:
    DeskCore(const Workspace& workspace, const Clock& clock, DeskAdapters adapters, DeskPace pace,
             std::shared_ptr<std::atomic<int>> waiting);
    ~DeskCore() override;

    // All on the core thread.
    Result<void> open();
    void start(); // what it does by itself, once somebody hears what is said of it
    void close(); // drafts first; running syncs stay unfinished, to be resumed

    void syncStore(StoreId store, SyncKind kind, SyncTrigger trigger) { m_syncs->sync(store, kind, trigger); }
    void cancelSync(StoreId store) { m_syncs->cancel(store); }
    void importMail(const QString& path, const QStringList& ownAddresses);
    void saveDraft(const Draft& draft) { m_drafts->keep(draft); }
    Result<DraftAttachmentId> addDraftAttachment(ConversationId conversation, const AttachmentRecord& attachment);
    void removeDraftAttachment(DraftAttachmentId id);
    bool flush();
    // Commands of the mail half see what was typed before them. Absent on a desk without mail adapters.
    MailCore* mail();
    AnswerCore& answers() { return *m_answers; }
    StoreCore& stores() { return *m_stores; }
    // Commands of the privacy half see what was typed before them.
    PrivacyKeeper& privacy();
    // Absent on a desk without webhook adapters.
    WebhookCore* webhooks() { return m_webhooks.get(); }
    // Absent: no longer. The port listened on, zero for none.
    Result<quint16> listenForWebhooks(std::optional<quint16> port);
    void attend(ConversationId conversation);
    void markRead(ConversationId conversation, bool read);
    void setStatus(ConversationId conversation, ConversationStatus status);
    void linkToProfile(ConversationId conversation, std::optional<ProfileId> profile);
    void revertLink(ConversationId conversation);

Q_SIGNALS:
    void changed(aiva::DeskChanges changes);
    void syncProgressed(const aiva::SyncProgress& progress);
    void syncFinished(const aiva::SyncOutcome& outcome);
    void mailImported(const aiva::MailImportCounts& counts);
    void draftSaved(aiva::ConversationId conversation, aiva::UtcTime at);
    void onlineChanged(bool online);
    void commandFailed(const QString& command, const aiva::Error& error);

private:
    void watchShops();
    void connectSyncs();
    void connectDrafts();
    Result<void> openMail();
    Result<void> openAnswers();
    Result<void> openWebhooks();
    void openPrivacy();
    void connectAnswers();
    void takeImported(MailImportRun* run, const MailImportCounts& counts, const std::optional<Error>& error);
    void settle(const QString& command, const Result<void>& done, DeskChanges changes);
    void note(DeskChanges changes) { noteWithin(changes, m_pace.noticeMs); }
    void noteWithin(DeskChanges changes, int everyMs);
    void sendNotice();
    void setOnline(bool online);

    const Workspace& m_workspace;
    const Clock& m_clock;
    DeskAdapters m_adapters;
    DeskPace m_pace;
    std::shared_ptr<std::atomic<int>> m_waiting;
    std::unique_ptr<Database> m_writer;
    std::unique_ptr<ApiHealthKeeper> m_apiHealth;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<DraftRepository> m_draftRows;
    std::unique_ptr<DraftKeeper> m_drafts;
    std::unique_ptr<SyncDispatcher> m_syncs;
    std::unique_ptr<StoreCore> m_stores;
    std::list<std::unique_ptr<MailImportRun>> m_imports;
    std::unique_ptr<MailCore> m_mail;
    std::unique_ptr<AnswerCore> m_answers;
    std::unique_ptr<WebhookCore> m_webhooks;
    std::unique_ptr<PrivacyKeeper> m_privacy;
    QTimer m_noticeTimer;
    QElapsedTimer m_sinceNotice;
    DeskChanges m_unsent;
    bool m_isOnline = true;
};

} // namespace aiva
