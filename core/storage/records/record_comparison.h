// RecordComparison: what the source holds beside what the cache holds, for one store (S11). The marks of a sweep stand
// in a temporary table; the questions walk the cache in short chunks, so that the writing thread is free in between.
// Used by ReconcileRun; changes no row of the cache.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/ports/store_port.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aiva {

class RecordComparison {
public:
    static Result<std::unique_ptr<RecordComparison>> create(Database& writer, StoreId store);
    ~RecordComparison(); // the marks go with it

    // What a chunk of the walk found, in the order of ids. Ask again with `last`; `rows` below the chunk's size: the
    // end.
    struct Survey {
        std::string last;
        qint64 rows = 0;
        qint64 rowsSince = 0; // created at `since` or later
        std::optional<UtcTime> oldest;
    };
    Result<Survey> survey(Resource resource, UtcTime since, const std::string& after);

    Result<void> forgetMarks();
    Result<void> addMarks(const std::vector<RecordMark>& marks);

    struct Found {
        std::vector<std::string> ids;
        std::string last;
        qint64 rows = 0;
    };
    // In the cache, created at `since` or later, and not among the marks.
    Result<Found> unmarked(Resource resource, UtcTime since, const std::string& after);
    // Among the marks, created at `since` or later, and not in the cache.
    Result<Found> absent(Resource resource, UtcTime since, const std::string& after);
    // In the cache with an older change than the marks say.
    Result<Found> outdated(Resource resource, const std::string& after);

    // Orders that name a customer the cache does not have.
    struct Reference {
        std::string order;
        std::string customer;
    };
    Result<std::vector<Reference>> brokenReferences(const std::string& after);

    static constexpr int chunk = 2'000;

private:
    class Private;
    explicit RecordComparison(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
