#include "core/storage/database/migrations.h"

#include "core/base/log.h"
#include "core/storage/database/database.h"

#include <QDir>
#include <QFile>

// A static library's resources are not registered unless something names them; the macro works at global scope only.
static void registerMigrationFiles() {
    Q_INIT_RESOURCE(migrations);
}

namespace aiva {

using namespace Qt::StringLiterals;

// "Aiva" in ASCII: tells our files apart (PRAGMA application_id).
static constexpr qint64 kApplicationId = 0x41697661;

Result<std::vector<Migration>> builtInMigrations() {
    registerMigrationFiles();
    std::vector<Migration> migrations;
    const QDir folder(u":/migrations"_s);
    const QStringList names = folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::Internal, u"unreadable resource "_s + name};
        migrations.push_back({name.left(4).toInt(), name.mid(5).chopped(4), file.readAll()});
        if (migrations.back().version != static_cast<int>(migrations.size()))
            return Error{ErrorKind::Internal, u"migration out of order: "_s + name};
    }
    if (migrations.empty()) return Error{ErrorKind::Internal, u"no migration is compiled in"_s};
    return migrations;
}

static Result<qint64> integerOf(Database& database, std::string_view sql) {
    AIVA_TRY(Statement statement, database.prepare(sql));
    AIVA_TRY(const bool found, statement.step());
    return found ? statement.integer(0) : 0;
}

Result<int> schemaVersion(Database& database) {
    AIVA_TRY(const qint64 version, integerOf(database, "PRAGMA user_version"));
    return static_cast<int>(version);
}

Result<void> checkSchema(Database& database, const std::vector<Migration>& migrations) {
    AIVA_TRY(const int version, schemaVersion(database));
    AIVA_TRY(const qint64 applicationId, integerOf(database, "PRAGMA application_id"));
    AIVA_TRY(const qint64 objects, integerOf(database, "SELECT count(*) FROM sqlite_schema"));
    const bool isNew = version == 0 && objects == 0;
    if (!isNew && applicationId != kApplicationId)
        return Error{ErrorKind::Storage, u"the file is not an Aiva workspace"_s, ErrorCause::DamagedFile};
    if (version > static_cast<int>(migrations.size()))
        return Error{ErrorKind::Storage,
                     u"the file has schema %1, this Aiva knows up to %2"_s.arg(version).arg(migrations.size()),
                     ErrorCause::NewerSchema};
    return {};
}

static Result<void> apply(Database& database, const Migration& migration) {
    AIVA_TRY(const auto transaction, Transaction::begin(database));
    // Read again under the write lock: another process may have been faster.
    AIVA_TRY(const int version, schemaVersion(database));
    if (version >= migration.version) return {};
    AIVA_CHECK(database.execute({migration.sql.constData(), static_cast<size_t>(migration.sql.size())}));
    const QByteArray stamp = "PRAGMA application_id=" + QByteArray::number(kApplicationId) +
                             ";PRAGMA user_version=" + QByteArray::number(migration.version);
    AIVA_CHECK(database.execute({stamp.constData(), static_cast<size_t>(stamp.size())}));
    return transaction->commit();
}

Result<void> migrate(Database& database, const std::vector<Migration>& migrations) {
    AIVA_CHECK(checkSchema(database, migrations));
    AIVA_TRY(const int version, schemaVersion(database));
    for (const Migration& migration : migrations) {
        if (migration.version <= version) continue;
        if (auto applied = apply(database, migration); !applied) {
            Error error = applied.error();
            error.detail = u"migration %1 %2: %3"_s.arg(migration.version).arg(migration.name, error.detail);
            return error;
        }
        qCInfo(logStorage) << "schema migrated to" << migration.version << migration.name;
    }
    return {};
}

} // namespace aiva
