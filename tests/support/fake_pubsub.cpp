#include "tests/support/fake_pubsub.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QUrlQuery>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <utility>

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

ScriptedAnswer json(const QJsonObject& object, int status = 200) {
    ScriptedAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return answer;
}

QJsonObject jwtPart(const QByteArray& text) {
    return QJsonDocument::fromJson(QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding)).object();
}

} // namespace

std::shared_ptr<EVP_PKEY> freshRsaKey(int bits) {
    return {EVP_RSA_gen(static_cast<unsigned int>(bits)), &EVP_PKEY_free};
}

QByteArray privatePem(EVP_PKEY* key) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return QByteArray(data, size);
}

// One for all of a process: making it takes longer than most tests.
static const std::shared_ptr<EVP_PKEY>& sharedRsaKey() {
    static const std::shared_ptr<EVP_PKEY> key = freshRsaKey();
    return key;
}

FakePubSub::FakePubSub()
    : m_server([this](const ScriptedRequest& request) { return onRequest(request); })
    , m_key(sharedRsaKey())
    , m_pem(privatePem(m_key.get())) {}

QByteArray FakePubSub::keyFile() const {
    return QJsonDocument(QJsonObject{{u"type"_s, u"service_account"_s},
                                     {u"project_id"_s, project},
                                     {u"private_key_id"_s, u"0123456789abcdef0123"_s},
                                     {u"private_key"_s, QString::fromLatin1(m_pem)},
                                     {u"client_email"_s, u"aiva@acme-project.iam.gserviceaccount.com"_s},
                                     {u"client_id"_s, u"1234567890"_s},
                                     {u"auth_uri"_s, u"https://accounts.google.com/o/oauth2/auth"_s},
                                     {u"token_uri"_s, baseUrl().toString() + u"/token"_s}})
        .toJson();
}

QByteArrayList FakePubSub::secrets() const {
    QByteArrayList all = m_tokensGiven;
    all.append(m_pem.split('\n').value(5));
    return all;
}

void FakePubSub::add(const QByteArray& data, const Attributes& attributes) {
    QJsonObject words;
    for (const auto& [name, value] : attributes)
        words.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    Message message;
    message.json = QJsonDocument(QJsonObject{{u"data"_s, QString::fromLatin1(data)},
                                             {u"attributes"_s, words},
                                             {u"messageId"_s, QString::number(++m_lastId)},
                                             {u"publishTime"_s, u"2026-11-20T10:00:00Z"_s}})
                       .toJson(QJsonDocument::Compact);
    message.ackId = "ack-" + QByteArray::number(m_lastId);
    m_messages.push_back(message);
}

void FakePubSub::publish(const Attributes& attributes, const QByteArray& body) {
    add(body.toBase64(), attributes);
}

void FakePubSub::publishBroken() {
    add("***", {{"X-Shopify-Topic", "orders/create"}});
}

void FakePubSub::publishShopify(const QByteArray& key, const QByteArray& shop, const QByteArray& topic,
                                const QByteArray& id, const QByteArray& body) {
    Attributes attributes{{"X-Shopify-Topic", topic},           {"X-Shopify-Shop-Domain", shop},
                          {"X-Shopify-Webhook-Id", id},         {"X-Shopify-Event-Id", "e-" + id},
                          {"X-Shopify-API-Version", "2026-10"}, {"X-Shopify-Triggered-At", "2026-11-20T10:00:00Z"}};
    if (!key.isEmpty())
        attributes.emplace_back("X-Shopify-Hmac-Sha256",
                                QMessageAuthenticationCode::hash(body, key, QCryptographicHash::Sha256).toBase64());
    publish(attributes, body);
}

void FakePubSub::expireLeases() {
    for (Message& message : m_messages)
        message.isLeased = false;
}

ScriptedAnswer FakePubSub::onRequest(const ScriptedRequest& request) {
    if (request.path() == "/token") return onToken(request);
    const QByteArray place = "/v1/projects/" + project.toLatin1() + "/subscriptions/" + subscription.toLatin1();
    const bool isKnown = request.path().startsWith(place + ':') && request.method == "POST";
    if (!isKnown) return json({{u"error"_s, QJsonObject{{u"code"_s, 404}, {u"status"_s, u"NOT_FOUND"_s}}}}, 404);
    if (m_token.isEmpty() || request.header("Authorization") != "Bearer " + m_token)
        return json({{u"error"_s, QJsonObject{{u"code"_s, 401}, {u"status"_s, u"UNAUTHENTICATED"_s}}}}, 401);
    return request.path().endsWith(":pull") ? onPull(request) : onAcknowledge(request);
}

