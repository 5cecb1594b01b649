// What the window asks of the answering half: drafts by people and models, rules, endpoints, knowledge, playbooks.
#include "core/answer/model/draft_prompt.h"
#include "core/answer/model/draft_run.h"
#include "core/answer/playbooks/playbook_file.h"
#include "core/desk/answers/answer_core.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr int kTrialConversations = 200;
constexpr size_t kTrialExamples = 20;

Error noConversation() {
    return {ErrorKind::NotFound, u"there is nothing to answer in this conversation"_s};
}

} // namespace

// Drafts ---------------------------------------------------------------------------------------------------------

void AnswerCore::accepted(ConversationId conversation) {
    const auto proposal = m_books->proposals->byConversation(conversation);
    if (proposal && *proposal)
        settle(u"audit"_s, m_books->note(m_clock.now(), AuditActor::Person, u"draft_taken_over"_s, **proposal, {}));
}

void AnswerCore::dismiss(ConversationId conversation) {
    settle(u"dismiss"_s, m_books->proposals->setState(conversation, ProposalState::Dismissed));
    Q_EMIT rowsChanged(DeskChange::Answers | DeskChange::Conversations);
}

void AnswerCore::correctIntent(ConversationId conversation, Intent intent) {
    const auto proposal = m_books->proposals->byConversation(conversation);
    const auto reading = m_engine->read(conversation);
    if (!proposal || !*proposal || !reading || !*reading) return settle(u"correctIntent"_s, noConversation());
    settle(u"correctIntent"_s, learn(**proposal, (*reading)->sources.store.id, intent));
    propose(conversation);
}

Result<VerifierVerdict> AnswerCore::verify(ConversationId conversation, const QString& text) {
    AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
    if (!reading) return noConversation();
    return m_engine->verifyText(*reading, text);
}

// Models ---------------------------------------------------------------------------------------------------------

Result<ModelEndpoint> AnswerCore::affordableEndpoint(ConversationId conversation, const QString& timeZone) {
    AIVA_TRY(const std::optional<ModelEndpoint> endpoint, m_books->endpoints->active());
    if (!endpoint || !m_adapters.model)
        return Error{ErrorKind::NotFound, u"no model is connected"_s, ErrorCause::ModelMissing};
    AIVA_TRY(const ModelRequestCounts spent,
             m_books->endpoints->counts(endpoint->id, conversation, startOfDay(m_clock.now(), timeZone)));
    if (spent.ofEndpointToday >= endpoint->requestsPerDay || spent.ofConversation >= endpoint->requestsPerConversation)
        return Error{ErrorKind::Refused, u"the limit of model requests is reached"_s, ErrorCause::BudgetSpent};
    return *endpoint;
}

Result<ModelPayload> AnswerCore::payload(ConversationId conversation) {
    AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
    if (!reading) return noConversation();
    AIVA_TRY(const std::optional<ModelEndpoint> endpoint, m_books->endpoints->active());
    if (!endpoint || !m_adapters.model)
        return Error{ErrorKind::NotFound, u"no model is connected"_s, ErrorCause::ModelMissing};
    AIVA_TRY(const std::unique_ptr<ModelPort> port, m_adapters.model(*endpoint, std::nullopt));
    DraftTask task = m_engine->task(*reading);
    task.maxOutputTokens = endpoint->maxOutputTokens;
    ModelPayload payload;
    payload.endpoint = *endpoint;
    payload.body = port->payload(draftPrompt(task, *QRandomGenerator::system()).request);
    payload.digest = QString::fromLatin1(QCryptographicHash::hash(payload.body, QCryptographicHash::Sha256).toHex());
    return payload;
}

void AnswerCore::askModel(ConversationId conversation) {
    if (m_runs.contains(conversation)) return;
    if (const Result<void> started = startModel(conversation); !started)
        Q_EMIT modelEnded(conversation, started.error());
}

Result<void> AnswerCore::startModel(ConversationId conversation) {
    AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
    if (!reading) return noConversation();
    ModelRun made;
    AIVA_TRY(made.endpoint, affordableEndpoint(conversation, reading->facts.timeZone));
    AIVA_TRY(made.port, m_adapters.model(made.endpoint, std::nullopt));
    DraftTask task = m_engine->task(*reading);
    task.maxOutputTokens = made.endpoint.maxOutputTokens;
    made.run = new DraftRun(*made.port, task, this);
    made.payloadDigest = made.run->payloadDigest();
    connect(made.run, &DraftRun::wrote, this,
            [this, conversation](const QString& replySoFar) { Q_EMIT modelWrote(conversation, replySoFar); });
    connect(made.run, &DraftRun::finished, this,
            [this, conversation](const Result<AnswerDraft>& draft) { endModel(conversation, draft); });
    DraftRun* run = made.run;
    m_runs.insert_or_assign(conversation, std::move(made));
    run->start();
    return {};
}

void AnswerCore::cancelModel(ConversationId conversation) {
    const auto found = m_runs.find(conversation);
    if (found != m_runs.end()) found->second.run->cancel();
}

