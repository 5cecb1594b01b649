// RecordRemover: takes records out of one store's cache that the shop no longer has, with everything that hangs on
// them. What people wrote stays: conversations keep their person while anything else speaks of it. Runs inside the
// caller's transaction; whoever calls has the shop's word that the record is gone.
#pragma once

#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"
#include "core/storage/people/profile_book.h"

#include <memory>
#include <optional>
#include <string>

namespace aiva {

class RecordRemover {
public:
    static Result<std::unique_ptr<RecordRemover>> create(Database& writer, StoreId store);
    ~RecordRemover();

    struct Removed {
        ProfileId profile; // whose record it was; invalid for products and orders of nobody
    };
    // Absent when the cache does not have it. A customer's orders stay and wait for a customer again.
    Result<std::optional<Removed>> remove(Resource resource, const std::string& externalId);
    // `from` lost its customer to the one named: the shop merged them. Everything else it has follows.
    Result<void> follow(ProfileId from, const std::string& customerExternalId);

private:
    class Private;
    explicit RecordRemover(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
