// HttpExchange: one request and its answer, from connect to last byte, with every limit on the way. Made by
// HttpTransport, deletes itself once it has answered.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/http/http_types.h"
#include "core/ports/store_port.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include <memory>

class QNetworkAccessManager;

namespace aiva {

// Where a streamed body goes: to a listener as it comes, or to a sink, from which byte on it is wanted.
struct HttpStream {
    std::shared_ptr<HttpListener> listener;
    std::shared_ptr<ByteSink> sink;
    qint64 offset = 0;
    qint64 skip = 0;       // bytes still to drop because the server started from 0
    qint64 totalSize = -1; // of the whole resource, when the server said it
};

class HttpExchange : public QObject {
    Q_OBJECT
public:
    HttpExchange(QNetworkAccessManager& network, QSslConfiguration tls, HttpRequest request, HttpStream stream,
                 quint64 number, QObject* parent);
    ~HttpExchange() override;

    Future<HttpResponse> start();
    HttpGroup group() const { return m_request.group; }
    void cancel();

private:
    qint64 streamedSize() const { return m_stream.offset + m_delivered; }
    void open(const QUrl& url);
    QNetworkRequest networkRequest(const QUrl& url) const;
    void watch();
    void onHeaders();
    void onReadyRead();
    void onFinished();
    bool followRedirect(const QUrl& target);
    Result<void> openStream();
    Result<void> openRange();
    Result<void> take(const QByteArray& bytes);
    bool isTruncated() const;
    void armPhase(const char* phase, int ms);
    void dropReply();
    void answer(Result<HttpResponse> result);

    QNetworkAccessManager& m_network;
    QSslConfiguration m_tls;
    HttpRequest m_request;
    HttpStream m_stream;
    quint64 m_number;
    Answer<HttpResponse> m_answer;
    HttpResponse m_response;
    QNetworkReply* m_reply = nullptr;
    QTimer m_phaseTimer;
    QTimer m_totalTimer;
    QTimer m_rateTimer;
    const char* m_phase = "";
    QElapsedTimer m_elapsed;
    qint64 m_received = 0;    // decoded bytes of this answer
    qint64 m_delivered = 0;   // bytes given to the sink
    qint64 m_windowBytes = 0; // since the rate timer's last tick
    int m_redirects = 0;
    bool m_streaming = false;
    bool m_isConnecting = false; // nothing of the request was sent yet
    bool m_hasHeaders = false;
};

} // namespace aiva
