// PersonRecords: everything the cache knows of a person, as JSON by part (P1). Reads whole rows of every table that may
// hold something of theirs, named as the columns are; bytes of attachments come one by one. Changes nothing.
#pragma once

#include "core/storage/privacy/person_rows.h"

#include <QJsonArray>

#include <functional>
#include <memory>
#include <vector>

namespace aiva {

struct PersonPart {
    QString name; // customers, orders, conversations …: also the file's
    QJsonArray rows;
};

// A file of the person's: what they sent, what was sent to them, what was being written.
struct PersonFile {
    QString part; // attachments, draft_attachments, outbox
    qint64 id = 0;
    QString name; // as the mail says; not safe for a file system
    QByteArray content;
};

class PersonRecords {
public:
    static Result<std::unique_ptr<PersonRecords>> create(Database& database, PersonRows person);

    // In the order a person would read them. Parts without a row are there too: nothing is known is an answer.
    // `pseudonyms`: what the audit log calls the person's addresses.
    Result<std::vector<PersonPart>> parts(const QStringList& pseudonyms);
    // Stops at the first error `take` answers.
    Result<void> files(const std::function<Result<void>(const PersonFile&)>& take);

private:
    PersonRecords(Database& database, PersonRows person) : m_database(database), m_person(std::move(person)) {}
    Result<void> addRows(PersonPart& part, std::string_view sql, const std::vector<qint64>& keys);
    Result<void> addRows(PersonPart& part, std::string_view sql, const QStringList& keys);
    Result<void> addDeliveries(PersonPart& part, std::string_view sql);
    Result<void> filesOf(std::string_view part, std::string_view sql,
                         const std::function<Result<void>(const PersonFile&)>& take);

    Database& m_database;
    PersonRows m_person;
};

} // namespace aiva
