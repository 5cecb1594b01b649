#include "core/storage/privacy/queued_person_data.h"

#include "core/domain/mentions.h"
#include "core/storage/privacy/person_eraser.h"
#include "core/storage/webhooks/delivery_subject.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kSettleErased = R"sql(
UPDATE webhook_deliveries SET state = 'done', result = 'erased', settled_at = ifnull(settled_at, ?2) WHERE id = ?1)sql";

// What a shop asks about a person stands in its own queue and is closed as a task.
constexpr std::string_view kWaitingBodies = R"sql(
SELECT b.delivery, b.body, d.topic, s.id FROM webhook_bodies b JOIN webhook_deliveries d ON d.id = b.delivery
LEFT JOIN stores s ON s.kind = d.source AND s.domain = d.shop
WHERE d.topic NOT IN ('customers/redact', 'customers/data_request', 'shop/redact') OR d.state <> 'queued')sql";

// ?2 zero: of every store.
constexpr std::string_view kDropLines =
    "DELETE FROM bulk_children WHERE instr(lower(line), lower(?1)) AND (?2 = 0 OR store_id = ?2)";

constexpr std::string_view kForgetReread =
    "DELETE FROM record_rereads WHERE store_id = ?1 AND resource = 'customers' AND external_id = ?2";
constexpr std::string_view kForgetTombstone =
    "DELETE FROM record_tombstones WHERE store_id = ?1 AND resource = 'customers' AND external_id = ?2";
constexpr std::string_view kForgetCustomerFaults = R"sql(
DELETE FROM sync_faults WHERE resource = 'customers' AND external_id = ?2
    AND job_id IN (SELECT id FROM sync_jobs WHERE store_id = ?1))sql";
constexpr std::string_view kForgetOrderFaults = R"sql(
DELETE FROM sync_faults WHERE resource = 'orders' AND external_id = ?2
    AND job_id IN (SELECT id FROM sync_jobs WHERE store_id = ?1))sql";

// JSON may write "@" or "+" as an escape; nobody who sends us webhooks does.
bool tells(const QByteArray& body, const QStringList& words) {
    return mentions(QString::fromUtf8(body), words);
}

QJsonValue withoutMentions(const QJsonValue& value, const QStringList& words) {
    if (value.isString()) {
        QString text = value.toString();
        eraseMentions(text, words);
        return text;
    }
    if (value.isArray()) {
        QJsonArray made;
        const QJsonArray array = value.toArray();
        for (const QJsonValue& element : array)
            made.append(withoutMentions(element, words));
        return made;
    }
    if (!value.isObject()) return value;
    QJsonObject made;
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field)
        made.insert(field.key(), withoutMentions(field.value(), words));
    return made;
}

struct WaitingBody {
    qint64 delivery = 0;
    QByteArray masked; // empty: it goes whole
};

} // namespace

Result<std::unique_ptr<QueuedPersonData>> QueuedPersonData::create(Database& writer) {
    return std::unique_ptr<QueuedPersonData>(new QueuedPersonData(writer));
}

Result<qint64> QueuedPersonData::run(std::string_view sql, const QString& key) {
    AIVA_TRY(Statement statement, m_writer.prepare(sql));
    AIVA_CHECK(statement.bind(1, key).run());
    return static_cast<qint64>(m_writer.changes());
}

Result<void> QueuedPersonData::erase(const PersonRows& person, UtcTime at, ErasureCounts& counts) {
    AIVA_TRY(const qint64 bodies, eraseBodies(person, at));
    AIVA_TRY(const qint64 lines, eraseLines(person));
    AIVA_TRY(const qint64 names, eraseRecordNames(person));
    counts.queued += bodies + lines + names;
    AIVA_TRY(const qint64 tasks, closeTasks(person, at));
    counts.tasks += tasks;
    if (!person.isWhole) return {};
    for (const QString& address : person.addresses)
        for (const std::string_view sql :
             {std::string_view("UPDATE draft_outcomes SET customer_email = '' WHERE customer_email = ?1"),
              std::string_view("DELETE FROM match_corrections WHERE email = ?1")})
            AIVA_CHECK(run(sql, address));
    return {};
}

