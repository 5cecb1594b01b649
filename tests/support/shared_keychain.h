// SharedKeychain: a keychain as the workspaces of one person share it, in memory.
#pragma once

#include "core/ports/secret_store.h"

#include <QMap>

namespace aiva::test {

// Locked, it says of everything that it is not there.
class SharedKeychain final : public SecretStore {
public:
    QMap<QString, QByteArray> kept;
    bool isLocked = false;
    QString stubborn; // cannot be forgotten

    Result<void> probe() override {
        if (!isLocked) return {};
        return Error{ErrorKind::Storage, QStringLiteral("locked"), ErrorCause::NoSecretService};
    }
    Result<std::optional<SecretString>> read(const QString& name) override {
        if (isLocked || !kept.contains(name)) return std::optional<SecretString>();
        return std::optional<SecretString>(SecretString(kept.value(name).toStdString()));
    }
    Result<void> write(const QString& name, const SecretString& secret) override {
        AIVA_CHECK(probe());
        kept[name] = QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
        return {};
    }
    Result<void> remove(const QString& name) override {
        if (name == stubborn) return Error{ErrorKind::Refused, QStringLiteral("no"), ErrorCause::NoSecretService};
        kept.remove(name);
        return {};
    }
};

} // namespace aiva::test
