// Small secrets sealed one by one (C5): AES-256-GCM under a subkey per purpose. A blob names its purpose and context,
// so a change of the workspace key can seal it anew without knowing what it is. Used inside core/storage only.
//   1 | purpose length (2, LE) | purpose | context length (2, LE) | context | nonce 12 | tag 16 | ciphertext
#pragma once

#include "core/storage/vault/key_bytes.h"

#include <QString>

namespace aiva {

Result<QByteArray> sealBlob(const KeyBytes& workspaceKey, const QByteArray& plain, const QString& purpose,
                            const QString& context);
// DamagedFile when it does not authenticate; Invalid when it was sealed for something else.
Result<QByteArray> unsealBlob(const KeyBytes& workspaceKey, const QByteArray& sealed, const QString& purpose,
                              const QString& context);
Result<QByteArray> resealBlob(const KeyBytes& from, const KeyBytes& to, const QByteArray& sealed);

} // namespace aiva
