// The door to a language model: one prompt in, one whole JSON answer out, or an Error; never half an answer. Adapters
// speak the protocols; only app names them. Futures are answered on the thread that called.
#pragma once

#include "core/base/async.h"
#include "core/domain/answering/model_endpoint.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace aiva {

struct ModelRequest {
    QString instructions; // system prompt: fixed, cacheable, says that what the marker wraps is data
    QString context;      // the context block with the facts
    QString mail;         // the customer's mail, cleaned and wrapped in the request's random marker
    QByteArray schema;    // JSON schema of the answer
    int maxOutputTokens = 1024;
};

struct ModelAnswer {
    QByteArray json; // whole and parseable; validated against the schema by the caller
    QString model;   // as the endpoint names it
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    QString requestId;
};

class ModelPort {
public:
    virtual ~ModelPort();

    // `onText` hears the pieces of the answer as they arrive (raw JSON text), for display only. Fails with
    // ModelDeclined, AnswerCut, AnswerMalformed, SpendLimit, ModelMissing, ModelBusy (after its own retries, which obey
    // retry-after), Auth/TokenRefused, Network, Timeout. Cancelling the future ends the request.
    virtual Future<ModelAnswer> complete(const ModelRequest& request, std::function<void(const QString&)> onText) = 0;
    // What complete() would send, to show before it leaves: the exact body, no key in it.
    virtual QByteArray payload(const ModelRequest& request) const = 0;
    // Names from GET /v1/models; for the settings and the connection test.
    virtual Future<QStringList> models() = 0;
    // Pending futures answer Refused.
    virtual void cancelAll() = 0;
};

} // namespace aiva
