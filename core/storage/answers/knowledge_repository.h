// What a store says of itself: policies, FAQ, contacts, links, handling time, return window (A8). Written by the
// settings page through the desk, read where facts are collected.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/knowledge.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class KnowledgeRepository {
public:
    static Result<std::unique_ptr<KnowledgeRepository>> create(Database& database);
    ~KnowledgeRepository();

    // With an id: that one, else a new one. Invalid when the kind's own field is missing or no number of days.
    Result<KnowledgeId> save(const Knowledge& knowledge);
    Result<void> remove(KnowledgeId id);
    Result<std::vector<Knowledge>> ofStore(StoreId store); // by kind, then as they were made

private:
    class Private;
    explicit KnowledgeRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
