// Reads what a store says of itself. KnowledgeRepository reads with it on the write connection, readmodel and whoever
// collects facts on a reader: there the triggers that keep the full-text index cannot be prepared.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/knowledge.h"
#include "core/storage/database.h"

#include <memory>
#include <vector>

namespace aiva {

class KnowledgeReader {
public:
    static Result<std::unique_ptr<KnowledgeReader>> create(Database& database);

    Result<std::vector<Knowledge>> ofStore(StoreId store); // by kind, then as they were made
    // Policies and FAQ of the store that hold some of the text's words, the best first.
    Result<std::vector<Knowledge>> search(StoreId store, const QString& text, int limit);

private:
    KnowledgeReader() = default;
    static Result<std::vector<Knowledge>> rows(Statement& statement);

    Statement m_ofStore;
    Statement m_search;
};

} // namespace aiva
