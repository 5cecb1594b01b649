// Canned replies: texts with variables that are inserted into drafts. Written by the settings page through the desk.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/reply/canned_reply.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class CannedReplyRepository {
public:
    static Result<std::unique_ptr<CannedReplyRepository>> create(Database& database);
    ~CannedReplyRepository();

    // With an id: that one, else a new one. Conflict when another has the name, Invalid without name or text.
    Result<CannedReplyId> save(const CannedReply& reply, UtcTime at);
    Result<void> remove(CannedReplyId id);
    Result<void> countUse(CannedReplyId id);
    Result<std::vector<CannedReply>> all(); // by name

private:
    class Private;
    explicit CannedReplyRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
