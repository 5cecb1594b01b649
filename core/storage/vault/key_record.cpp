#include "core/storage/vault/key_record.h"

#include "core/storage/vault/authenticated_cipher.h"
#include "core/storage/workspace/workspace_files.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kFormat = 1;
static constexpr qsizetype kMaxSize = 64 * 1024;
static constexpr unsigned char kWrappedKey = 16; // AuthenticatedCipher::Place::kind

static Error damagedRecord(const QString& what) {
    return {ErrorKind::Storage, u"key.json is damaged: "_s + what, ErrorCause::DamagedFile};
}

static QString nameOf(KeySource source) {
    switch (source) {
    case KeySource::Keychain:
        return u"keychain"_s;
    case KeySource::Passphrase:
        return u"passphrase"_s;
    case KeySource::KeyFile:
        break;
    }
    return u"keyfile"_s;
}

static std::optional<KeySource> sourceOf(const QString& name) {
    for (const KeySource source : {KeySource::Keychain, KeySource::Passphrase, KeySource::KeyFile})
        if (nameOf(source) == name) return source;
    return std::nullopt;
}

QString newWorkspaceId() {
    const auto bytes = randomBytes(16);
    return bytes ? QString::fromLatin1(bytes->toHex()) : QString();
}

static Result<QByteArray> checkValue(const QString& id, const KeyBytes& key) {
    AIVA_TRY(const KeyBytes checkKey, key.derive("aiva key check 1"));
    return checkKey.authenticate(id.toUtf8());
}

Result<KeyEntry> makeKeyEntry(const QString& id, const KeyBytes& key, KeySource source) {
    KeyEntry entry;
    entry.source = source;
    AIVA_TRY(entry.check, checkValue(id, key));
    return entry;
}

Result<KeyEntry> makePassphraseEntry(const QString& id, const KeyBytes& key, const SecretString& passphrase) {
    AIVA_TRY(KeyEntry entry, makeKeyEntry(id, key, KeySource::Passphrase));
    KeyEntry::Wrapping wrapping;
    AIVA_TRY(wrapping.salt, randomBytes(32));
    AIVA_TRY(const KeyBytes wrappingKey, deriveFromPassphrase(passphrase, wrapping.salt, wrapping.cost));
    AuthenticatedCipher cipher;
    constexpr int size = KeyBytes::size;
    wrapping.key.resize(AuthenticatedCipher::overhead + size);
    auto* out = reinterpret_cast<unsigned char*>(wrapping.key.data());
    const QByteArray bound = char(kWrappedKey) + id.toUtf8();
    if (!cipher.setKey(wrappingKey) || !cipher.seal(bound, key.data(), size, out + AuthenticatedCipher::overhead, out))
        return Error{ErrorKind::Internal, u"the key cannot be wrapped"_s};
    entry.wrapping = wrapping;
    return entry;
}

bool isKeyOf(const KeyEntry& entry, const QString& id, const KeyBytes& key) {
    const auto expected = checkValue(id, key);
    return expected && equalInConstantTime(*expected, entry.check);
}

Result<KeyBytes> unwrapKey(const KeyEntry& entry, const QString& id, const SecretString& passphrase) {
    if (!entry.wrapping) return Error{ErrorKind::Invalid, u"this workspace has no passphrase"_s};
    AIVA_TRY(const KeyBytes wrappingKey, deriveFromPassphrase(passphrase, entry.wrapping->salt, entry.wrapping->cost));
    AuthenticatedCipher cipher;
    std::array<unsigned char, KeyBytes::size> plain{};
    const auto* sealed = reinterpret_cast<const unsigned char*>(entry.wrapping->key.constData());
    const QByteArray bound = char(kWrappedKey) + id.toUtf8();
    const bool opened = cipher.setKey(wrappingKey) && cipher.open(bound, sealed + AuthenticatedCipher::overhead,
                                                                  KeyBytes::size, sealed, plain.data());
    if (!opened) return Error{ErrorKind::Storage, u"the passphrase is not the one"_s, ErrorCause::WrongKey};
    auto key = KeyBytes::fromSecret(SecretString({reinterpret_cast<const char*>(plain.data()), plain.size()}));
    wipeMemory(plain.data(), plain.size());
    return key;
}

