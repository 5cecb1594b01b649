// What is queued or staged about a person who is erased: deliveries of shops not applied yet or failed, staged lines of
// a bulk file, records to be read again, causes of faults, requests of shops. Another buyer's delivery that only spells
// them out stays, without it; so does what is another store's, unless the person goes whole. A part of PersonEraser;
// runs inside its transaction.
#pragma once

#include "core/base/utc_time.h"
#include "core/storage/privacy/person_rows.h"

#include <memory>

namespace aiva {

struct ErasureCounts;

class QueuedPersonData {
public:
    static Result<std::unique_ptr<QueuedPersonData>> create(Database& writer);

    Result<void> erase(const PersonRows& person, UtcTime at, ErasureCounts& counts);

private:
    explicit QueuedPersonData(Database& writer) : m_writer(writer) {}
    Result<qint64> eraseBodies(const PersonRows& person, UtcTime at);
    Result<qint64> eraseLines(const PersonRows& person);
    Result<qint64> eraseRecordNames(const PersonRows& person);
    Result<qint64> closeTasks(const PersonRows& person, UtcTime at);
    Result<qint64> run(std::string_view sql, const QString& key);

    Database& m_writer;
};

} // namespace aiva
