#include "core/storage/vault/sealed_blob.h"

#include "core/storage/vault/authenticated_cipher.h"

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr char kVersion = 1;

static Result<QByteArray> headerOf(const QString& purpose, const QString& context) {
    QByteArray header(1, kVersion);
    for (const QByteArray& part : {purpose.toUtf8(), context.toUtf8()}) {
        if (part.size() > 0xffff) return Error{ErrorKind::Invalid, u"purpose or context is too long"_s};
        header += static_cast<char>(part.size() & 0xff);
        header += static_cast<char>(part.size() >> 8);
        header += part;
    }
    return header;
}

struct BlobParts {
    QString purpose;
    QString context;
    qsizetype headerSize = 0;
};

static Error damaged() {
    return {ErrorKind::Storage, u"a sealed secret does not authenticate"_s, ErrorCause::DamagedFile};
}

static Result<BlobParts> partsOf(const QByteArray& sealed) {
    if (sealed.isEmpty() || sealed[0] != kVersion) return damaged();
    BlobParts parts;
    qsizetype at = 1;
    for (QString* part : {&parts.purpose, &parts.context}) {
        if (sealed.size() < at + 2) return damaged();
        const auto low = static_cast<unsigned char>(sealed[at]);
        const auto high = static_cast<unsigned char>(sealed[at + 1]);
        const qsizetype length = low | high << 8;
        at += 2;
        if (sealed.size() < at + length) return damaged();
        *part = QString::fromUtf8(sealed.mid(at, length));
        at += length;
    }
    if (sealed.size() < at + AuthenticatedCipher::overhead) return damaged();
    parts.headerSize = at;
    return parts;
}

static Result<KeyBytes> sealingKey(const KeyBytes& workspaceKey, const QString& purpose) {
    return workspaceKey.derive("aiva seal 1 " + purpose.toUtf8());
}

Result<QByteArray> sealBlob(const KeyBytes& workspaceKey, const QByteArray& plain, const QString& purpose,
                            const QString& context) {
    AIVA_TRY(const QByteArray header, headerOf(purpose, context));
    AIVA_TRY(const KeyBytes key, sealingKey(workspaceKey, purpose));
    QByteArray sealed = header;
    sealed.resize(header.size() + AuthenticatedCipher::overhead + plain.size());
    auto* out = reinterpret_cast<unsigned char*>(sealed.data()) + header.size();
    AuthenticatedCipher cipher;
    if (!cipher.setKey(key) || !cipher.seal(header, reinterpret_cast<const unsigned char*>(plain.constData()),
                                            static_cast<int>(plain.size()), out + AuthenticatedCipher::overhead, out))
        return Error{ErrorKind::Internal, u"a secret cannot be sealed"_s};
    return sealed;
}

Result<QByteArray> unsealBlob(const KeyBytes& workspaceKey, const QByteArray& sealed, const QString& purpose,
                              const QString& context) {
    AIVA_TRY(const BlobParts parts, partsOf(sealed));
    if (parts.purpose != purpose || parts.context != context)
        return Error{ErrorKind::Invalid, u"this secret was sealed for something else"_s};
    AIVA_TRY(const KeyBytes key, sealingKey(workspaceKey, purpose));
    const auto* in = reinterpret_cast<const unsigned char*>(sealed.constData()) + parts.headerSize;
    QByteArray plain(sealed.size() - parts.headerSize - AuthenticatedCipher::overhead, Qt::Uninitialized);
    AuthenticatedCipher cipher;
    if (!cipher.setKey(key) ||
        !cipher.open(QByteArrayView(sealed).first(parts.headerSize), in + AuthenticatedCipher::overhead,
                     static_cast<int>(plain.size()), in, reinterpret_cast<unsigned char*>(plain.data())))
        return damaged();
    return plain;
}

Result<QByteArray> resealBlob(const KeyBytes& from, const KeyBytes& to, const QByteArray& sealed) {
    AIVA_TRY(const BlobParts parts, partsOf(sealed));
    AIVA_TRY(QByteArray plain, unsealBlob(from, sealed, parts.purpose, parts.context));
    const SecretString secret = SecretString::takeFrom(plain); // wipes
    const std::string_view bytes = secret.reveal();
    return sealBlob(to, QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())), parts.purpose,
                    parts.context);
}

} // namespace aiva
