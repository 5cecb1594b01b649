#include "core/readmodel/answer_query.h"

#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/answers/knowledge_reader.h"
#include "core/storage/answers/proposal_reader.h"

#include <limits>

namespace aiva {

class AnswerQuery::Private {
public:
    std::unique_ptr<ProposalReader> proposals;
    std::unique_ptr<AutoSendRepository> autoSend;
    std::unique_ptr<EndpointRepository> endpoints;
    std::unique_ptr<KnowledgeReader> knowledge;
    Statement audit;
    Statement auditOfConversation;
};

// ?1 behind which entry, ?2 from, ?3 until.
static constexpr std::string_view kAudit = R"sql(
SELECT a.id, a.at, a.actor, a.kind, a.store_id, a.conversation_id, a.detail, a.digest, c.subject
FROM audit a LEFT JOIN conversations c ON c.id = a.conversation_id
WHERE a.id < ?1 AND a.at >= ?2 AND a.at < ?3 ORDER BY a.id DESC)sql";

// And of the conversations that were merged into it: the log keeps the numbers it was written with.
static constexpr std::string_view kAuditOfConversation = R"sql(
SELECT a.id, a.at, a.actor, a.kind, a.store_id, a.conversation_id, a.detail, a.digest, c.subject
FROM audit a LEFT JOIN conversations c ON c.id = a.conversation_id
WHERE a.id IN (SELECT id FROM audit WHERE conversation_id = ?4 UNION ALL
    SELECT m.id FROM audit m JOIN conversation_moves v ON m.conversation_id = v.from_id
    WHERE v.to_id = ?4 AND v.kind = 'merge' AND v.reverted_at IS NULL)
    AND a.id < ?1 AND a.at >= ?2 AND a.at < ?3 ORDER BY a.id DESC)sql";

AnswerQuery::AnswerQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

AnswerQuery::~AnswerQuery() = default;

Result<std::unique_ptr<AnswerQuery>> AnswerQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->proposals, ProposalReader::create(reader));
    AIVA_TRY(priv->autoSend, AutoSendRepository::create(reader));
    AIVA_TRY(priv->endpoints, EndpointRepository::create(reader));
    AIVA_TRY(priv->knowledge, KnowledgeReader::create(reader));
    AIVA_TRY(priv->audit, reader.prepare(kAudit));
    AIVA_TRY(priv->auditOfConversation, reader.prepare(kAuditOfConversation));
    return std::unique_ptr<AnswerQuery>(new AnswerQuery(std::move(priv)));
}

Result<bool> AnswerQuery::isStill(const Proposal& known) {
    return d->proposals->isStill(known);
}

Result<std::optional<Proposal>> AnswerQuery::proposal(ConversationId conversation) {
    return d->proposals->byConversation(conversation);
}

Result<std::vector<AutoSendRule>> AnswerQuery::rules(StoreId store) {
    return d->autoSend->rules(store);
}

Result<EarnedRecord> AnswerQuery::record(StoreId store, Intent intent) {
    return d->autoSend->record(store, intent);
}

Result<bool> AnswerQuery::isAutoSendStopped() {
    return d->autoSend->isStopped();
}

Result<std::vector<ModelEndpoint>> AnswerQuery::endpoints() {
    return d->endpoints->all();
}

Result<std::vector<Knowledge>> AnswerQuery::knowledge(StoreId store) {
    return d->knowledge->ofStore(store);
}

// In the columns as they are: SQLite folds the case of ASCII only.
static bool holds(const Statement& row, const QString& text) {
    if (text.isEmpty()) return true;
    for (const int column : {3, 6, 8})
        if (row.text(column).contains(text, Qt::CaseInsensitive)) return true;
    return false;
}

static AuditEntryView entryFrom(const Statement& row) {
    AuditEntryView entry;
    entry.id = row.id<AuditId>(0);
    entry.at = row.time(1);
    entry.actor = row.text(2);
    entry.kind = row.text(3);
    if (!row.isNull(4)) entry.store = row.id<StoreId>(4);
    if (!row.isNull(5)) entry.conversation = row.id<ConversationId>(5);
    entry.detail = row.text(6);
    entry.digest = row.text(7);
    return entry;
}

Result<std::vector<AuditEntryView>> AnswerQuery::audit(const AuditFilter& filter, std::optional<AuditId> after,
                                                       int limit) {
    const UtcTime ever(std::numeric_limits<qint64>::max());
    Statement& row = filter.conversation ? d->auditOfConversation : d->audit;
    if (filter.conversation) row.bind(4, *filter.conversation);
    row.bind(1, after.value_or(AuditId(std::numeric_limits<qint64>::max())));
    row.bind(2, filter.from.value_or(UtcTime(std::numeric_limits<qint64>::min()))).bind(3, filter.until.value_or(ever));
    const QString text = filter.text.trimmed();
    std::vector<AuditEntryView> entries;
    while (static_cast<int>(entries.size()) < limit) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return entries;
        if (holds(row, text)) entries.push_back(entryFrom(row));
    }
    row.reset();
    return entries;
}

} // namespace aiva
