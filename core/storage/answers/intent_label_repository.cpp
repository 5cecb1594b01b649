#include "core/storage/answers/intent_label_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class IntentLabelRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement save;
    Statement ofMessage;
    Statement ofStore;
};

static constexpr double kMillion = 1e6;

static constexpr std::string_view kSaveLabel = R"sql(
INSERT OR REPLACE INTO intent_labels (message_id, store_id, predicted, confidence, label, made_at)
SELECT id, ?2, ?3, ?4, ?5, ?6 FROM messages WHERE id = ?1)sql";

static constexpr std::string_view kOfMessage = R"sql(
SELECT message_id, store_id, predicted, confidence, label, made_at FROM intent_labels WHERE message_id = ?1)sql";

static constexpr std::string_view kOfStore = R"sql(
SELECT l.message_id, l.store_id, l.predicted, l.confidence, l.label, l.made_at, m.subject, m.text
FROM intent_labels l JOIN messages m ON m.id = l.message_id
WHERE l.store_id = ?1 ORDER BY l.made_at DESC, l.message_id DESC LIMIT ?2)sql";

static IntentLabel labelFrom(const Statement& row) {
    return {row.id<MessageId>(0),
            row.id<StoreId>(1),
            intentFromWord(row.text(2)).value_or(Intent::Other),
            static_cast<double>(row.integer(3)) / kMillion,
            intentFromWord(row.text(4)).value_or(Intent::Other),
            row.time(5)};
}

IntentLabelRepository::IntentLabelRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

IntentLabelRepository::~IntentLabelRepository() = default;

Result<std::unique_ptr<IntentLabelRepository>> IntentLabelRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->save, database.prepare(kSaveLabel));
    AIVA_TRY(priv->ofMessage, database.prepare(kOfMessage));
    AIVA_TRY(priv->ofStore, database.prepare(kOfStore));
    return std::unique_ptr<IntentLabelRepository>(new IntentLabelRepository(std::move(priv)));
}

Result<void> IntentLabelRepository::save(const IntentLabel& label) {
    d->save.bind(1, label.message).bind(2, label.store).bind(3, toWord(label.predicted));
    d->save.bind(4, qRound64(label.confidence * kMillion));
    AIVA_CHECK(d->save.bind(5, toWord(label.label)).bind(6, label.madeAt).run());
    if (d->database.changes() == 0) return Error{ErrorKind::NotFound, u"the message is gone"_s};
    return {};
}

Result<std::optional<IntentLabel>> IntentLabelRepository::ofMessage(MessageId message) {
    AIVA_TRY(const bool found, d->ofMessage.bind(1, message).step());
    if (!found) return std::optional<IntentLabel>();
    std::optional<IntentLabel> label = labelFrom(d->ofMessage);
    d->ofMessage.reset();
    return label;
}

Result<std::vector<LabelledMail>> IntentLabelRepository::ofStore(StoreId store, int limit) {
    Statement& row = d->ofStore.bind(1, store).bind(2, limit);
    std::vector<LabelledMail> mails;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return mails;
        mails.push_back({labelFrom(row), row.text(6), row.text(7)});
    }
}

} // namespace aiva
