// A browser that is only an HTTP client: follows redirects and shows the last page. The event loop runs meanwhile, so
// that the page may be served by the test itself; no connection is left open.
#pragma once

#include "tests/support/patience.h"

#include <QTcpSocket>
#include <QUrl>

namespace aiva::test {

struct BrowserPage {
    int status = 0; // 0: no answer
    QUrl url;
    QByteArray text;
};

class PlainBrowser {
public:
    BrowserPage open(const QUrl& url, int redirects = 5) {
        const QByteArray answer = ask(url);
        const QByteArray head = answer.left(answer.indexOf("\r\n\r\n") + 2);
        const BrowserPage page{head.mid(9, 3).toInt(), url, answer.mid(head.size() + 2)};
        const qsizetype at = head.indexOf("\r\nLocation: ");
        if (at < 0 || redirects == 0) return page;
        const qsizetype from = at + 12;
        return open(url.resolved(QUrl::fromEncoded(head.mid(from, head.indexOf("\r\n", from) - from))), redirects - 1);
    }

private:
    static QByteArray ask(const QUrl& url) {
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port(80)));
        const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
        socket.write("GET " + target + " HTTP/1.1\r\nHost: " + url.host().toLatin1() + ':' +
                     QByteArray::number(url.port(80)) + "\r\nConnection: close\r\n\r\n");
        QByteArray answer;
        const auto isOver = [&] {
            answer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        };
        return QTest::qWaitFor(isOver, 30'000) ? answer + socket.readAll() : QByteArray();
    }
};

} // namespace aiva::test
