// A file that holds a workspace key: 32 random bytes, readable by its owner alone. Used by app for --key-file; nothing
// else reads keys from plain files.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"

#include <QString>

namespace aiva {

// NotFound; Invalid when it does not hold exactly 32 bytes or is no plain file; Refused when others may read or change
// it (mode other than 0600 or 0400); Storage when it cannot be read.
Result<SecretString> readKeyFile(const QString& path);

// Makes one with a new random key. Conflict when something is there already, Storage when it cannot be written.
Result<SecretString> createKeyFile(const QString& path);

} // namespace aiva