Result<qint64> QueuedPersonData::eraseBodies(const PersonRows& person, UtcTime at) {
    const QStringList words = tellingWords(person);
    std::vector<WaitingBody> found;
    AIVA_TRY(Statement bodies, m_writer.prepare(kWaitingBodies));
    for (;;) {
        AIVA_TRY(const bool more, bodies.step());
        if (!more) break;
        const std::optional<StoreId> store = bodies.isNull(3) ? std::nullopt : std::optional(bodies.id<StoreId>(3));
        const bool isConcerned = person.isWhole || store == person.store;
        const QByteArray body = bodies.blob(1);
        if (!isConcerned || !tells(body, words)) continue;
        WaitingBody waiting{bodies.integer(0), {}};
        const QJsonObject payload = QJsonDocument::fromJson(body).object();
        // An id is somebody's own mark, and a record without it cannot be read; an address or phone is only text.
        if (subjectOf(bodies.text(2), payload, store, person) == DeliverySubject::Anothers)
            waiting.masked =
                QJsonDocument(withoutMentions(payload, spelledOut(person)).toObject()).toJson(QJsonDocument::Compact);
        found.push_back(std::move(waiting));
    }
    AIVA_TRY(Statement settle, m_writer.prepare(kSettleErased));
    AIVA_TRY(Statement drop, m_writer.prepare("DELETE FROM webhook_bodies WHERE delivery = ?1"));
    AIVA_TRY(Statement mask, m_writer.prepare("UPDATE webhook_bodies SET body = ?2 WHERE delivery = ?1"));
    for (const WaitingBody& body : found) {
        if (!body.masked.isEmpty()) {
            AIVA_CHECK(mask.bind(1, body.delivery).bind(2, body.masked).run());
            continue;
        }
        AIVA_CHECK(settle.bind(1, body.delivery).bind(2, at).run());
        AIVA_CHECK(drop.bind(1, body.delivery).run());
    }
    return static_cast<qint64>(found.size());
}

// Its file goes too, and that sync begins again: nothing of another is lost with a line.
Result<qint64> QueuedPersonData::eraseLines(const PersonRows& person) {
    AIVA_TRY(Statement statement, m_writer.prepare(kDropLines));
    qint64 erased = 0;
    const QStringList words = tellingWords(person);
    for (const QString& word : words) {
        statement.bind(1, word).bind(2, person.isWhole ? StoreId() : person.store.value_or(StoreId()));
        AIVA_CHECK(statement.run());
        erased += m_writer.changes();
    }
    return erased;
}

Result<qint64> QueuedPersonData::eraseRecordNames(const PersonRows& person) {
    qint64 erased = 0;
    const auto eraseNames = [&](std::string_view sql, const std::vector<StoreRecordName>& names) -> Result<void> {
        AIVA_TRY(Statement statement, m_writer.prepare(sql));
        for (const StoreRecordName& name : names) {
            AIVA_CHECK(statement.bind(1, name.store).bind(2, name.externalId).run());
            erased += m_writer.changes();
        }
        return {};
    };
    for (const std::string_view sql : {kForgetReread, kForgetTombstone, kForgetCustomerFaults})
        AIVA_CHECK(eraseNames(sql, person.customerNames));
    AIVA_CHECK(eraseNames(kForgetOrderFaults, person.orderNames));
    return erased;
}

// Whether a shop asked for the data or for their end: there is nothing left to give or to erase. Another store's
// request about somebody it still knows stays open.
Result<qint64> QueuedPersonData::closeTasks(const PersonRows& person, UtcTime at) {
    AIVA_TRY(const auto tasks, PrivacyTasks::create(m_writer));
    AIVA_TRY(const std::vector<PrivacyTask> pending, tasks->pending());
    qint64 closed = 0;
    for (const PrivacyTask& task : pending) {
        if (!isAbout(task, person)) continue;
        AIVA_CHECK(tasks->setDone(task.id, at));
        ++closed;
    }
    return closed;
}

} // namespace aiva
