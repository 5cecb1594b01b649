// The access token of one service account: exchanged for its signed assertion, kept in memory only, renewed before it
// expires. Used by PubSubPuller on the thread of the transport.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/pubsub/service_account.h"
#include "core/base/clock.h"

#include <QObject>

#include <optional>

namespace aiva {

class PubSubTokens : public QObject {
    Q_OBJECT
public:
    PubSubTokens(HttpTransport& transport, const Clock& clock, ServiceAccount account, HttpGroup group,
                 QObject* parent = nullptr);

    // Good for at least a minute more. Auth/QueueKeyRefused when Google knows the key no more, Auth/ClockSkew when it
    // finds this machine's time wrong.
    Future<SecretString> current();
    // The queue refused this one: a fresh one.
    Future<SecretString> renewedAfter(const SecretString& refused);

private:
    Future<SecretString> fetch();
    Result<SecretString> read(const HttpResponse& response);

    HttpTransport& m_transport;
    const Clock& m_clock;
    const ServiceAccount m_account;
    const HttpGroup m_group;
    SecretString m_token;
    UtcTime m_renewAt;
};

} // namespace aiva
