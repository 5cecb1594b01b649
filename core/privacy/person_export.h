// Gives a person what we know of them (P1): a folder with person.json, index.html and their files. Called by aivactl
// and the desk on the write connection's thread; writes no row but the audit entry and the end of the shop's request.
#pragma once

#include "core/base/clock.h"
#include "core/domain/answering/audit_entry.h"
#include "core/storage/privacy/person_rows.h"

#include <QJsonObject>
#include <QMap>

namespace aiva {

struct PersonExport {
    QString dir;
    QMap<QString, qint64> rows; // by part
    qint64 files = 0;
    qint64 tasks = 0; // requests of shops that are answered by this
};

// `dir` must not be there yet, or be empty: Conflict otherwise. It is made whole or not at all, mode 0700. NotFound
// when nobody is known by this question. `answers`: the request it was asked by, if any.
Result<PersonExport> exportPerson(Database& writer, const Clock& clock, const PersonQuestion& question,
                                  const QString& dir, AuditActor actor, PrivacyTaskId answers = {});

QJsonObject toJson(const PersonExport& exported);

} // namespace aiva
