// ModelScript: an endpoint that answers as a test says, in any of the three protocols, and a port to it.
#pragma once

#include "core/adapters/model/model_connection.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QJsonObject>

#include <deque>

namespace aiva::test {

// What an answer is made of; frames() says it in a protocol.
struct ScriptedText {
    QStringList pieces;
    QString end = QStringLiteral("whole"); // whole length refusal open
};

class ModelScript {
public:
    static inline const QByteArray kKey = "sk-test-0123456789SECRET";
    static inline const QString kModel = QStringLiteral("model-of-the-test");

    explicit ModelScript(ModelProtocol protocol);

    ModelPort& port() { return *m_port; }
    ScriptedServer& server() { return m_server; }
    ManualClock& clock() { return m_clock; }
    QJsonObject sent(int index = -1) const; // a request's body; -1: the last
    void reopen(const ModelPace& pace);

    // Hands the request over and waits; what was heard meanwhile is in `heard`.
    Result<ModelAnswer> ask();
    static ModelRequest request();

    std::deque<ScriptedAnswer> next; // in turn; then `otherwise`
    ScriptedAnswer otherwise;
    QStringList heard;

    ScriptedAnswer stream(const ScriptedText& text) const;
    static ScriptedAnswer events(const QByteArray& body);
    static ScriptedAnswer status(int code, const QByteArray& body = "{}",
                                 QList<std::pair<QByteArray, QByteArray>> headers = {});
    static ModelPace hurried();

private:
    ModelEndpoint m_endpoint;
    ManualClock m_clock{UtcTime(1'800'000'000'000)};
    ScriptedServer m_server;
    HttpTransport m_transport;
    std::unique_ptr<ModelPort> m_port;
};

} // namespace aiva::test
