#include "core/storage/answers/proposal_repository.h"

#include "core/storage/answers/proposal_reader.h"

#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

class ProposalRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    std::unique_ptr<ProposalReader> reader;
    Statement save;
    Statement remove;
    Statement setState;
    Statement setOutbox;

    Result<void> runOnOne(Statement& statement, const char* missing);
};

// Only for a conversation that still stands: one made while two were merged belongs to neither.
static constexpr std::string_view kSaveProposal = R"sql(
INSERT INTO proposals (conversation_id, message_id, state, intent, draft, facts, verdict, gate, hand_over, basis,
    made_at, outbox_id)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM conversations WHERE id = ?1
ON CONFLICT DO UPDATE SET message_id = excluded.message_id, state = excluded.state, intent = excluded.intent,
    draft = excluded.draft, facts = excluded.facts, verdict = excluded.verdict, gate = excluded.gate,
    hand_over = excluded.hand_over, basis = excluded.basis, made_at = excluded.made_at,
    outbox_id = excluded.outbox_id)sql";

static std::optional<qint64> valueOf(OutboxId mail) {
    return mail.isValid() ? std::optional(mail.value()) : std::nullopt;
}

Result<void> ProposalRepository::Private::runOnOne(Statement& statement, const char* missing) {
    AIVA_CHECK(statement.run());
    if (database.changes() == 0) return Error{ErrorKind::NotFound, QString::fromLatin1(missing)};
    return {};
}

ProposalRepository::ProposalRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ProposalRepository::~ProposalRepository() = default;

Result<std::unique_ptr<ProposalRepository>> ProposalRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->reader, ProposalReader::create(database));
    AIVA_TRY(priv->save, database.prepare(kSaveProposal));
    AIVA_TRY(priv->remove, database.prepare("DELETE FROM proposals WHERE conversation_id = ?1"));
    AIVA_TRY(priv->setState, database.prepare("UPDATE proposals SET state = ?2 WHERE conversation_id = ?1"));
    AIVA_TRY(priv->setOutbox, database.prepare("UPDATE proposals SET outbox_id = ?2 WHERE conversation_id = ?1"));
    return std::unique_ptr<ProposalRepository>(new ProposalRepository(std::move(priv)));
}

Result<void> ProposalRepository::save(const Proposal& proposal) {
    const QByteArray intent = QJsonDocument(toJsonObject(proposal.intent)).toJson(QJsonDocument::Compact);
    d->save.bind(1, proposal.conversation).bind(2, proposal.answers).bind(3, toWord(proposal.state));
    d->save.bind(4, QString::fromUtf8(intent)).bind(5, proposal.draft ? toJson(*proposal.draft) : u""_s);
    d->save.bind(6, toJson(proposal.facts)).bind(7, toJson(proposal.verdict)).bind(8, toJson(proposal.gate));
    d->save.bind(9, proposal.handOver).bind(10, toJson(proposal.basis)).bind(11, proposal.madeAt);
    return d->runOnOne(d->save.bind(12, valueOf(proposal.outbox)), "the conversation is gone");
}

Result<std::optional<Proposal>> ProposalRepository::byConversation(ConversationId conversation) {
    return d->reader->byConversation(conversation);
}

Result<std::optional<Proposal>> ProposalRepository::byOutbox(OutboxId mail) {
    return d->reader->byOutbox(mail);
}

Result<void> ProposalRepository::remove(ConversationId conversation) {
    return d->remove.bind(1, conversation).run();
}

Result<void> ProposalRepository::setState(ConversationId conversation, ProposalState state) {
    return d->runOnOne(d->setState.bind(1, conversation).bind(2, toWord(state)), "there is no proposal");
}

Result<void> ProposalRepository::setOutbox(ConversationId conversation, OutboxId mail) {
    return d->runOnOne(d->setOutbox.bind(1, conversation).bind(2, valueOf(mail)), "there is no proposal");
}

} // namespace aiva