static QJsonObject toJson(const KeyEntry& entry) {
    QJsonObject json{{u"source"_s, nameOf(entry.source)}, {u"check"_s, QString::fromLatin1(entry.check.toBase64())}};
    if (entry.wrapping) {
        json.insert(u"scrypt"_s, QJsonObject{{u"n"_s, static_cast<qint64>(entry.wrapping->cost.n)},
                                             {u"r"_s, static_cast<qint64>(entry.wrapping->cost.r)},
                                             {u"p"_s, static_cast<qint64>(entry.wrapping->cost.p)},
                                             {u"salt"_s, QString::fromLatin1(entry.wrapping->salt.toBase64())}});
        json.insert(u"wrapped_key"_s, QString::fromLatin1(entry.wrapping->key.toBase64()));
    }
    return json;
}

static QByteArray bytesIn(const QJsonObject& json, const QString& name) {
    return QByteArray::fromBase64(json.value(name).toString().toLatin1());
}

static Result<KeyEntry> entryFrom(const QJsonObject& json) {
    KeyEntry entry;
    const auto source = sourceOf(json.value(u"source"_s).toString());
    if (!source) return damagedRecord(u"unknown key source"_s);
    entry.source = *source;
    entry.check = bytesIn(json, u"check"_s);
    if (entry.check.size() != 32) return damagedRecord(u"no check value"_s);
    if (entry.source != KeySource::Passphrase) return entry;
    const QJsonObject scrypt = json.value(u"scrypt"_s).toObject();
    KeyEntry::Wrapping wrapping;
    wrapping.cost.n = static_cast<quint64>(scrypt.value(u"n"_s).toInteger());
    wrapping.cost.r = static_cast<quint32>(scrypt.value(u"r"_s).toInteger());
    wrapping.cost.p = static_cast<quint32>(scrypt.value(u"p"_s).toInteger());
    wrapping.salt = bytesIn(scrypt, u"salt"_s);
    wrapping.key = bytesIn(json, u"wrapped_key"_s);
    constexpr qsizetype wrappedSize = AuthenticatedCipher::overhead + qsizetype(KeyBytes::size);
    if (wrapping.salt.size() < 16 || wrapping.key.size() != wrappedSize) return damagedRecord(u"no wrapped key"_s);
    entry.wrapping = wrapping;
    return entry;
}

static QString checksumOf(QJsonObject json) {
    json.remove(u"checksum"_s);
    const QByteArray compact = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(compact, QCryptographicHash::Sha256).toHex());
}

Result<KeyRecord> readKeyRecord(const QString& path) {
    QFile file(path);
    if (!file.exists()) return Error{ErrorKind::NotFound, u"there is no key.json"_s, ErrorCause::WorkspaceAbsent};
    if (!file.open(QIODevice::ReadOnly)) return damagedRecord(file.errorString());
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(kMaxSize), &parseError);
    if (!document.isObject()) return damagedRecord(parseError.errorString());
    const QJsonObject json = document.object();
    if (json.value(u"format"_s).toInt() > kFormat)
        return Error{ErrorKind::Storage, u"key.json was written by a newer Aiva"_s, ErrorCause::NewerSchema};
    if (json.value(u"format"_s).toInt() != kFormat || json.value(u"checksum"_s).toString() != checksumOf(json))
        return damagedRecord(u"its checksum does not match"_s);
    KeyRecord record;
    record.id = json.value(u"id"_s).toString();
    if (record.id.isEmpty()) return damagedRecord(u"no id"_s);
    AIVA_TRY(record.current, entryFrom(json));
    if (json.contains(u"next"_s)) {
        AIVA_TRY(record.next, entryFrom(json.value(u"next"_s).toObject()));
    }
    return record;
}

Result<void> writeKeyRecord(const QString& path, const KeyRecord& record) {
    QJsonObject json = toJson(record.current);
    json.insert(u"format"_s, kFormat);
    json.insert(u"id"_s, record.id);
    if (record.next) json.insert(u"next"_s, toJson(*record.next));
    json.insert(u"checksum"_s, checksumOf(json));

    const QByteArray text = QJsonDocument(json).toJson();
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text) == text.size() && file.commit();
    if (!written) {
        const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
        return Error{ErrorKind::Storage, u"cannot write key.json: "_s + file.errorString(),
                     isFull ? ErrorCause::DiskFull : ErrorCause::ReadOnlyDisk};
    }
    syncFolderOf(path);
    return {};
}

} // namespace aiva