void AnswerCore::endModel(ConversationId conversation, const Result<AnswerDraft>& draft) {
    const auto found = m_runs.find(conversation);
    if (found == m_runs.end()) return;
    ModelRun ended = std::move(found->second);
    m_runs.erase(found);
    ModelRequestRecord record;
    record.endpoint = ended.endpoint.id;
    record.conversation = conversation;
    record.at = m_clock.now();
    record.payloadDigest = ended.payloadDigest;
    record.outcome = draft ? u"ok"_s : errorWords(draft.error());
    record.inputTokens = ended.run->inputTokens();
    record.outputTokens = ended.run->outputTokens();
    settle(u"askModel"_s, m_books->endpoints->addRequest(record));
    const auto judged = [&]() -> Result<void> {
        if (!draft) return draft.error();
        // Read again: what came in while the model wrote counts.
        AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
        if (!reading) return noConversation();
        AIVA_TRY(Proposal proposal, m_engine->judge(*reading, *draft, ended.run->secrets()));
        return keep(*reading, std::move(proposal));
    }();
    Q_EMIT modelEnded(conversation, judged ? std::optional<Error>() : judged.error());
    // The run is still in its own function, and its port must outlive it.
    auto port = std::make_shared<std::unique_ptr<ModelPort>>(std::move(ended.port));
    QTimer::singleShot(0, this, [port] { port->reset(); });
}

// Automatic sending ----------------------------------------------------------------------------------------------

void AnswerCore::setAutoSend(AutoSendSwitch state) {
    const bool isStop = state == AutoSendSwitch::Stopped;
    settle(u"setAutoSend"_s, isStop ? m_books->rules->stop() : m_books->rules->allow());
    if (isStop && m_sender) settle(u"setAutoSend"_s, m_sender->takeAllBack(AutoSender::Why::Stopped));
    AuditNote entry{m_clock.now(), AuditActor::Person, isStop ? u"auto_send_stopped"_s : u"auto_send_allowed"_s};
    const auto noted = m_books->audit->append(entry);
    settle(u"audit"_s, noted ? Result<void>() : noted.error());
    Q_EMIT rowsChanged(DeskChange::Answers | DeskChange::Outbox | DeskChange::Drafts);
}

Result<bool> AnswerCore::saveRule(const AutoSendRule& rule) {
    AIVA_TRY(const AutoSendRule before, m_books->rules->rule(rule.store, rule.intent));
    AIVA_TRY(const EarnedRecord record, m_books->rules->record(rule.store, rule.intent));
    if (rule.mode == AutoSendMode::On && before.mode != AutoSendMode::On && !isPromotable(rule, record))
        return Error{ErrorKind::Refused, u"not enough drafts were approved unedited"_s};
    AIVA_CHECK(m_books->rules->save(rule));
    AuditNote entry{m_clock.now(), AuditActor::Person, u"rule_changed"_s, rule.store};
    entry.detail = u"{\"intent\":\"%1\",\"mode\":\"%2\"}"_s.arg(toWord(rule.intent), toWord(rule.mode));
    AIVA_CHECK(m_books->audit->append(entry));
    Q_EMIT rowsChanged(DeskChange::Answers);
    ordersChanged(); // decided anew with the new rule
    return true;
}

// Endpoints ------------------------------------------------------------------------------------------------------

Result<EndpointId> AnswerCore::saveEndpoint(const ModelEndpoint& endpoint, const std::optional<SecretString>& key) {
    if (endpoint.baseUrl.scheme() != "https"_L1 && !isOnThisDevice(endpoint))
        return Error{ErrorKind::Invalid, u"only https leaves this computer"_s, ErrorCause::HostNotAllowed};
    const auto former = endpoint.id.isValid() ? m_books->endpoints->byId(endpoint.id) : std::optional<ModelEndpoint>();
    if (!former) return former.error();
    AIVA_TRY(const EndpointId id, m_books->endpoints->save(endpoint));
    Q_EMIT rowsChanged(DeskChange::Answers);
    const auto kept = keepKey(id, former->has_value(), key);
    if (kept) return id;
    // The key of before must not go to a server it was not given for.
    if (*former)
        AIVA_CHECK(m_books->endpoints->save(**former));
    else
        AIVA_CHECK(m_books->endpoints->remove(id));
    return kept.error();
}

// A number may be given anew; what lies under it then is of another provider.
Result<void> AnswerCore::keepKey(EndpointId id, bool isKnown, const std::optional<SecretString>& key) {
    if (key && m_adapters.saveKey) return m_adapters.saveKey(m_writer, id, *key);
    return isKnown || !m_adapters.removeKey ? Result<void>() : m_adapters.removeKey(m_writer, id);
}

void AnswerCore::removeEndpoint(EndpointId id) {
    if (m_adapters.removeKey) settle(u"removeEndpoint"_s, m_adapters.removeKey(m_writer, id));
    settle(u"removeEndpoint"_s, m_books->endpoints->remove(id));
    Q_EMIT rowsChanged(DeskChange::Answers);
}

