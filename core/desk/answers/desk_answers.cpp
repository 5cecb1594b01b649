#include "core/desk/answers/desk_answers.h"

#include "core/desk/answers/answer_core.h"

namespace aiva {

DeskAnswers::DeskAnswers(const AnswerCore& core, CorePost<AnswerCore>::Post post)
    : m_core(CorePost<AnswerCore>::Other::There, std::move(post)) {
    connect(&core, &AnswerCore::modelWrote, this, &AnswerDesk::modelWrote);
    connect(&core, &AnswerCore::modelEnded, this, &AnswerDesk::modelEnded);
    connect(&core, &AnswerCore::commandFailed, this, &AnswerDesk::commandFailed);
}

void DeskAnswers::propose(ConversationId conversation) {
    m_core.tell([=](AnswerCore& core) { core.propose(conversation); });
}

void DeskAnswers::askModel(ConversationId conversation) {
    m_core.tell([=](AnswerCore& core) { core.askModel(conversation); });
}

void DeskAnswers::cancelModel(ConversationId conversation) {
    m_core.tell([=](AnswerCore& core) { core.cancelModel(conversation); });
}

Future<ModelPayload> DeskAnswers::payload(ConversationId conversation) {
    return m_core.ask<ModelPayload>([=](AnswerCore& core) { return readyFuture(core.payload(conversation)); });
}

void DeskAnswers::accepted(ConversationId conversation) {
    m_core.tell([=](AnswerCore& core) { core.accepted(conversation); });
}

void DeskAnswers::dismiss(ConversationId conversation) {
    m_core.tell([=](AnswerCore& core) { core.dismiss(conversation); });
}

void DeskAnswers::correctIntent(ConversationId conversation, Intent intent) {
    m_core.tell([=](AnswerCore& core) { core.correctIntent(conversation, intent); });
}

Future<VerifierVerdict> DeskAnswers::verify(ConversationId conversation, const QString& text) {
    return m_core.ask<VerifierVerdict>([=](AnswerCore& core) { return readyFuture(core.verify(conversation, text)); });
}

void DeskAnswers::setAutoSend(AutoSendSwitch state) {
    m_core.tell([=](AnswerCore& core) { core.setAutoSend(state); });
}

Future<bool> DeskAnswers::saveRule(const AutoSendRule& rule) {
    return m_core.ask<bool>([=](AnswerCore& core) { return readyFuture(core.saveRule(rule)); });
}

Future<EndpointId> DeskAnswers::saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key) {
    return m_core.ask<EndpointId>([=](AnswerCore& core) { return readyFuture(core.saveEndpoint(endpoint, key)); });
}

void DeskAnswers::removeEndpoint(EndpointId id) {
    m_core.tell([=](AnswerCore& core) { core.removeEndpoint(id); });
}

Future<QStringList> DeskAnswers::testEndpoint(const ModelEndpoint& endpoint, const SecretString& key) {
    return m_core.ask<QStringList>([=](AnswerCore& core) { return core.testEndpoint(endpoint, key); });
}

Future<KnowledgeId> DeskAnswers::saveKnowledge(const Knowledge& knowledge) {
    return m_core.ask<KnowledgeId>([=](AnswerCore& core) { return readyFuture(core.saveKnowledge(knowledge)); });
}

void DeskAnswers::removeKnowledge(KnowledgeId id) {
    m_core.tell([=](AnswerCore& core) { core.removeKnowledge(id); });
}

Future<bool> DeskAnswers::savePlaybookText(const QString& playbook, const QString& language, const QString& text) {
    return m_core.ask<bool>(
        [=](AnswerCore& core) { return readyFuture(core.savePlaybookText(playbook, language, text)); });
}

Future<std::vector<PlaybookView>> DeskAnswers::playbooks() {
    return m_core.ask<std::vector<PlaybookView>>([](AnswerCore& core) { return readyFuture(core.playbooks()); });
}

void DeskAnswers::usePlaybook(const QString& playbook, PlaybookUse use) {
    m_core.tell([=](AnswerCore& core) { core.usePlaybook(playbook, use); });
}

Future<PlaybookTrial> DeskAnswers::tryPlaybook(const QString& playbook, const QString& language, const QString& text) {
    return m_core.ask<PlaybookTrial>(
        [=](AnswerCore& core) { return readyFuture(core.tryPlaybook(playbook, language, text)); });
}

} // namespace aiva
