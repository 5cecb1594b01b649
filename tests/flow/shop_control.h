// What a flow test does to a running sandbox beside syncing from it, and what it holds against the cache.
#pragma once

#include "core/base/utc_time.h"
#include "core/storage/database/database.h"
#include "core/storage/workspace/workspace.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace aiva::test {

// One request to http://127.0.0.1:PORT; the body of the answer, empty when there was none within 30 s.
QByteArray askSandbox(const QString& baseUrl, const QByteArray& method, const QByteArray& path,
                      const QByteArray& body = {});

// Every record the shop holds, orders since `ordersSince` only: one line a record or child, as canonical text, money in
// minor units, times in milliseconds.
QStringList truthOf(const QString& baseUrl, const QString& currency, UtcTime ordersSince);
// The beginning of the window a first sync asks for (S1).
UtcTime windowStart();
// The same lines from a cache.
QStringList cacheLines(Database& database);

// A workspace some other process made with this key file, opened to look into.
class WorkspaceOnDisk {
public:
    WorkspaceOnDisk(const QString& dir, const QString& keyFile);
    Database* database() const { return m_database.get(); }

private:
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_database;
};

} // namespace aiva::test