Future<QStringList> AnswerCore::testEndpoint(const ModelEndpoint& endpoint, const SecretString& key) {
    if (!m_adapters.model)
        return readyFuture<QStringList>(Error{ErrorKind::Refused, u"no models here"_s, ErrorCause::NotSupported});
    const std::optional<SecretString> given = key.isEmpty() ? std::nullopt : std::optional(key);
    Result<std::unique_ptr<ModelPort>> port = m_adapters.model(endpoint, given);
    if (!port) return readyFuture<QStringList>(port.error());
    auto kept = std::make_shared<std::unique_ptr<ModelPort>>(*std::move(port));
    const Future<QStringList> answer = (*kept)->models();
    whenDone(answer, this,
             [this, kept](const Result<QStringList>&) { QTimer::singleShot(0, this, [kept] { kept->reset(); }); });
    return answer;
}

// Knowledge and playbooks ----------------------------------------------------------------------------------------

Result<KnowledgeId> AnswerCore::saveKnowledge(const Knowledge& knowledge) {
    Knowledge written = knowledge;
    written.updatedAt = m_clock.now();
    AIVA_TRY(const KnowledgeId id, m_books->knowledge->save(written));
    Q_EMIT rowsChanged(DeskChange::Answers);
    ordersChanged();
    return id;
}

void AnswerCore::removeKnowledge(KnowledgeId id) {
    settle(u"removeKnowledge"_s, m_books->knowledge->remove(id));
    Q_EMIT rowsChanged(DeskChange::Answers);
    ordersChanged();
}

Result<bool> AnswerCore::savePlaybookText(const QString& playbook, const QString& language, const QString& text) {
    if (!text.isEmpty()) {
        PlaybookBook tried = m_engine->playbooks();
        AIVA_CHECK(tried.setText(playbook, language, text));
    }
    AIVA_CHECK(m_books->playbooks->save({playbook, language, text}, m_clock.now()));
    AIVA_CHECK(m_engine->readSettings());
    Q_EMIT rowsChanged(DeskChange::Answers);
    ordersChanged();
    return true;
}

Result<std::vector<PlaybookView>> AnswerCore::playbooks() {
    const PlaybookBook& book = m_engine->playbooks();
    AIVA_TRY(const std::vector<PlaybookText> own, m_books->playbooks->all());
    std::vector<PlaybookView> views;
    for (const Playbook& playbook : book.playbooks()) {
        PlaybookView view;
        view.name = playbook.name;
        if (!playbook.conditions.intents.empty()) view.intent = playbook.conditions.intents.front();
        view.confidence = playbook.confidence;
        view.needsPerson = playbook.needsPerson;
        view.isOff = book.isOff(playbook.name);
        view.variables = playbookVariables();
        for (const QString& language : playbookLanguages())
            view.texts.insert(language, book.text(playbook, language));
        for (const PlaybookText& text : own)
            if (text.playbook == playbook.name) view.rewritten.append(text.language);
        views.push_back(std::move(view));
    }
    return views;
}

void AnswerCore::usePlaybook(const QString& playbook, AnswerDesk::PlaybookUse use) {
    const bool isOff = use == AnswerDesk::PlaybookUse::Off;
    settle(u"usePlaybook"_s, isOff ? m_books->playbooks->turnOff(playbook) : m_books->playbooks->turnOn(playbook));
    settle(u"usePlaybook"_s, m_engine->readSettings());
    Q_EMIT rowsChanged(DeskChange::Answers);
    ordersChanged();
}

Result<PlaybookTrial> AnswerCore::tryPlaybook(const QString& playbook, const QString& language, const QString& text) {
    PlaybookTrial trial;
    PlaybookBook book = m_engine->playbooks();
    if (const auto set = book.setText(playbook, language, text); !set) {
        trial.problem = set.error().detail;
        return trial;
    }
    AIVA_TRY(const std::vector<ConversationId> past, m_books->agenda->newest(kTrialConversations));
    std::vector<PlaybookTrial::Example> failures;
    std::vector<PlaybookTrial::Example> good;
    for (const ConversationId conversation : past) {
        AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
        if (!reading) continue;
        AIVA_TRY(const Proposal proposal, m_engine->proposeFrom(*reading, book));
        if (!proposal.draft || proposal.draft->origin != playbook || proposal.draft->language != language) continue;
        ++trial.tried;
        PlaybookTrial::Example example{
            conversation, reading->sources.conversation.subject, proposal.draft->reply, proposal.verdict.passed(), {}};
        trial.passed += example.passed ? 1 : 0;
        for (const Claim& claim : proposal.verdict.claims)
            if (claim.status != ClaimStatus::Proven && example.firstProblem.isEmpty())
                example.firstProblem = u"“%1”: %2"_s.arg(claim.text, claim.reason);
        (example.passed ? good : failures).push_back(example);
    }
    trial.examples = std::move(failures);
    trial.examples.insert(trial.examples.end(), good.begin(), good.end());
    trial.examples.resize(std::min(trial.examples.size(), kTrialExamples));
    return trial;
}

} // namespace aiva
