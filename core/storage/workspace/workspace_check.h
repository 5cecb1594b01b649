// The examination behind Workspace::check(). Used by workspace.cpp only.
#pragma once

#include "core/storage/vault/key_bytes.h"

#include <QStringList>

namespace aiva {

// Every page, SQLite's own integrity, references, full-text indexes, sealed secrets and the audit log's chain; a
// sentence per problem. The database's key must be lent. An error only when looking itself was impossible.
Result<QStringList> checkDatabase(const QString& databasePath, const KeyBytes& workspaceKey);

} // namespace aiva
