// AnswerCore: the answering half of the desk on the core thread: proposes answers as mail comes in and in the
// background for what is there, asks models, sends by itself what the gate lets through, and writes down what became of
// it. Owned by DeskCore; DeskAnswers posts commands to it.
#pragma once

#include "core/answer/engine/answer_engine.h"
#include "core/desk/answers/answer_adapters.h"
#include "core/desk/answers/answer_books.h"
#include "core/desk/answers/answer_desk.h"
#include "core/desk/answers/answer_queue.h"
#include "core/desk/answers/auto_sender.h"
#include "core/desk/desk_values.h"
#include "core/domain/reply/reply_request.h"
#include "core/readmodel/inbox_query.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>

namespace aiva {

class DraftRun;
class MailCore;

class AnswerCore : public QObject {
    Q_OBJECT
public:
    // `mail` may be null: nothing leaves by itself then. `waiting`: commands of the window not carried out yet; the
    // background makes way for them.
    AnswerCore(Database& writer, const Clock& clock, const AnswerAdapters& adapters, MailCore* mail,
               std::shared_ptr<std::atomic<int>> waiting);
    ~AnswerCore() override;

    Result<void> open();
    void start(); // what has no proposal yet gets one, newest first

    // What happened elsewhere.
    void mailArrived(const std::vector<ConversationId>& conversations);
    void ordersChanged();                     // rows came: what was proposed may stand on older ones
    void attend(ConversationId conversation); // somebody looks at it: its answer follows each change at once
    void syncFinished(StoreId store);
    void personReplied(const ReplyRequest& reply);
    void conversationsChanged();                    // a colleague may have taken one over
    void assignedHere(ConversationId conversation); // by this person, by hand
    void personLinked();                            // a conversation to somebody else, or the link taken back
    void peopleErased();
    void mailLeft(OutboxId mail);
    void mailHeld(OutboxId mail);

    // Commands of the window; see AnswerDesk.
    void propose(ConversationId conversation);
    void askModel(ConversationId conversation);
    void cancelModel(ConversationId conversation);
    Result<ModelPayload> payload(ConversationId conversation);
    void accepted(ConversationId conversation);
    void dismiss(ConversationId conversation);
    void correctIntent(ConversationId conversation, Intent intent);
    Result<VerifierVerdict> verify(ConversationId conversation, const QString& text);
    void setAutoSend(AutoSendSwitch state);
    Result<bool> saveRule(const AutoSendRule& rule);
    Result<EndpointId> saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key);
    void removeEndpoint(EndpointId id);
    Future<QStringList> testEndpoint(const ModelEndpoint& endpoint, const SecretString& key);
    Result<KnowledgeId> saveKnowledge(const Knowledge& knowledge);
    void removeKnowledge(KnowledgeId id);
    Result<bool> savePlaybookText(const QString& playbook, const QString& language, const QString& text);
    Result<std::vector<PlaybookView>> playbooks();
    void usePlaybook(const QString& playbook, AnswerDesk::PlaybookUse use);
    Result<PlaybookTrial> tryPlaybook(const QString& playbook, const QString& language, const QString& text);

    bool isQuiet() const { return m_queue.isEmpty() && m_runs.empty(); }

Q_SIGNALS:
    void modelWrote(aiva::ConversationId conversation, const QString& replySoFar);
    void modelEnded(aiva::ConversationId conversation, const std::optional<aiva::Error>& error);
    void rowsChanged(aiva::DeskChanges changes);
    // The gate lacks nothing but fresh orders: they are to be read again from this store.
    void freshOrdersWanted(aiva::StoreId store);
    void commandFailed(const QString& command, const aiva::Error& error);

private:
    struct ModelRun {
        std::unique_ptr<ModelPort> port;
        DraftRun* run = nullptr; // child of this; deletes itself
        ModelEndpoint endpoint;
        QString payloadDigest;
    };
    void work();
    bool workOne();
    void lookAgain();
    void followAttended();
    void askForFreshOrders(StoreId store, ConversationId conversation);
    Result<void> proposeNow(ConversationId conversation);
    Result<void> keep(const AnswerReading& reading, Proposal proposal);
    Result<void> learn(const Proposal& proposal, StoreId store, Intent label);
    Result<void> writeOutcome(const Proposal& proposal, StoreId store, const QString& customer, DraftOutcome outcome);
    Result<void> startModel(ConversationId conversation);
    Result<void> keepKey(EndpointId id, bool isKnown, const std::optional<SecretString>& key);
    Result<ModelEndpoint> affordableEndpoint(ConversationId conversation, const QString& timeZone);
    void endModel(ConversationId conversation, const Result<AnswerDraft>& draft);
    void settle(const QString& command, const Result<void>& done);

    Database& m_writer;
    const Clock& m_clock;
    const AnswerAdapters& m_adapters;
    MailCore* m_mail;
    std::shared_ptr<std::atomic<int>> m_waiting;
    std::unique_ptr<AnswerBooks> m_books;
    std::unique_ptr<AnswerEngine> m_engine;
    std::unique_ptr<InboxQuery> m_inbox;  // absent without mail
    std::unique_ptr<AutoSender> m_sender; // absent without mail
    AnswerQueue m_queue;
    QSet<ConversationId> m_unanswerable; // nothing to answer in them; not asked about again by itself
    QTimer m_work;
    QTimer m_lookAgain; // a sync brings its rows in many batches
    QTimer m_follow;
    ConversationId m_attended; // invalid: none
    std::map<ConversationId, ModelRun> m_runs;
    std::map<StoreId, QSet<ConversationId>> m_awaitingFresh; // lack nothing but fresh orders
    std::map<StoreId, qint64> m_freshAskedAt;                // monotonic: a shop that cannot be reached is not hammered
};

} // namespace aiva
