#include "core/storage/answers/proposal_agenda.h"

namespace aiva {

// inbox_facet: open (0) and the customer spoke last (2), read or unread (1). The index is named: left to itself SQLite
// takes the one by facet and sorts the whole inbox.
static constexpr std::string_view kWithoutProposal = R"sql(
SELECT id FROM conversations INDEXED BY conversations_unproposed WHERE answer_state = '' AND inbox_facet IN (2, 3)
ORDER BY last_message_at DESC, id DESC LIMIT ?1)sql";
static constexpr std::string_view kOpenProposal = R"sql(
SELECT id FROM (
    SELECT * FROM (SELECT id, last_message_at FROM conversations WHERE inbox_facet = 2
                   ORDER BY last_message_at DESC, id DESC LIMIT ?1)
    UNION ALL
    SELECT * FROM (SELECT id, last_message_at FROM conversations WHERE inbox_facet = 3
                   ORDER BY last_message_at DESC, id DESC LIMIT ?1))
ORDER BY last_message_at DESC, id DESC LIMIT ?1)sql";
static constexpr std::string_view kNewestProposal =
    "SELECT id FROM conversations ORDER BY last_message_at DESC, id DESC LIMIT ?1";
static constexpr std::string_view kWaiting =
    "SELECT conversation_id, outbox_id FROM proposals WHERE outbox_id IS NOT NULL";

Result<std::unique_ptr<ProposalAgenda>> ProposalAgenda::create(Database& database) {
    auto agenda = std::make_unique<ProposalAgenda>();
    AIVA_TRY(agenda->m_withoutProposal, database.prepare(kWithoutProposal));
    AIVA_TRY(agenda->m_open, database.prepare(kOpenProposal));
    AIVA_TRY(agenda->m_newest, database.prepare(kNewestProposal));
    AIVA_TRY(agenda->m_waiting, database.prepare(kWaiting));
    return agenda;
}

Result<std::vector<ConversationId>> ProposalAgenda::collect(Statement& statement, int limit) {
    std::vector<ConversationId> ids;
    statement.bind(1, limit);
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return ids;
        ids.push_back(statement.id<ConversationId>(0));
    }
}

Result<std::vector<ConversationId>> ProposalAgenda::withoutProposal(int limit) {
    return collect(m_withoutProposal, limit);
}

Result<std::vector<ConversationId>> ProposalAgenda::open(int limit) {
    return collect(m_open, limit);
}

Result<std::vector<ConversationId>> ProposalAgenda::newest(int limit) {
    return collect(m_newest, limit);
}

Result<std::vector<std::pair<ConversationId, OutboxId>>> ProposalAgenda::waitingByThemselves() {
    std::vector<std::pair<ConversationId, OutboxId>> waiting;
    for (;;) {
        AIVA_TRY(const bool more, m_waiting.step());
        if (!more) return waiting;
        waiting.emplace_back(m_waiting.id<ConversationId>(0), m_waiting.id<OutboxId>(1));
    }
}

} // namespace aiva
