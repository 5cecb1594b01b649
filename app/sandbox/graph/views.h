// Small values the root fields answer with, beside the world's own records.
#pragma once

#include "core/base/utc_time.h"

#include <optional>
#include <string>
#include <vector>

namespace aiva::sandbox {

struct CountView {
    std::int64_t count = 0;
    bool exact = true;
};

struct BulkView {
    std::string id;
    std::string status; // CREATED RUNNING COMPLETED CANCELING CANCELED FAILED EXPIRED
    std::string errorCode;
    std::string query;
    std::string url;
    std::string partialUrl;
    std::int64_t objectCount = 0;
    std::int64_t rootObjectCount = 0;
    std::int64_t fileSize = 0;
    UtcTime createdAt;
    std::optional<UtcTime> completedAt;
};

struct UserErrorView {
    std::string code;
    std::string message;
};

// Of bulkOperationRunQuery and bulkOperationCancel.
struct BulkAnswer {
    std::optional<BulkView> operation;
    std::vector<UserErrorView> errors;
};

struct HookView {
    std::string id;
    std::string topic; // ORDERS_UPDATED
    std::string uri;
    std::string format = "JSON";
    std::string name;
};

// Of webhookSubscriptionCreate and its kin.
struct HookAnswer {
    std::optional<HookView> hook;
    std::string deletedId;
    std::vector<UserErrorView> errors;
};

} // namespace aiva::sandbox