// RFC 7523 §3 and Google's own rules.
bool FakePubSub::isGenuine(const QByteArray& assertion) {
    const QByteArrayList parts = assertion.split('.');
    if (parts.size() != 3) return false;
    const QByteArray text = parts.at(0) + '.' + parts.at(1);
    const QByteArray signature = QByteArray::fromBase64(parts.at(2), QByteArray::Base64UrlEncoding);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    const bool isSigned = EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1 &&
                          EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.constData()),
                                           static_cast<size_t>(signature.size()),
                                           reinterpret_cast<const unsigned char*>(text.constData()),
                                           static_cast<size_t>(text.size())) == 1;
    const QJsonObject header = jwtPart(parts.at(0));
    const QJsonObject claims = jwtPart(parts.at(1));
    const qint64 life = claims.value("exp"_L1).toInteger() - claims.value("iat"_L1).toInteger();
    return isSigned && header.value("alg"_L1) == u"RS256"_s && header.value("kid"_L1) == u"0123456789abcdef0123"_s &&
           claims.value("aud"_L1) == baseUrl().toString() + u"/token"_s && life > 0 && life <= 3600 &&
           claims.value("iss"_L1).toString().endsWith("gserviceaccount.com"_L1) &&
           claims.value("scope"_L1) == u"https://www.googleapis.com/auth/pubsub"_s;
}

ScriptedAnswer FakePubSub::onToken(const ScriptedRequest& request) {
    ++tokens;
    if (!nextTokens.empty()) {
        const ScriptedAnswer answer = nextTokens.front();
        nextTokens.pop_front();
        return answer;
    }
    const QUrlQuery form(QString::fromLatin1(request.body));
    const bool isGrant =
        form.queryItemValue(u"grant_type"_s, QUrl::FullyDecoded) == u"urn:ietf:params:oauth:grant-type:jwt-bearer"_s;
    if (!isGrant || !isGenuine(form.queryItemValue(u"assertion"_s).toLatin1())) {
        faults << u"assertion"_s;
        return json({{u"error"_s, u"invalid_grant"_s}, {u"error_description"_s, u"Invalid JWT Signature."_s}}, 400);
    }
    m_token = "ya29.token-" + QByteArray::number(tokens);
    m_tokensGiven.append(m_token);
    return json(
        {{u"access_token"_s, QString::fromLatin1(m_token)}, {u"expires_in"_s, 3599}, {u"token_type"_s, u"Bearer"_s}});
}

ScriptedAnswer FakePubSub::onPull(const ScriptedRequest& request) {
    ++pulls;
    if (!nextPulls.empty()) {
        const ScriptedAnswer answer = nextPulls.front();
        nextPulls.pop_front();
        return answer;
    }
    const qint64 most = QJsonDocument::fromJson(request.body).object().value("maxMessages"_L1).toInteger();
    if (most <= 0) faults << u"maxMessages"_s;
    QJsonArray received;
    for (Message& message : m_messages) {
        if (message.isLeased || received.size() >= most) continue;
        message.isLeased = true;
        received.append(QJsonObject{{u"ackId"_s, QString::fromLatin1(message.ackId)},
                                    {u"message"_s, QJsonDocument::fromJson(message.json).object()}});
    }
    return json(received.isEmpty() ? QJsonObject() : QJsonObject{{u"receivedMessages"_s, received}});
}

ScriptedAnswer FakePubSub::onAcknowledge(const ScriptedRequest& request) {
    ++acknowledges;
    if (!nextAcknowledges.empty()) {
        const ScriptedAnswer answer = nextAcknowledges.front();
        nextAcknowledges.pop_front();
        return answer;
    }
    for (const QJsonValue& id : QJsonDocument::fromJson(request.body).object().value("ackIds"_L1).toArray())
        std::erase_if(m_messages, [&](const Message& one) { return one.ackId == id.toString().toLatin1(); });
    return json({});
}

} // namespace aiva::test
