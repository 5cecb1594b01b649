// Seals spools anew under another workspace key. Used by the change of key only.
#pragma once

#include "core/storage/vault/key_bytes.h"

#include <QString>

namespace aiva {

// HKDF purpose of spool keys.
inline constexpr char kSpoolPurpose[] = "aiva spool 1";

// Every spool of `fromDir` into `toDir`, which is made; durable when this answers. A damaged spool is left behind: what
// is in it can be downloaded again. Nothing is done when `fromDir` does not exist.
Result<void> resealSpools(const QString& fromDir, const QString& toDir, const KeyBytes& oldKey, const KeyBytes& newKey);

} // namespace aiva
