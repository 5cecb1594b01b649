// DeskAnswers: AnswerDesk as Desk owns it, on the GUI thread: posts commands to AnswerCore and brings its answers back.
// Does nothing by itself.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "core/desk/core_post.h"

namespace aiva {

class AnswerCore;

class DeskAnswers final : public AnswerDesk {
    Q_OBJECT
public:
    // `core` lives on the core thread and outlives this.
    DeskAnswers(const AnswerCore& core, CorePost<AnswerCore>::Post post);

    void propose(ConversationId conversation) override;
    void askModel(ConversationId conversation) override;
    void cancelModel(ConversationId conversation) override;
    Future<ModelPayload> payload(ConversationId conversation) override;
    void accepted(ConversationId conversation) override;
    void dismiss(ConversationId conversation) override;
    void correctIntent(ConversationId conversation, Intent intent) override;
    Future<VerifierVerdict> verify(ConversationId conversation, const QString& text) override;

    void setAutoSend(AutoSendSwitch state) override;
    Future<bool> saveRule(const AutoSendRule& rule) override;

    Future<EndpointId> saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key) override;
    void removeEndpoint(EndpointId id) override;
    Future<QStringList> testEndpoint(const ModelEndpoint& endpoint, const SecretString& key) override;

    Future<KnowledgeId> saveKnowledge(const Knowledge& knowledge) override;
    void removeKnowledge(KnowledgeId id) override;
    Future<bool> savePlaybookText(const QString& playbook, const QString& language, const QString& text) override;
    Future<std::vector<PlaybookView>> playbooks() override;
    void usePlaybook(const QString& playbook, PlaybookUse use) override;
    Future<PlaybookTrial> tryPlaybook(const QString& playbook, const QString& language, const QString& text) override;

private:
    const CorePost<AnswerCore> m_core;
};

} // namespace aiva
