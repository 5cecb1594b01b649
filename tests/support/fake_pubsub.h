// FakePubSub: Google's token endpoint and one Pub/Sub subscription on loopback, in the test's own event loop. Checks
// the proof of the service account as Google does, keeps what was not acknowledged, and fails on request.
#pragma once

#include "tests/support/scripted_server.h"

#include <QByteArrayList>

#include <deque>
#include <memory>
#include <vector>

struct evp_pkey_st;

namespace aiva::test {

// A fresh key as a PEM text.
std::shared_ptr<evp_pkey_st> freshRsaKey(int bits = 2048);
QByteArray privatePem(evp_pkey_st* key);

class FakePubSub {
public:
    FakePubSub();

    QUrl baseUrl() const { return m_server.baseUrl(); }
    // A key file whose token address is here.
    QByteArray keyFile() const;
    static inline const QString project = QStringLiteral("acme-project");
    static inline const QString subscription = QStringLiteral("aiva-desk");

    using Attributes = std::vector<std::pair<QByteArray, QByteArray>>;
    void publish(const Attributes& attributes, const QByteArray& body);
    // As Shopify publishes; `key` empty: without a signature.
    void publishShopify(const QByteArray& key, const QByteArray& shop, const QByteArray& topic, const QByteArray& id,
                        const QByteArray& body);
    void publishBroken(); // its data is no Base64
    // What was given out and not acknowledged may be given again.
    void expireLeases();
    qsizetype waiting() const { return qsizetype(m_messages.size()); } // not acknowledged
    void revokeToken() { m_token.clear(); }                            // the next question is answered 401

    // Answered instead, in turn.
    std::deque<ScriptedAnswer> nextTokens;
    std::deque<ScriptedAnswer> nextPulls;
    std::deque<ScriptedAnswer> nextAcknowledges;
    int tokens = 0;
    int pulls = 0;
    int acknowledges = 0;
    QStringList faults; // what Google would have refused
    QByteArrayList secrets() const;

private:
    struct Message {
        QByteArray json; // "message":{…}
        QByteArray ackId;
        bool isLeased = false;
    };
    ScriptedAnswer onRequest(const ScriptedRequest& request);
    ScriptedAnswer onToken(const ScriptedRequest& request);
    ScriptedAnswer onPull(const ScriptedRequest& request);
    ScriptedAnswer onAcknowledge(const ScriptedRequest& request);
    bool isGenuine(const QByteArray& assertion);
    void add(const QByteArray& data, const Attributes& attributes);

    ScriptedServer m_server;
    std::shared_ptr<evp_pkey_st> m_key;
    QByteArray m_pem;
    QByteArray m_token;
    QByteArrayList m_tokensGiven;
    std::vector<Message> m_messages;
    int m_lastId = 0;
};

} // namespace aiva::test
