// ChildStage: the waiting room of a bulk file. Keeps lines whose parent is not at hand, and remembers which cached
// children a re-sent parent came without. A part of RecordWriter; emptied by finish, in the caller's transaction.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace aiva {

class ChildStage {
public:
    static Result<std::unique_ptr<ChildStage>> create(Database& writer, StoreId store);
    ~ChildStage();

    Result<void> addLine(Resource resource, std::string_view parentExternalId, std::string_view externalId,
                         qint64 position, std::string_view line);
    // A cached child its parent came without: removed at the end unless it comes late.
    Result<void> addSuspect(Resource resource, qint64 parent, std::string_view externalId);
    // Ids of one parent's suspects, which are then no longer suspected.
    Result<std::vector<std::string>> takeSuspects(Resource resource, qint64 parent);
    // A whole record came by another way: what the file still has for it is void.
    Result<void> supersede(Resource resource, qint64 parent, std::string_view parentExternalId);
    // The cache knows this parent newer than the file does: its late children are old news.
    Result<void> markStale(Resource resource, qint64 parent);
    Result<bool> isStale(Resource resource, qint64 parent);

    // Walks the lines parent by parent, each parent's by position; rewind() starts both walks over.
    void rewind();
    struct Line {
        std::string_view parentExternalId;
        std::string_view externalId;
        std::string_view text; // readable for 64 bytes behind its end
    };
    Result<bool> nextLine(Resource resource, Line& line);
    struct Suspect {
        qint64 parent = 0;
        std::string_view externalId;
    };
    Result<bool> nextSuspect(Resource resource, Suspect& suspect);
    Result<void> clear(Resource resource);

private:
    class Private;
    explicit ChildStage(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
