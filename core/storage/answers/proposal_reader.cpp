#include "core/storage/answers/proposal_reader.h"

#include <QJsonDocument>

namespace aiva {

#define AIVA_PROPOSAL_COLUMNS                                                                                          \
    "SELECT conversation_id, message_id, state, intent, draft, facts, verdict, gate, hand_over, basis, made_at, "      \
    "outbox_id FROM proposals "

static constexpr std::string_view kByConversation = AIVA_PROPOSAL_COLUMNS "WHERE conversation_id = ?1";
static constexpr std::string_view kByOutbox = AIVA_PROPOSAL_COLUMNS "WHERE outbox_id = ?1 LIMIT 1";
#undef AIVA_PROPOSAL_COLUMNS
static constexpr std::string_view kIsStillProposed = "SELECT 1 FROM proposals WHERE conversation_id = ?1 AND made_at = "
                                                     "?2 AND state = ?3 AND coalesce(outbox_id, 0) = ?4";

static std::optional<Proposal> proposalFrom(const Statement& row) {
    const auto state = proposalStateFromWord(row.text(2));
    const QJsonDocument intent = QJsonDocument::fromJson(row.text(3).toUtf8());
    const QString draft = row.text(4);
    auto facts = factSetFromJson(row.text(5));
    auto verdict = verifierVerdictFromJson(row.text(6));
    auto gate = gateDecisionFromJson(row.text(7));
    auto basis = draftBasisFromJson(row.text(9));
    if (!state || !intent.isObject() || !facts || !verdict || !gate || !basis) return std::nullopt;
    Proposal proposal;
    if (!draft.isEmpty()) {
        proposal.draft = answerDraftFromJson(draft);
        if (!proposal.draft) return std::nullopt;
    }
    proposal.conversation = row.id<ConversationId>(0);
    proposal.answers = row.id<MessageId>(1);
    proposal.state = *state;
    proposal.intent = intentReadingFromJson(intent.object());
    proposal.facts = *std::move(facts);
    proposal.verdict = *std::move(verdict);
    proposal.gate = *std::move(gate);
    proposal.handOver = row.text(8);
    proposal.basis = *std::move(basis);
    proposal.madeAt = row.time(10);
    if (!row.isNull(11)) proposal.outbox = row.id<OutboxId>(11);
    return proposal;
}

Result<std::unique_ptr<ProposalReader>> ProposalReader::create(Database& database) {
    std::unique_ptr<ProposalReader> made(new ProposalReader);
    AIVA_TRY(made->m_byConversation, database.prepare(kByConversation));
    AIVA_TRY(made->m_byOutbox, database.prepare(kByOutbox));
    AIVA_TRY(made->m_isStill, database.prepare(kIsStillProposed));
    return made;
}

Result<std::optional<Proposal>> ProposalReader::read(Statement& statement) {
    AIVA_TRY(const bool found, statement.step());
    if (!found) return std::optional<Proposal>();
    std::optional<Proposal> proposal = proposalFrom(statement);
    statement.reset();
    return proposal;
}

Result<std::optional<Proposal>> ProposalReader::byConversation(ConversationId conversation) {
    return read(m_byConversation.bind(1, conversation));
}

Result<std::optional<Proposal>> ProposalReader::byOutbox(OutboxId mail) {
    return read(m_byOutbox.bind(1, mail));
}

Result<bool> ProposalReader::isStill(const Proposal& known) {
    m_isStill.bind(1, known.conversation).bind(2, known.madeAt).bind(3, toWord(known.state));
    m_isStill.bind(4, known.outbox.value());
    AIVA_TRY(const bool found, m_isStill.step());
    m_isStill.reset();
    return found;
}

} // namespace aiva
