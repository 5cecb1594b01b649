#include "core/storage/answers/outcome_repository.h"

namespace aiva {

class OutcomeRepository::Private {
public:
    Statement add;
    Statement ofConversation;
};

static constexpr std::string_view kAddOutcome = R"sql(
INSERT INTO draft_outcomes (store_id, conversation_id, customer_email, intent, source, outcome, was_shadow_send, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))sql";

static constexpr std::string_view kOutcomesOf = R"sql(
SELECT store_id, conversation_id, customer_email, intent, source, outcome, was_shadow_send, at FROM draft_outcomes
WHERE conversation_id = ?1 ORDER BY at, id)sql";

OutcomeRepository::OutcomeRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

OutcomeRepository::~OutcomeRepository() = default;

Result<std::unique_ptr<OutcomeRepository>> OutcomeRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->add, database.prepare(kAddOutcome));
    AIVA_TRY(priv->ofConversation, database.prepare(kOutcomesOf));
    return std::unique_ptr<OutcomeRepository>(new OutcomeRepository(std::move(priv)));
}

Result<void> OutcomeRepository::add(const DraftOutcomeRecord& outcome) {
    d->add.bind(1, outcome.store).bind(2, outcome.conversation).bind(3, outcome.customerEmail);
    d->add.bind(4, toWord(outcome.intent)).bind(5, toWord(outcome.source)).bind(6, toWord(outcome.outcome));
    return d->add.bind(7, outcome.wasShadowSend).bind(8, outcome.at).run();
}

Result<std::vector<DraftOutcomeRecord>> OutcomeRepository::ofConversation(ConversationId conversation) {
    Statement& row = d->ofConversation.bind(1, conversation);
    std::vector<DraftOutcomeRecord> outcomes;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return outcomes;
        const AnswerSource source = row.view(4) == "model" ? AnswerSource::Model : AnswerSource::Playbook;
        outcomes.push_back({row.id<StoreId>(0), row.id<ConversationId>(1), row.text(2),
                            intentFromWord(row.text(3)).value_or(Intent::Other), source,
                            draftOutcomeFromWord(row.text(5)).value_or(DraftOutcome::Discarded), row.boolean(6),
                            row.time(7)});
    }
}

} // namespace aiva
