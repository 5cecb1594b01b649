// The schema's history: numbered SQL files, each applied once in one transaction. Database::open runs it; a new file
// takes the same path as an old one, and a newer schema than known is refused with the file untouched.
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace aiva {

class Database;

struct Migration {
    int version = 0; // user_version once applied; 1, 2, 3 … without gaps
    QString name;
    QByteArray sql;
};

// resources/migrations/NNNN_name.sql as compiled in, in order.
Result<std::vector<Migration>> builtInMigrations();

// user_version of the file; 0 for a new one.
Result<int> schemaVersion(Database& database);

// NewerSchema when the file is ahead of the list, DamagedFile when it is not one of ours.
Result<void> checkSchema(Database& database, const std::vector<Migration>& migrations);

// checkSchema(), then everything the file has not seen yet.
Result<void> migrate(Database& database, const std::vector<Migration>& migrations);

} // namespace aiva
