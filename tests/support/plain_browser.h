// A browser that is only an HTTP client: follows redirects and shows the last page. Its event loop runs meanwhile, so
// that the page may be served by the test itself.
#pragma once

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <memory>

namespace aiva::test {

struct BrowserPage {
    int status = 0; // 0: no answer
    QUrl url;
    QByteArray text;
};

class PlainBrowser {
public:
    BrowserPage open(const QUrl& url, int waitMs = 30'000) {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
        request.setRawHeader("Connection", "close"); // a server that stops waits for nobody
        const std::unique_ptr<QNetworkReply> reply(m_access.get(request));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(waitMs, &loop, &QEventLoop::quit);
        if (!reply->isFinished()) loop.exec();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->url(), reply->readAll()};
    }

private:
    QNetworkAccessManager m_access;
};

} // namespace aiva::test
