#include "core/storage/knowledge_reader.h"

#include <QSet>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kMostWords = 32; // of a question; more only repeat it
static constexpr qsizetype kShortestWord = 3;

static constexpr std::string_view kOfStore = R"sql(
SELECT id, store_id, kind, title, text, url, updated_at FROM knowledge WHERE store_id = ?1 ORDER BY kind, id)sql";

// A title's word says more than one of the text. Stores hold tens of rows, so what other stores' rows match costs
// little.
static constexpr std::string_view kSearch = R"sql(
SELECT k.id, k.store_id, k.kind, k.title, k.text, k.url, k.updated_at
FROM knowledge_fts f JOIN knowledge k ON k.id = f.rowid
WHERE f.knowledge_fts MATCH ?2 AND k.store_id = ?1 AND k.kind IN ('policy', 'faq')
ORDER BY bm25(knowledge_fts, 4.0, 1.0), k.id LIMIT ?3)sql";

// "word" OR "word": quoted, so that nothing a customer writes is an operator.
static QString anyWordOf(const QString& text) {
    QStringList quoted;
    QSet<QString> seen;
    QString word;
    for (const QChar c : text + u' ') {
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate()) {
            word += c;
            continue;
        }
        const QString key = word.toCaseFolded();
        if (word.size() >= kShortestWord && !seen.contains(key)) {
            seen.insert(key);
            quoted.append(u'"' + word + u'"');
        }
        word.clear();
        if (quoted.size() == kMostWords) break;
    }
    return quoted.join(u" OR "_s);
}

Result<std::unique_ptr<KnowledgeReader>> KnowledgeReader::create(Database& database) {
    std::unique_ptr<KnowledgeReader> made(new KnowledgeReader);
    AIVA_TRY(made->m_ofStore, database.prepare(kOfStore));
    AIVA_TRY(made->m_search, database.prepare(kSearch));
    return made;
}

Result<std::vector<Knowledge>> KnowledgeReader::rows(Statement& statement) {
    std::vector<Knowledge> found;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return found;
        const auto kind = knowledgeKindFromWord(statement.text(2));
        if (kind)
            found.push_back({statement.id<KnowledgeId>(0), statement.id<StoreId>(1), *kind, statement.text(3),
                             statement.text(4), statement.text(5), statement.time(6)});
    }
}

Result<std::vector<Knowledge>> KnowledgeReader::ofStore(StoreId store) {
    return rows(m_ofStore.bind(1, store));
}

Result<std::vector<Knowledge>> KnowledgeReader::search(StoreId store, const QString& text, int limit) {
    const QString words = anyWordOf(text);
    if (words.isEmpty()) return std::vector<Knowledge>();
    return rows(m_search.bind(1, store).bind(2, words).bind(3, limit));
}

} // namespace aiva
