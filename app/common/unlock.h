// Finding the workspace key and opening or making a workspace with it. Called by main() of aiva and aivactl before
// anything else; blocking, because nothing can be shown without the key.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/storage/workspace/workspace.h"

#include <QString>

#include <memory>
#include <optional>

namespace aiva {

struct UnlockOptions {
    QString workspaceDir;                   // empty: defaultWorkspaceDir()
    QString keyFile;                        // --key-file
    std::optional<SecretString> passphrase; // --passphrase-stdin, or typed
};

// The platform's data directory for Aiva.
QString defaultWorkspaceDir();

// Makes the workspace and its key: in the key file (created 0600 when missing), wrapped by the passphrase, or in the
// OS keychain. NoSecretService when none of these is possible; nothing is left behind then.
Result<std::unique_ptr<Workspace>> initWorkspace(const UnlockOptions& options);

// Opens an existing workspace by whatever its key source needs.
Result<std::unique_ptr<Workspace>> openWorkspace(const UnlockOptions& options);

// Re-encrypts the workspace under a new key, kept where the old one was; a passphrase workspace needs a new passphrase.
// Killed in the middle, openWorkspace() finds out which of the two keys holds.
Result<void> changeKey(const UnlockOptions& options, Workspace& workspace, const SecretString& newPassphrase);

} // namespace aiva
