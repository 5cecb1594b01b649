// What a database holds, as text, so that two caches can be compared whatever way they were filled.
#pragma once

#include "core/storage/database/database.h"

#include <QStringList>

namespace aiva::test {

// One line a row, columns separated by '|', in the order the statement gives.
QStringList rows(Database& database, const QByteArray& sql);

// Every table a shop's records live in, keyed by the source's ids: local row ids and the numbers of profiles do not
// show, who shares a profile does.
QStringList dumpOfShopTables(Database& database);

// Lines of one that are not in the other, for a readable failure; empty when they are equal.
QString difference(const QStringList& left, const QStringList& right);

} // namespace aiva::test
