// Turns an SQLite result code into our Error. Used by core/storage and core/readmodel only; never carries SQL values.
#pragma once

#include "core/base/error.h"

struct sqlite3;

namespace aiva {

// `extendedCode` as sqlite3_extended_errcode() gives it; `what` is English and names the failed call.
Error storageError(int extendedCode, const QString& what);
// Of the last failed call on this connection.
Error storageError(sqlite3* connection);

} // namespace aiva
