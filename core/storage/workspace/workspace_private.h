// What workspace.cpp and workspace_rekey.cpp share.
#pragma once

#include "core/storage/vault/cipher_vfs.h"
#include "core/storage/vault/key_record.h"
#include "core/storage/workspace/workspace.h"
#include "core/storage/workspace/workspace_files.h"

namespace aiva {

class Workspace::Private {
public:
    WorkspaceFiles files;
    KeyRecord record;
    KeyBytes key;
    std::optional<CipherKeyLease> lease; // absent only for the moment keys change hands

    Result<void> changeKey(KeyBytes newKey, const KeyEntry& next);
};

} // namespace aiva
