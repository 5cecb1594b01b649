#include "core/storage/workspace/settings_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class SettingsRepository::Private {
public:
    Statement read;
    Statement write;
    Statement readSecret;
    Statement writeSecret;
    Statement removeSecret;
};

// The subkey's purpose; the secret's name is authenticated with it, so sealed values cannot be swapped.
static constexpr auto kSecretPurpose = "settings secret"_L1;

SettingsRepository::SettingsRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SettingsRepository::~SettingsRepository() = default;

Result<std::unique_ptr<SettingsRepository>> SettingsRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->read, database.prepare("SELECT value FROM settings WHERE name = ?1"));
    AIVA_TRY(priv->readSecret, database.prepare("SELECT sealed FROM sealed_secrets WHERE name = ?1"));
    AIVA_TRY(priv->write, database.prepare("INSERT INTO settings (name, value) VALUES (?1, ?2) "
                                           "ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
    AIVA_TRY(priv->writeSecret, database.prepare("INSERT INTO sealed_secrets (name, sealed) VALUES (?1, ?2) "
                                                 "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed"));
    AIVA_TRY(priv->removeSecret, database.prepare("DELETE FROM sealed_secrets WHERE name = ?1"));
    return std::unique_ptr<SettingsRepository>(new SettingsRepository(std::move(priv)));
}

Result<std::optional<QString>> SettingsRepository::value(const QString& name) {
    AIVA_TRY(const bool found, d->read.bind(1, name).step());
    if (!found) return std::optional<QString>();
    std::optional<QString> value = d->read.text(0);
    d->read.reset();
    return value;
}

Result<void> SettingsRepository::setValue(const QString& name, const QString& value) {
    return d->write.bind(1, name).bind(2, value).run();
}

Result<std::optional<SecretString>> SettingsRepository::secret(const Workspace& workspace, const QString& name) {
    AIVA_TRY(const bool found, d->readSecret.bind(1, name).step());
    if (!found) return std::optional<SecretString>();
    const QByteArray sealed = d->readSecret.blob(0);
    d->readSecret.reset();
    AIVA_TRY(QByteArray plain, workspace.unseal(sealed, kSecretPurpose, name));
    return std::optional<SecretString>(SecretString::takeFrom(plain));
}

Result<void> SettingsRepository::setSecret(const Workspace& workspace, const QString& name,
                                           const SecretString& secret) {
    // Raw: no second copy of the plain bytes is made.
    const std::string_view bytes = secret.reveal();
    const QByteArray plain = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    AIVA_TRY(const QByteArray sealed, workspace.seal(plain, kSecretPurpose, name));
    return d->writeSecret.bind(1, name).bind(2, sealed).run();
}

Result<void> SettingsRepository::removeSecret(const QString& name) {
    return d->removeSecret.bind(1, name).run();
}

} // namespace aiva
