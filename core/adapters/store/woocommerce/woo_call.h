// WooCall: one question on its way to the site, asked again where the site wants to be asked differently: plain
// permalinks, a signed query, another address in the signature, later. Made by WooClient, deletes itself once it has
// answered. Each way is tried once, so it ends.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/store/api_meter.h"
#include "core/adapters/store/woocommerce/woo_client.h"

#include <QTimer>

namespace aiva {

class WooCall : public QObject {
    Q_OBJECT
public:
    WooCall(WooClient& client, RestRequest request);

    Future<RestAnswer> start();
    void cancel();

private:
    using Permalinks = WooClient::Permalinks;
    using Proof = WooClient::Proof;

    void send();
    void onResponse(const HttpResponse& response);
    void onForeign(const HttpResponse& response);
    void onRefusal(const RestRefusal& refusal, const HttpResponse& response);
    void onNotSignedIn(const RestRefusal& refusal);
    void onKeyTrouble(const RestRefusal& refusal, const HttpResponse& response);
    bool tryNextAddress();
    void waitThenSend(const HttpResponse& response);
    void settle(const RestRefusal& refusal, const Error& error);
    void answer(Result<RestAnswer> result);

    WooClient& m_client;
    RestRequest m_request;
    Answer<RestAnswer> m_answer;
    ApiMeter m_meter;
    QTimer m_wait;
    int m_rateLimits = 0;
    int m_nonces = 0;
    bool m_triedPlain = false;
    bool m_probesSignature = false; // Basic did not sign us in; a signature may
    bool m_slowed = false;          // the listener was told to expect a wait
};

} // namespace aiva
