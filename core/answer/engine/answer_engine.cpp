#include "core/answer/engine/answer_engine.h"

#include "core/answer/engine/proposal_judgement.h"
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "core/answer/facts/untrusted_text.h"
#include "core/answer/intent/store_learning.h"
#include "core/answer/verify/verifier.h"
#include "core/base/log.h"
#include "core/domain/mail/quoted_text.h"

using namespace Qt::StringLiterals;

namespace aiva {

namespace {
constexpr int kLabelsRead = 2'000; // the newest judge the present best
}

AnswerEngine::AnswerEngine(Database& database, const Clock& clock, std::function<double()> chance,
                           PlaybookBook playbooks)
    : m_database(database), m_clock(clock), m_chance(std::move(chance)), m_playbooks(std::move(playbooks)) {}

AnswerEngine::~AnswerEngine() = default;

Result<std::unique_ptr<AnswerEngine>> AnswerEngine::create(Database& database, const Clock& clock,
                                                           std::function<double()> chance) {
    AIVA_TRY(PlaybookBook playbooks, PlaybookBook::shipped());
    std::unique_ptr<AnswerEngine> made(new AnswerEngine(database, clock, std::move(chance), std::move(playbooks)));
    AIVA_TRY(made->m_reader, AnswerReader::create(database));
    AIVA_TRY(made->m_intents, IntentReader::shipped());
    AIVA_TRY(made->m_gateFacts, GateFacts::create(database));
    AIVA_TRY(made->m_texts, PlaybookTextRepository::create(database));
    AIVA_TRY(made->m_labels, IntentLabelRepository::create(database));
    AIVA_CHECK(made->readSettings());
    return made;
}

Result<void> AnswerEngine::readSettings() {
    AIVA_TRY(PlaybookBook playbooks, PlaybookBook::shipped());
    AIVA_TRY(const std::vector<PlaybookText> texts, m_texts->all());
    for (const PlaybookText& text : texts)
        // A wording kept from an older release may name what no longer exists: the shipped one speaks then.
        if (const auto set = playbooks.setText(text.playbook, text.language, text.text); !set)
            qCWarning(logDesk, "playbook %s/%s: %s", qUtf8Printable(text.playbook), qUtf8Printable(text.language),
                      qUtf8Printable(set.error().detail));
    AIVA_TRY(const QStringList off, m_texts->off());
    playbooks.setOff(off);
    m_playbooks = std::move(playbooks);
    m_calibrations.clear();
    return {};
}

StoreCalibration AnswerEngine::calibration(StoreId store) {
    if (!store.isValid()) return {};
    const auto known = m_calibrations.find(store);
    if (known != m_calibrations.end()) return known->second;
    const auto labelled = m_labels->ofStore(store, kLabelsRead);
    return m_calibrations.emplace(store, labelled ? learntFrom(*m_intents, *labelled) : StoreCalibration())
        .first->second;
}

Result<std::optional<AnswerReading>> AnswerEngine::read(ConversationId conversation) {
    AIVA_TRY(std::optional<AnswerSources> sources, m_reader->read(conversation, m_clock.now()));
    if (!sources || !sources->question) return std::optional<AnswerReading>();
    AnswerReading reading;
    reading.sources = *std::move(sources);
    reading.facts = factsOf(reading.sources);
    const MessageView& question = *reading.sources.question;
    reading.question = cleanedText(unfoldedText(question.text, question.folded));
    reading.intent =
        m_intents->read(cleanedText(question.subject), reading.question, calibration(reading.sources.store.id));
    return std::optional<AnswerReading>(std::move(reading));
}

VerifierVerdict AnswerEngine::verified(const AnswerReading& reading, const AnswerDraft& draft,
                                       const QStringList& secrets, bool byPerson) {
    VerifierInput input;
    input.reply = draft.reply;
    input.language = draft.language;
    input.intent = draft.intent;
    input.facts = reading.facts;
    input.declaredFacts = draft.declaredFacts;
    input.cards = draft.cards;
    input.question = reading.question;
    input.sendAt = m_clock.now();
    input.secrets = secrets;
    using Author = VerifierInput::Author;
    input.author = byPerson                                 ? Author::Person
                   : draft.source == AnswerSource::Playbook ? Author::Playbook
                                                            : Author::Model;
    const StoreId store = reading.sources.store.id;
    const ProfileId own = reading.sources.customer ? reading.sources.customer->profile : ProfileId();
    input.belongsToSomebodyElse = [this, store, own](IdentityKind kind, const QString& value) {
        return m_reader->belongsToSomebodyElse(store, own, kind, value);
    };
    return verify(input);
}

Result<Proposal> AnswerEngine::proposeFrom(const AnswerReading& reading, const PlaybookBook& playbooks) {
    PlaybookCase asked{reading.intent, reading.facts, m_clock.now()};
    asked.namedOrders = reading.sources.namedOrders;
    const std::optional<AnswerDraft> draft =
        reading.sources.store.id.isValid() ? draftFrom(playbooks, asked) : std::nullopt;
    if (draft) return judge(reading, *draft, {});

    Proposal proposal;
    proposal.conversation = reading.sources.conversation.id;
    proposal.answers = reading.sources.question->id;
    proposal.intent = reading.intent;
    proposal.facts = reading.facts;
    proposal.basis = reading.sources.basis;
    proposal.madeAt = m_clock.now();
    AIVA_TRY(const GateInput gate,
             m_gateFacts->read(reading.sources, reading.facts, reading.intent, {}, proposal.madeAt, m_chance()));
    proposal.gate = decide(gate);
    proposal.handOver = reading.sources.store.id.isValid() ? handOverWords(proposal) : u"no_store"_s;
    proposal.state = ProposalState::HandOver;
    return proposal;
}

Result<Proposal> AnswerEngine::judge(const AnswerReading& reading, const AnswerDraft& draft,
                                     const QStringList& secrets) {
    Proposal proposal;
    proposal.conversation = reading.sources.conversation.id;
    proposal.answers = reading.sources.question->id;
    proposal.intent = reading.intent;
    proposal.facts = reading.facts;
    proposal.basis = reading.sources.basis;
    proposal.madeAt = m_clock.now();
    proposal.draft = draft;
    proposal.verdict = verified(reading, draft, secrets, false);
    AIVA_TRY(GateInput gate,
             m_gateFacts->read(reading.sources, reading.facts, reading.intent, draft, proposal.madeAt, m_chance()));
    gate.verifierPassed = proposal.verdict.passed();
    proposal.gate = decide(gate);
    proposal.handOver = handOverWords(proposal);
    proposal.state = proposalState(proposal);
    return proposal;
}

VerifierVerdict AnswerEngine::verifyText(const AnswerReading& reading, const QString& text) {
    AnswerDraft draft;
    draft.reply = text;
    draft.intent = reading.intent.intents.empty() ? Intent::Other : reading.intent.intents.front().intent;
    return verified(reading, draft, {}, true);
}

DraftTask AnswerEngine::task(const AnswerReading& reading) const {
    DraftTask task;
    task.context = contextBlock(reading.sources, reading.facts);
    task.facts = reading.facts;
    task.subject = cleanedLine(reading.sources.question->subject);
    task.mail = reading.question;
    task.language = reading.intent.language;
    task.confidence = reading.intent.intents.empty() ? 0 : reading.intent.intents.front().confidence;
    return task;
}

} // namespace aiva
