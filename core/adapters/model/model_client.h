// ModelClient: ModelPort over HTTP, whatever the protocol. Made by openModelPort(); lives on the thread of its
// HttpTransport. Neither prompts nor answers reach the log or an Error.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/model/model_dialect.h"
#include "core/adapters/model/model_pace.h"
#include "core/base/clock.h"

#include <QObject>

namespace aiva {

class ModelClient : public QObject, public ModelPort {
    Q_OBJECT
public:
    ModelClient(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint, const SecretString& key,
                const ModelPace& pace);
    ~ModelClient() override;

    Future<ModelAnswer> complete(const ModelRequest& request, std::function<void(const QString&)> onText) override;
    QByteArray payload(const ModelRequest& request) const override { return m_dialect->body(request); }
    Future<QStringList> models() override;
    void cancelAll() override;

private:
    friend class ModelCall;
    HttpRequest request(HttpRequest::Method method, const QUrl& url) const;

    HttpTransport& m_transport;
    const Clock& m_clock;
    std::unique_ptr<ModelDialect> m_dialect;
    SecretString m_key;
    ModelPace m_pace;
    HttpGroup m_group;
};

} // namespace aiva
