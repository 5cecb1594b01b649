// Copies of a whole database, page by page, each page sealed anew: backups, and the steps of a change of key. Every
// step leaves the disk in a state recoverRekey() brings to an end. Used by workspace.cpp only.
#pragma once

#include "core/storage/vault/cipher_connection.h"
#include "core/storage/vault/key_record.h"
#include "core/storage/workspace/workspace_files.h"

namespace aiva {

// `to` must not exist and have its key lent. A consistent snapshot; writers go on meanwhile. On an error nothing of
// `to` remains.
Result<void> copyDatabase(const CipherConnection& from, const QString& to);

// 1. Database, sealed secrets and spools under the new key, durable, beside the old ones.
Result<void> writeRekeyedCopy(const WorkspaceFiles& files, const CipherConnection& database, const KeyBytes& oldKey,
                              const KeyBytes& newKey);
// 2. key.json names both keys.
Result<void> announceRekey(const WorkspaceFiles& files, KeyRecord& record, const KeyEntry& next);
// 3. The copy takes the database's place.
Result<void> swapRekeyed(const WorkspaceFiles& files);
// 4. The spools take their place, and key.json names the new key alone.
Result<void> settleRekey(const WorkspaceFiles& files, KeyRecord& record);
// Back out of 1 or 2.
Result<void> undoRekey(const WorkspaceFiles& files, KeyRecord& record);

// Ends what an earlier process left, for the holder of `key`: forward with the new key, back with the old one.
// WrongKey when the key is neither, or the old one of a change that is past step 3.
Result<void> recoverRekey(const WorkspaceFiles& files, KeyRecord& record, const KeyBytes& key);

} // namespace aiva
