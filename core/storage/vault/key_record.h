// key.json: everything about a workspace's key but the key. Written atomically (mode 0600), checksummed, so that a
// damaged record is never mistaken for a wrong key. Used inside core/storage only.
//
//   {"format":1, "id":hex, "source":"keychain|passphrase|keyfile", "check":base64, "checksum":hex
//    "scrypt":{"n","r","p","salt"}, "wrapped_key":base64           passphrase workspaces only
//    "next":{"source","check","scrypt","wrapped_key"}}             only while a change of key is under way
// check    = HMAC-SHA256(HKDF(key, "aiva key check 1"), id)
// checksum = SHA-256 of the compact document without it
#pragma once

#include "core/storage/vault/key_bytes.h"
#include "core/storage/workspace/workspace.h"

#include <optional>

namespace aiva {

struct KeyEntry {
    struct Wrapping {
        ScryptCost cost;
        QByteArray salt;
        QByteArray key; // nonce, tag, AES-256-GCM(scrypt key, workspace key), bound to the workspace id
    };
    KeySource source = KeySource::Keychain;
    QByteArray check;
    std::optional<Wrapping> wrapping;
};

struct KeyRecord {
    QString id;
    KeyEntry current;
    std::optional<KeyEntry> next;
};

QString newWorkspaceId();
Result<KeyEntry> makeKeyEntry(const QString& id, const KeyBytes& key, KeySource source);
Result<KeyEntry> makePassphraseEntry(const QString& id, const KeyBytes& key, const SecretString& passphrase);

bool isKeyOf(const KeyEntry& entry, const QString& id, const KeyBytes& key);
// WrongKey when the passphrase is not the one.
Result<KeyBytes> unwrapKey(const KeyEntry& entry, const QString& id, const SecretString& passphrase);

// WorkspaceAbsent, DamagedFile, NewerSchema.
Result<KeyRecord> readKeyRecord(const QString& path);
Result<void> writeKeyRecord(const QString& path, const KeyRecord& record);

} // namespace aiva
