// What the law asks for and a shop passed on (P1 to P3): open until somebody, or Aiva itself, has done it. Written by
// core/webhook, closed by whoever exports or erases.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"
#include "core/storage/webhooks/webhook_queue.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct PrivacyTask {
    PrivacyTaskId id;
    StoreId store;
    QString kind;    // data_request, customer_redact, shop_redact
    QString subject; // JSON {"customer":{"id","email","phone"},"orders":["gid…"],"request":"…"}
    UtcTime requestedAt;
    UtcTime dueAt;
    std::optional<UtcTime> doneAt;
};

// What a request says of whom it is about: by its own names, a store's customers and orders.
struct PersonQuestion;
PersonQuestion questionOf(const PrivacyTask& task);
// A request about this person; never a shop's about itself, nor another store's.
struct PersonRows;
bool isAbout(const PrivacyTask& task, const PersonRows& person);

class PrivacyTasks {
public:
    static Result<std::unique_ptr<PrivacyTasks>> create(Database& database);

    // False: this delivery has its task already.
    Result<bool> add(const PrivacyTask& task, DeliveryId delivery);
    // Those that are due first.
    Result<std::vector<PrivacyTask>> pending();
    // Absent: there is none, or it is closed.
    Result<std::optional<PrivacyTask>> pendingById(PrivacyTaskId id);
    // Who it was about is forgotten with it.
    Result<void> setDone(PrivacyTaskId id, UtcTime at);

private:
    explicit PrivacyTasks(Database& database) : m_database(database) {}

    Database& m_database;
    Statement m_add;
    Statement m_pending;
    Statement m_pendingById;
    Statement m_setDone;
};

} // namespace aiva
