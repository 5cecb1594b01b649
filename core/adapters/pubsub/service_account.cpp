#include "core/adapters/pubsub/service_account.h"

#include "core/adapters/http/http_policy.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kLongestKeyFile = 32 * 1024;
constexpr int kFewestKeyBits = 2048;
constexpr qint64 kAssertionSeconds = 3600; // the most Google takes

Error notAKeyFile(const QString& why) {
    return {ErrorKind::Invalid, u"this is no key file of a Google service account: "_s + why};
}

// A key behind a passphrase is none: nobody is asked for one.
int noPassphrase(char*, int, int, void*) {
    return 0;
}

std::shared_ptr<EVP_PKEY> readKey(const SecretString& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
        BIO_new_mem_buf(pem.reveal().data(), static_cast<int>(pem.size())), &BIO_free);
    if (!memory) return {};
    return {PEM_read_bio_PrivateKey(memory.get(), nullptr, noPassphrase, nullptr), &EVP_PKEY_free};
}

Result<QUrl> readTokenUri(const QString& text) {
    const QUrl url(text, QUrl::StrictMode);
    const bool isFine = url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasFragment();
    const bool isHere = isLoopbackHost(url.host()) && url.scheme() == "http"_L1;
    if (!isFine || (url.scheme() != "https"_L1 && !isHere)) return notAKeyFile(u"its token_uri is not https"_s);
    return url;
}

QByteArray base64Url(const QByteArray& bytes) {
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray jsonPart(const QJsonObject& object) {
    return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

Result<ServiceAccount> ServiceAccount::parse(const SecretString& file) {
    if (file.size() > kLongestKeyFile) return notAKeyFile(u"it is too long"_s);
    const QByteArray text = QByteArray::fromRawData(file.reveal().data(), static_cast<qsizetype>(file.size()));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject()) return notAKeyFile(u"it is not JSON"_s);
    const QJsonObject object = document.object();
    const auto word = [&object](const char* name) { return object.value(QLatin1StringView(name)).toString(); };
    if (word("type") != "service_account"_L1) return notAKeyFile(u"its type is not service_account"_s);
    static const QRegularExpression address(u"^[^@\\s]{1,100}@[^@\\s]{1,200}$"_s);
    static const QRegularExpression number(u"^[0-9A-Za-z_-]{1,100}$"_s);
    ServiceAccount account;
    account.m_email = word("client_email");
    account.m_keyId = word("private_key_id");
    if (!address.match(account.m_email).hasMatch()) return notAKeyFile(u"it names no client_email"_s);
    if (!number.match(account.m_keyId).hasMatch()) return notAKeyFile(u"it names no private_key_id"_s);
    AIVA_TRY(account.m_tokenUri, readTokenUri(word("token_uri")));
    QByteArray pem = word("private_key").toUtf8();
    account.m_pem = SecretString::takeFrom(pem);
    account.m_key = readKey(account.m_pem);
    if (!account.m_key) return notAKeyFile(u"its private_key cannot be read"_s);
    const bool isRsa = EVP_PKEY_get_base_id(account.m_key.get()) == EVP_PKEY_RSA;
    if (!isRsa || EVP_PKEY_get_bits(account.m_key.get()) < kFewestKeyBits)
        return notAKeyFile(u"its private_key is not an RSA key of 2048 bits or more"_s);
    return account;
}

SecretString ServiceAccount::kept() const {
    const std::string_view pem = m_pem.reveal();
    QByteArray text =
        QJsonDocument(QJsonObject{{u"type"_s, u"service_account"_s},
                                  {u"client_email"_s, m_email},
                                  {u"private_key_id"_s, m_keyId},
                                  {u"private_key"_s, QString::fromUtf8(pem.data(), static_cast<qsizetype>(pem.size()))},
                                  {u"token_uri"_s, m_tokenUri.toString(QUrl::FullyEncoded)}})
            .toJson(QJsonDocument::Compact);
    return SecretString::takeFrom(text);
}

Result<QByteArray> ServiceAccount::assertion(const QByteArray& scope, UtcTime now) const {
    const qint64 seconds = now.ms() / 1000;
    const QByteArray signedPart = jsonPart({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, m_keyId}}) + '.' +
                                  jsonPart({{u"iss"_s, m_email},
                                            {u"scope"_s, QString::fromLatin1(scope)},
                                            {u"aud"_s, m_tokenUri.toString(QUrl::FullyEncoded)},
                                            {u"iat"_s, seconds},
                                            {u"exp"_s, seconds + kAssertionSeconds}});
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(signedPart.constData());
    const auto size = static_cast<size_t>(signedPart.size());
    size_t length = 0;
    const bool isReady = context &&
                         EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1 &&
                         EVP_DigestSign(context.get(), nullptr, &length, bytes, size) == 1;
    QByteArray signature(static_cast<qsizetype>(length), '\0');
    if (!isReady ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes, size) != 1)
        return Error{ErrorKind::Internal, u"the service account's proof could not be signed"_s};
    signature.truncate(static_cast<qsizetype>(length));
    return signedPart + '.' + base64Url(signature);
}

} // namespace aiva
