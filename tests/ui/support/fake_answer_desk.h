// The answering half of a desk for tests of widgets: writes down what it is asked, and answers as it was told.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "tests/ui/support/fake_mail_desk.h"

namespace aiva::test {

class FakeAnswerDesk final : public AnswerDesk {
    Q_OBJECT
public:
    explicit FakeAnswerDesk(QObject* parent = nullptr) : AnswerDesk(parent) {}

    QStringList calls; // "propose 3", "saveRule order_status shadow": every call, in order
    std::vector<AutoSendRule> savedRules;
    std::vector<ModelEndpoint> savedEndpoints;
    std::vector<Knowledge> savedKnowledge;

    ToldAnswer<ModelPayload> payloadAnswer{ModelPayload{}};
    ToldAnswer<VerifierVerdict> verdict{VerifierVerdict{}};
    ToldAnswer<bool> ruleSaved{true};
    ToldAnswer<EndpointId> endpointSaved{EndpointId(1)};
    ToldAnswer<QStringList> modelNames{QStringList{QStringLiteral("claude-haiku-5-5")}};
    ToldAnswer<KnowledgeId> knowledgeSaved{KnowledgeId(1)};
    ToldAnswer<bool> playbookSaved{true};
    ToldAnswer<PlaybookTrial> trial{PlaybookTrial{}};

    void propose(ConversationId id) override { note("propose", id.value()); }
    void askModel(ConversationId id) override { note("askModel", id.value()); }
    void cancelModel(ConversationId id) override { note("cancelModel", id.value()); }
    Future<ModelPayload> payload(ConversationId id) override {
        note("payload", id.value());
        return payloadAnswer.future();
    }
    void accepted(ConversationId id) override { note("accepted", id.value()); }
    void dismiss(ConversationId id) override { note("dismiss", id.value()); }
    void correctIntent(ConversationId id, Intent intent) override {
        note("correctIntent", id.value());
        calls.last().append(QLatin1Char(' ') + toWord(intent));
    }
    Future<VerifierVerdict> verify(ConversationId id, const QString&) override {
        note("verify", id.value());
        return verdict.future();
    }
    void setAutoSend(AutoSendSwitch state) override {
        calls << QLatin1String(state == AutoSendSwitch::Stopped ? "stopAutoSend" : "allowAutoSend");
    }
    Future<bool> saveRule(const AutoSendRule& rule) override {
        calls << QStringLiteral("saveRule %1 %2").arg(toWord(rule.intent), toWord(rule.mode));
        savedRules.push_back(rule);
        return ruleSaved.future();
    }
    Future<EndpointId> saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key) override {
        calls << QStringLiteral("saveEndpoint %1 %2").arg(endpoint.name, QLatin1String(key ? "with key" : "no key"));
        savedEndpoints.push_back(endpoint);
        return endpointSaved.future();
    }
    void removeEndpoint(EndpointId id) override { note("removeEndpoint", id.value()); }
    Future<QStringList> testEndpoint(const ModelEndpoint& endpoint, const SecretString&) override {
        calls << QStringLiteral("testEndpoint ") + endpoint.baseUrl.toString();
        return modelNames.future();
    }
    Future<KnowledgeId> saveKnowledge(const Knowledge& knowledge) override {
        calls << QStringLiteral("saveKnowledge %1 %2").arg(toWord(knowledge.kind), knowledge.title);
        savedKnowledge.push_back(knowledge);
        return knowledgeSaved.future();
    }
    void removeKnowledge(KnowledgeId id) override { note("removeKnowledge", id.value()); }
    Future<bool> savePlaybookText(const QString& playbook, const QString& language, const QString& text) override {
        calls << QStringLiteral("savePlaybookText %1 %2 %3").arg(playbook, language, text);
        return playbookSaved.future();
    }
    ToldAnswer<std::vector<PlaybookView>> playbookList{std::vector<PlaybookView>()};
    Future<std::vector<PlaybookView>> playbooks() override { return playbookList.future(); }
    void usePlaybook(const QString& playbook, PlaybookUse use) override {
        calls
            << QStringLiteral("usePlaybook %1 %2").arg(playbook, QLatin1String(use == PlaybookUse::Off ? "off" : "on"));
    }
    Future<PlaybookTrial> tryPlaybook(const QString& playbook, const QString& language, const QString&) override {
        calls << QStringLiteral("tryPlaybook %1 %2").arg(playbook, language);
        return trial.future();
    }

private:
    void note(const char* call, qint64 id) { calls << QStringLiteral("%1 %2").arg(QLatin1String(call)).arg(id); }
};

} // namespace aiva::test
