// `aivactl answer draft` and `answer verify`: the whole way from a conversation to a judged reply. Sends nothing and
// writes nothing but the count of a model's requests.
#include "app/aivactl/commands.h"
#include "app/common/answer_adapters.h"
#include "core/answer/engine/answer_engine.h"
#include "core/answer/model/draft_run.h"
#include "core/storage/answers/endpoint_repository.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <cmath>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace aiva::ctl {
namespace {

constexpr qint64 kDraftBytes = 1024 * 1024;

struct Asked {
    OpenWorkspace open;
    std::unique_ptr<AnswerEngine> engine;
    AnswerReading reading;
};

Result<Asked> readAsked(Context& context) {
    bool isNumber = false;
    const qint64 id = context.line.value("conversation").toLongLong(&isNumber);
    if (!isNumber || id <= 0) return Error{ErrorKind::Invalid, u"--conversation takes the number of a conversation"_s};
    Asked asked;
    AIVA_TRY(asked.open, openForWriting(context));
    AIVA_TRY(asked.engine, AnswerEngine::create(*asked.open.database, context.clock,
                                                [] { return QRandomGenerator::system()->generateDouble(); }));
    AIVA_TRY(std::optional<AnswerReading> reading, asked.engine->read(ConversationId(id)));
    if (!reading) return Error{ErrorKind::NotFound, u"there is no such conversation, or no mail of a customer in it"_s};
    asked.reading = *std::move(reading);
    return asked;
}

QJsonObject objectIn(const QString& json) {
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

QJsonArray factsOf(const Proposal& proposal) {
    return objectIn(toJson(proposal.facts))[u"facts"_s].toArray();
}

QJsonObject proposalJson(const Proposal& proposal) {
    QJsonObject json;
    const bool hasDraft = proposal.draft.has_value();
    const IntentGuess read = proposal.intent.intents.empty() ? IntentGuess{} : proposal.intent.intents.front();
    json.insert(u"intent"_s, toWord(hasDraft ? proposal.draft->intent : read.intent));
    json.insert(u"confidence"_s, hasDraft ? proposal.draft->confidence : read.confidence);
    json.insert(u"reply"_s, hasDraft ? QJsonValue(proposal.draft->reply) : QJsonValue());
    QJsonArray widgets;
    if (hasDraft)
        for (const QString& order : proposal.draft->cards)
            widgets.append(QJsonObject{{u"type"_s, u"SHOPIFY_ORDER_CARD"_s}, {u"order"_s, order}});
    json.insert(u"widgets"_s, widgets);
    json.insert(u"facts"_s, factsOf(proposal));
    json.insert(u"verdict"_s, hasDraft ? QJsonValue(objectIn(toJson(proposal.verdict))) : QJsonValue());
    json.insert(u"gate"_s, objectIn(toJson(proposal.gate)));
    json.insert(u"state"_s, toWord(proposal.state));
    json.insert(u"source"_s, hasDraft ? QJsonValue(toWord(proposal.draft->source)) : QJsonValue());
    json.insert(u"origin"_s, hasDraft ? QJsonValue(proposal.draft->origin) : QJsonValue());
    json.insert(u"hand_over"_s, proposal.handOver.isEmpty() ? QJsonValue() : QJsonValue(proposal.handOver));
    json.insert(u"reading"_s, toJsonObject(proposal.intent));
    return json;
}

QString verdictText(const VerifierVerdict& verdict) {
    QStringList lines(verdict.passed() ? u"verdict: passed"_s : u"verdict: failed"_s);
    for (const Claim& claim : verdict.claims)
        lines << u"  %1  %2  %3"_s.arg(toWord(claim.status), -9)
                     .arg(claim.length > 0 ? claim.text.simplified() : claim.kind,
                          claim.status == ClaimStatus::Proven ? claim.fact : claim.reason);
    return lines.join(u'\n');
}

QString proposalText(const Proposal& proposal) {
    QStringList lines;
    for (const IntentGuess& guess : proposal.intent.intents)
        lines << u"intent: %1 (%2)"_s.arg(toWord(guess.intent)).arg(guess.confidence, 0, 'f', 2);
    if (proposal.draft) {
        lines << u"source: %1, %2"_s.arg(toWord(proposal.draft->source), proposal.draft->origin) << QString()
              << proposal.draft->reply << QString() << verdictText(proposal.verdict);
    } else {
        lines << u"no draft: %1"_s.arg(proposal.handOver);
    }
    lines << (proposal.gate.outcome == GateDecision::Outcome::Send
                  ? u"gate: send at %1"_s.arg(proposal.gate.sendAt.isoText())
                  : u"gate: hold%1"_s.arg(proposal.gate.shadow ? u" (shadow: would send)"_s : QString()));
    for (const GateCheck& check : proposal.gate.checks)
        lines << u"  %1  %2%3"_s.arg(check.passed ? u"yes"_s : u"no "_s, check.name,
                                     check.detail.isEmpty() ? QString() : u": "_s + check.detail);
    return lines.join(u'\n');
}

Result<Proposal> draftByModel(Context& context, Asked& asked) {
    AIVA_TRY(const auto endpoints, EndpointRepository::create(*asked.open.database));
    AIVA_TRY(const std::optional<ModelEndpoint> endpoint, endpoints->active());
    if (!endpoint) return Error{ErrorKind::NotFound, u"no model is connected"_s, ErrorCause::ModelMissing};
    const ConversationId conversation = asked.reading.sources.conversation.id;
    AIVA_TRY(
        const ModelRequestCounts spent,
        endpoints->counts(endpoint->id, conversation, startOfDay(context.clock.now(), asked.reading.facts.timeZone)));
    if (spent.ofEndpointToday >= endpoint->requestsPerDay || spent.ofConversation >= endpoint->requestsPerConversation)
        return Error{ErrorKind::Refused, u"the limit of model requests is reached"_s, ErrorCause::BudgetSpent};
    const AnswerAdapters adapters = answerAdapters(*asked.open.workspace, context.clock);
    AIVA_TRY(const std::unique_ptr<ModelPort> port, adapters.model(*endpoint, std::nullopt));
    DraftTask task = asked.engine->task(asked.reading);
    task.maxOutputTokens = endpoint->maxOutputTokens;

    QObject owner;
    auto* run = new DraftRun(*port, task, &owner);
    auto promise = std::make_shared<QPromise<Result<AnswerDraft>>>();
    promise->start();
    ModelRequestRecord record{endpoint->id, conversation, context.clock.now(), run->payloadDigest(), {}};
    const QStringList secrets = run->secrets();
    QObject::connect(run, &DraftRun::finished, &owner, [&, run](const Result<AnswerDraft>& draft) {
        record.inputTokens = run->inputTokens();
        record.outputTokens = run->outputTokens();
        promise->addResult(draft);
        promise->finish();
    });
    run->start();
    const Result<AnswerDraft> draft = waitFor(promise->future());
    record.outcome = draft ? u"ok"_s : errorWords(draft.error());
    AIVA_CHECK(endpoints->addRequest(record));
    if (!draft) return draft.error();
    return asked.engine->judge(asked.reading, *draft, secrets);
}

} // namespace

Result<int> draftAnswer(Context& context) {
    const QString with = context.line.has("with") ? context.line.value("with") : u"playbook"_s;
    if (with != u"playbook"_s && with != u"model"_s) return printUsageError(u"--with takes playbook or model"_s);
    AIVA_TRY(Asked asked, readAsked(context));
    Result<Proposal> proposal =
        with == u"model"_s ? draftByModel(context, asked) : asked.engine->propose(asked.reading);
    if (!proposal) return proposal.error();
    if (context.line.json)
        printJson(proposalJson(*proposal));
    else
        printText(proposalText(*proposal));
    return Done;
}

Result<int> verifyAnswer(Context& context) {
    AIVA_TRY(Asked asked, readAsked(context));
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) return Error{ErrorKind::Invalid, u"standard input cannot be read"_s};
    const QByteArray draft = input.read(kDraftBytes + 1);
    if (draft.size() > kDraftBytes) return Error{ErrorKind::Invalid, u"the draft is longer than a megabyte"_s};
    const VerifierVerdict verdict = asked.engine->verifyText(asked.reading, QString::fromUtf8(draft).trimmed());
    if (context.line.json)
        printJson(objectIn(toJson(verdict)));
    else
        printText(verdictText(verdict));
    return Done;
}

} // namespace aiva::ctl
