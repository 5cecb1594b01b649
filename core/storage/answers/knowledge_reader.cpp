#include "core/storage/answers/knowledge_reader.h"

namespace aiva {

static constexpr std::string_view kKnowledgeOfStore = R"sql(
SELECT id, store_id, kind, title, text, url, updated_at FROM knowledge WHERE store_id = ?1 ORDER BY kind, id)sql";

Result<std::unique_ptr<KnowledgeReader>> KnowledgeReader::create(Database& database) {
    std::unique_ptr<KnowledgeReader> made(new KnowledgeReader);
    AIVA_TRY(made->m_ofStore, database.prepare(kKnowledgeOfStore));
    return made;
}

Result<std::vector<Knowledge>> KnowledgeReader::ofStore(StoreId store) {
    Statement& row = m_ofStore.bind(1, store);
    std::vector<Knowledge> found;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return found;
        const auto kind = knowledgeKindFromWord(row.text(2));
        if (kind)
            found.push_back({row.id<KnowledgeId>(0), row.id<StoreId>(1), *kind, row.text(3), row.text(4), row.text(5),
                             row.time(6)});
    }
}

} // namespace aiva
