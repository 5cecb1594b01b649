// The audit log (P5): entries are appended and never changed; each carries the digest of the one before it, see
// domain/answering/audit_entry.h. Written by whoever decides or sends, in the transaction of what it tells of.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/audit_entry.h"
#include "core/storage/database/database.h"
#include "core/storage/privacy/audit_chain.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

class AuditRepository {
public:
    static Result<std::unique_ptr<AuditRepository>> create(Database& database);
    ~AuditRepository();

    // Invalid without a kind, or when the detail is no JSON object.
    Result<AuditId> append(const AuditNote& note);
    // Newest first, behind `after`.
    Result<std::vector<AuditEntry>> page(std::optional<AuditId> after, int limit);
    // Reads the whole log and names the first entry that does not hold.
    Result<AuditChain> verifyChain();

private:
    class Private;
    explicit AuditRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
