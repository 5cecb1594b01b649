// PubSubPuller: asks a Pub/Sub subscription for messages, one question at a time, hands each batch over, and
// acknowledges it once it is on the disk. A batch that could not be acknowledged comes again and is then known. Made by
// pullFromPubSub(); lives on the thread of the transport, which outlives it.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/pubsub/pubsub_messages.h"
#include "core/adapters/pubsub/pubsub_tokens.h"
#include "core/ports/webhook_pull_port.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace aiva {

// Begins at once. Invalid when place or key file are none.
Result<std::unique_ptr<WebhookPull>> pullFromPubSub(HttpTransport& transport, const Clock& clock,
                                                    const PullPlace& place, const SecretString& keyFile, PullWait wait,
                                                    PullEvents events, const PubSubPace& pace = {});

class PubSubPuller final : public QObject, public WebhookPull {
    Q_OBJECT
public:
    PubSubPuller(HttpTransport& transport, const Clock& clock, const PullPlace& place, ServiceAccount account,
                 PullWait wait, PullEvents events, const PubSubPace& pace);
    ~PubSubPuller() override;

    PullState state() const override { return m_state; }

private:
    enum class Token { Current, Renewed };
    void ask();
    // Answers of 401 are asked once more with a fresh token.
    void post(const char* verb, const QByteArray& body, void (PubSubPuller::*then)(const HttpResponse&));
    void send(const char* verb, const QByteArray& body, Token which, void (PubSubPuller::*then)(const HttpResponse&));
    void takeAnswer(const HttpResponse& response);
    void takeBatch(const PulledBatch& batch);
    void acknowledged(const HttpResponse& response);
    void rest(); // nothing was waiting
    void retreat(const Error& error);
    void tell();

    HttpTransport& m_transport;
    const Clock& m_clock;
    const PullPlace m_place;
    const PullWait m_wait;
    const PullEvents m_events;
    const PubSubPace m_pace;
    const HttpGroup m_group;
    PubSubTokens m_tokens;
    SecretString m_token;
    PullState m_state;
    QTimer m_timer;
    qint64 m_askedAtMs = 0;
    int m_messages;
    int m_troubles = 0;
    int m_idle = 0;  // empty answers in a row that came at once
    int m_empty = 0; // empty answers since there was something
};

} // namespace aiva
