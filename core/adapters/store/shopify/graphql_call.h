// GraphQlCall: one document on its way: token, room in the bucket, request, answer, and again when the shop said
// "later". Made by GraphQlClient, deletes itself once it has answered.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/store/api_meter.h"
#include "core/adapters/store/shopify/graphql_client.h"

#include <QTimer>

namespace aiva {

class GraphQlCall : public QObject {
    Q_OBJECT
public:
    GraphQlCall(GraphQlClient& client, const Document& document, const QJsonObject& variables);

    Future<GraphQlAnswer> start();
    void cancel();

private:
    enum class Token { Current, Renewed };
    void obtainToken(Token which);
    void pace();
    void send();
    void onResponse(const HttpResponse& response);
    void onRateLimit(const HttpResponse& response);
    void onUnauthorized();
    void onBody(const HttpResponse& response);
    void judge(const JsonDocument& body, const HttpResponse& response);
    void waitThenSend(qint64 ms);
    void answer(Result<GraphQlAnswer> result);

    GraphQlClient& m_client;
    QByteArray m_body;
    QString m_shape; // for the pacer
    SecretString m_token;
    Answer<GraphQlAnswer> m_answer;
    ApiMeter m_meter;
    QTimer m_wait;
    int m_rateLimits = 0;
    bool m_renewed = false;
    bool m_slowed = false; // the listener was told to expect a wait
};

} // namespace aiva
