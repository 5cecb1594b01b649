#include "core/storage/answers/knowledge_repository.h"

#include "core/storage/answers/knowledge_reader.h"

#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

class KnowledgeRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement insert;
    Statement update;
    Statement remove;
    std::unique_ptr<KnowledgeReader> reader;
};

static constexpr int kLongestReturnDays = 3650;

static constexpr std::string_view kInsertKnowledge = R"sql(
INSERT INTO knowledge (store_id, kind, title, text, url, updated_at) VALUES (?2, ?3, ?4, ?5, ?6, ?7))sql";

static constexpr std::string_view kUpdateKnowledge = R"sql(
UPDATE knowledge SET kind = ?3, title = ?4, text = ?5, url = ?6, updated_at = ?7 WHERE id = ?1 AND store_id = ?2)sql";

static bool isWhole(const Knowledge& knowledge) {
    bool isNumber = false;
    const int days = knowledge.text.trimmed().toInt(&isNumber);
    const QUrl url(knowledge.url, QUrl::StrictMode);
    switch (knowledge.kind) {
    case KnowledgeKind::Policy:
    case KnowledgeKind::Faq:
        return !knowledge.title.trimmed().isEmpty() && !knowledge.text.trimmed().isEmpty();
    case KnowledgeKind::Contact:
    case KnowledgeKind::HandlingTime:
        return !knowledge.text.trimmed().isEmpty();
    case KnowledgeKind::Link:
        return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https" || url.scheme() == u"http");
    case KnowledgeKind::ReturnWindow:
        return isNumber && days > 0 && days <= kLongestReturnDays;
    }
    return false;
}

KnowledgeRepository::KnowledgeRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

KnowledgeRepository::~KnowledgeRepository() = default;

Result<std::unique_ptr<KnowledgeRepository>> KnowledgeRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->insert, database.prepare(kInsertKnowledge));
    AIVA_TRY(priv->update, database.prepare(kUpdateKnowledge));
    AIVA_TRY(priv->remove, database.prepare("DELETE FROM knowledge WHERE id = ?1"));
    AIVA_TRY(priv->reader, KnowledgeReader::create(database));
    return std::unique_ptr<KnowledgeRepository>(new KnowledgeRepository(std::move(priv)));
}

Result<KnowledgeId> KnowledgeRepository::save(const Knowledge& knowledge) {
    if (!isWhole(knowledge))
        return Error{ErrorKind::Invalid, u"%1 lacks what it has to say"_s.arg(toWord(knowledge.kind))};
    const bool isNew = !knowledge.id.isValid();
    Statement& statement = isNew ? d->insert : d->update;
    if (!isNew) statement.bind(1, knowledge.id);
    statement.bind(2, knowledge.store).bind(3, toWord(knowledge.kind)).bind(4, knowledge.title.simplified());
    statement.bind(5, knowledge.text.trimmed()).bind(6, knowledge.url.trimmed()).bind(7, knowledge.updatedAt);
    AIVA_CHECK(statement.run());
    if (isNew) return KnowledgeId(d->database.lastInsertId());
    if (d->database.changes() == 0) return Error{ErrorKind::NotFound, u"there is no such knowledge of the store"_s};
    return knowledge.id;
}

Result<void> KnowledgeRepository::remove(KnowledgeId id) {
    return d->remove.bind(1, id).run();
}

Result<std::vector<Knowledge>> KnowledgeRepository::ofStore(StoreId store) {
    return d->reader->ofStore(store);
}

} // namespace aiva
