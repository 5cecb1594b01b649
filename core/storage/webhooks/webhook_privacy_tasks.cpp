#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include "core/domain/email_address.h"
#include "core/storage/privacy/person_rows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

PersonQuestion questionOf(const PrivacyTask& task) {
    const QJsonObject subject = QJsonDocument::fromJson(task.subject.toUtf8()).object();
    const QJsonObject customer = subject.value("customer"_L1).toObject();
    PersonQuestion question{customer.value("email"_L1).toString(), task.store};
    const QString id = customer.value("id"_L1).toString();
    if (!id.isEmpty()) question.customerExternalIds << id;
    const QJsonArray orders = subject.value("orders"_L1).toArray();
    for (const QJsonValue& order : orders)
        question.orderExternalIds << order.toString();
    return question;
}

bool isAbout(const PrivacyTask& task, const PersonRows& person) {
    if (task.kind == "shop_redact"_L1 || (person.store && task.store != *person.store)) return false;
    const PersonQuestion asked = questionOf(task);
    const QString address = normalizedEmail(asked.address);
    if (!address.isEmpty() && person.addresses.contains(address)) return true;
    return std::any_of(person.customerNames.begin(), person.customerNames.end(), [&](const StoreRecordName& name) {
        return name.store == task.store && asked.customerExternalIds.contains(name.externalId);
    });
}

static constexpr std::string_view kAddPrivacyTask = R"sql(
INSERT INTO privacy_tasks (store_id, kind, subject, requested_at, due_at, state, delivery)
VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6)
ON CONFLICT (delivery) DO NOTHING)sql";

static constexpr std::string_view kPendingPrivacyTasks = R"sql(
SELECT id, store_id, kind, subject, requested_at, due_at, done_at FROM privacy_tasks
WHERE state = 'pending' ORDER BY due_at, id)sql";
static constexpr std::string_view kPendingPrivacyTask = R"sql(
SELECT id, store_id, kind, subject, requested_at, due_at, done_at FROM privacy_tasks
WHERE state = 'pending' AND id = ?1)sql";

// Whose it was is nobody's business any more; which request it answered is.
static constexpr std::string_view kSetTaskDone = R"sql(
UPDATE privacy_tasks SET state = 'done', done_at = ?2,
    subject = json_object('request', ifnull(json_extract(subject, '$.request'), '')) WHERE id = ?1)sql";

Result<std::unique_ptr<PrivacyTasks>> PrivacyTasks::create(Database& database) {
    std::unique_ptr<PrivacyTasks> made(new PrivacyTasks(database));
    AIVA_TRY(made->m_add, database.prepare(kAddPrivacyTask));
    AIVA_TRY(made->m_pending, database.prepare(kPendingPrivacyTasks));
    AIVA_TRY(made->m_pendingById, database.prepare(kPendingPrivacyTask));
    AIVA_TRY(made->m_setDone, database.prepare(kSetTaskDone));
    return made;
}

Result<bool> PrivacyTasks::add(const PrivacyTask& task, DeliveryId delivery) {
    m_add.bind(1, task.store).bind(2, task.kind).bind(3, task.subject).bind(4, task.requestedAt);
    AIVA_CHECK(m_add.bind(5, task.dueAt).bind(6, delivery).run());
    return m_database.changes() > 0;
}

static PrivacyTask privacyTaskFrom(const Statement& row) {
    PrivacyTask task;
    task.id = row.id<PrivacyTaskId>(0);
    task.store = row.id<StoreId>(1);
    task.kind = row.text(2);
    task.subject = row.text(3);
    task.requestedAt = row.time(4);
    task.dueAt = row.time(5);
    task.doneAt = row.optionalTime(6);
    return task;
}

Result<std::vector<PrivacyTask>> PrivacyTasks::pending() {
    std::vector<PrivacyTask> tasks;
    for (;;) {
        AIVA_TRY(const bool more, m_pending.step());
        if (!more) return tasks;
        tasks.push_back(privacyTaskFrom(m_pending));
    }
}

Result<std::optional<PrivacyTask>> PrivacyTasks::pendingById(PrivacyTaskId id) {
    AIVA_TRY(const bool found, m_pendingById.bind(1, id).step());
    if (!found) return std::optional<PrivacyTask>();
    const std::optional<PrivacyTask> task = privacyTaskFrom(m_pendingById);
    m_pendingById.reset();
    return task;
}

Result<void> PrivacyTasks::setDone(PrivacyTaskId id, UtcTime at) {
    return m_setDone.bind(1, id).bind(2, at).run();
}

} // namespace aiva
