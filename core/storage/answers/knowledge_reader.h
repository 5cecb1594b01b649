// Reads what a store says of itself. KnowledgeRepository reads with it on the write connection, readmodel/answer_query
// on a reader: there the triggers that keep the full-text index cannot be prepared.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/knowledge.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class KnowledgeReader {
public:
    static Result<std::unique_ptr<KnowledgeReader>> create(Database& database);

    Result<std::vector<Knowledge>> ofStore(StoreId store); // by kind, then as they were made

private:
    KnowledgeReader() = default;

    Statement m_ofStore;
};

} // namespace aiva
