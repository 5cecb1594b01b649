// The answering half of the desk: proposals, models, auto-send, knowledge, playbooks. Same rules as Desk: commands go
// in and return at once, they run on the core thread, answers and notices come out on the GUI thread. Owned by Desk.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"
#include "core/domain/answering/auto_send_rule.h"
#include "core/domain/answering/knowledge.h"
#include "core/domain/answering/model_endpoint.h"
#include "core/domain/answering/proposal.h"

#include <QMap>
#include <QObject>

namespace aiva {

// What would leave the computer for one model request: the exact body, shown before it goes.
struct ModelPayload {
    ModelEndpoint endpoint;
    QByteArray body; // JSON, no key in it
    QString digest;  // SHA-256, hex: what the audit log keeps
};

// A playbook text tried on past conversations; nothing is sent.
struct PlaybookTrial {
    struct Example {
        ConversationId conversation;
        QString subject;
        QString reply;
        bool passed = false; // the verifier's word
        QString firstProblem;
    };
    int tried = 0; // conversations whose intent and facts fit
    int passed = 0;
    std::vector<Example> examples; // at most 20, failures first
    QString problem;               // a variable that does not exist; empty: none
};

// A playbook as the settings show it.
struct PlaybookView {
    QString name; // wismo_fulfilled
    Intent intent = Intent::Other;
    double confidence = 0;
    bool needsPerson = false;
    bool isOff = false;
    QMap<QString, QString> texts; // by language, as they are used now
    QStringList rewritten;        // languages with a person's own wording
    QStringList variables;        // {{order}} and so on, without the braces

    bool operator==(const PlaybookView&) const = default;
};

enum class AutoSendSwitch { Allowed, Stopped };

class AnswerDesk : public QObject {
    Q_OBJECT
public:
    // Makes the proposal again from what the cache says now; rows change when it is there. Opening a conversation does
    // it.
    virtual void propose(ConversationId conversation) = 0;
    // A draft by the active model; pieces arrive through modelWrote, the end through modelEnded.
    virtual void askModel(ConversationId conversation) = 0;
    virtual void cancelModel(ConversationId conversation) = 0;
    virtual Future<ModelPayload> payload(ConversationId conversation) = 0;
    // A person put the draft into the composer; what they make of it is found out when they send.
    virtual void accepted(ConversationId conversation) = 0;
    virtual void dismiss(ConversationId conversation) = 0;
    virtual void correctIntent(ConversationId conversation, Intent intent) = 0;
    // The draft as it stands in the composer, proved again: for the underlines while somebody types.
    virtual Future<VerifierVerdict> verify(ConversationId conversation, const QString& text) = 0;

    // The kill switch: what waits by itself stays, nothing new is queued; survives restarts.
    virtual void setAutoSend(AutoSendSwitch state) = 0;
    // Refused when mode On is not earned yet.
    virtual Future<bool> saveRule(const AutoSendRule& rule) = 0;

    virtual Future<EndpointId> saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key) = 0;
    virtual void removeEndpoint(EndpointId id) = 0;
    virtual Future<QStringList> testEndpoint(const ModelEndpoint& endpoint, const SecretString& key) = 0;

    virtual Future<KnowledgeId> saveKnowledge(const Knowledge& knowledge) = 0;
    virtual void removeKnowledge(KnowledgeId id) = 0;
    // Empty text: the shipped wording again. Invalid when a variable does not exist.
    virtual Future<bool> savePlaybookText(const QString& playbook, const QString& language, const QString& text) = 0;
    virtual Future<std::vector<PlaybookView>> playbooks() = 0;
    enum class PlaybookUse { Used, Off };
    virtual void usePlaybook(const QString& playbook, PlaybookUse use) = 0;
    virtual Future<PlaybookTrial> tryPlaybook(const QString& playbook, const QString& language,
                                              const QString& text) = 0;

Q_SIGNALS:
    void modelWrote(aiva::ConversationId conversation, const QString& replySoFar); // the reply's text, decoded
    void modelEnded(aiva::ConversationId conversation, const std::optional<aiva::Error>& error);
    void commandFailed(const QString& command, const aiva::Error& error);

protected:
    using QObject::QObject;
};

} // namespace aiva
