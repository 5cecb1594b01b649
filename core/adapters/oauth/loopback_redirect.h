// The receiving end of a browser's redirect (RFC 8252 §7.3): listens on 127.0.0.1 for one answer that carries our
// state, thanks the person with a plain page, and closes. Anything else that knocks gets a refusal and changes nothing.
#pragma once

#include "core/base/result.h"
#include "core/domain/redirect_pages.h"

#include <QByteArray>
#include <QObject>
#include <QTcpServer>

#include <functional>

class QTcpSocket;

namespace aiva {

// Where the browser is sent back to. A provider that compares the whole address wants a port that stays the same.
struct RedirectPlace {
    quint16 port = 0; // any
    QString path = QStringLiteral("/");
    // Looks at the whole query, encoded as it came, before anybody is thanked; absent: the state is proof enough.
    std::function<bool(const QByteArray& query)> isGenuine;
};

class LoopbackRedirect : public QObject {
    Q_OBJECT
public:
    LoopbackRedirect(const QByteArray& state, const RedirectPages& pages, QObject* parent);

    bool listen(const RedirectPlace& place = {}); // false: the port is taken
    quint16 port() const { return m_server.serverPort(); }
    void close() { m_server.close(); } // the port is free; pages under way still go out

Q_SIGNALS:
    void authorized(const QByteArray& code);
    // The provider's word for why not: "access_denied".
    void refused(const QByteArray& word);

private:
    void onConnection();
    void onData(QTcpSocket* socket);
    void onRequest(QTcpSocket* socket, const QByteArray& head);
    void answer(QTcpSocket* socket, const char* status, const QString& text);

    QByteArray m_state;
    RedirectPages m_pages;
    RedirectPlace m_place;
    QTcpServer m_server;
    int m_open = 0;
    bool m_isAnswered = false;
};

} // namespace aiva
