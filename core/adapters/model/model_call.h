// ModelCall: one request to a model on its way: sent, heard piece by piece, judged at the end, and sent again when the
// endpoint was busy. Complete or nothing. Made by ModelClient, deletes itself once it has answered.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/model/model_client.h"

#include <QFutureWatcher>
#include <QTimer>

namespace aiva {

class ModelCall : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype kMostText = 2 * 1024 * 1024; // bytes of one answer

    ModelCall(ModelClient& client, const ModelRequest& request, std::function<void(const QString&)> onText);

    Future<ModelAnswer> start();
    void cancel();

private:
    class Ear;
    void send();
    Result<void> begin(const HttpResponse& head);
    Result<void> take(QByteArrayView bytes);
    Result<void> handOn(qsizetype from);
    void onEnd(const Result<HttpResponse>& response);
    void onStatus(const HttpResponse& response);
    void onFault(const ModelFault& fault);
    Error endError() const;
    Error transportError(const Error& error) const;
    qint64 waitMs(const ModelFault& fault) const;
    void finish();
    void answer(Result<ModelAnswer> result);

    ModelClient& m_client;
    const ModelRequest m_request;
    std::function<void(const QString&)> m_onText;
    const HttpGroup m_group; // its own: one call can be given up without the others
    Answer<ModelAnswer> m_answer;
    QFutureWatcher<Result<ModelAnswer>> m_asker; // who may lose interest
    SseParser m_parser;
    AnswerSoFar m_soFar;
    QString m_requestId;
    QTimer m_wait;
    int m_retries = 0;
    bool m_hasBegun = false; // this attempt was answered 2xx
    bool m_handedOn = false; // somebody saw text: not to be asked again
};

} // namespace aiva
