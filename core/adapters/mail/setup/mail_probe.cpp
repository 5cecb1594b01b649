#include "core/adapters/mail/setup/mail_probe.h"

#include "core/adapters/mail/wire/line_connection.h"

#include <QTimer>

#include <memory>

namespace aiva {
namespace {

constexpr qsizetype kLongestGreeting = 4'096;

bool isGreeting(const QByteArray& line, MailProtocol protocol) {
    return protocol == MailProtocol::Imap ? line.startsWith("* OK") : line.startsWith("220");
}

} // namespace

Future<bool> probeMailServer(const MailServer& server, MailProtocol protocol, const QByteArray& caCertificates, int ms,
                             QObject* context) {
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    auto* connection = new LineConnection(server, caCertificates, kLongestGreeting, {ms, ms, ms}, context);
    const auto end = [promise, connection](bool greets) {
        if (promise->future().isFinished()) return;
        connection->close();
        connection->deleteLater();
        promise->addResult(greets);
        promise->finish();
    };
    QObject::connect(connection, &LineConnection::arrived, connection, [connection, protocol, end] {
        if (const auto line = connection->takeLine()) end(isGreeting(*line, protocol));
    });
    QObject::connect(connection, &LineConnection::failed, connection, [end] { end(false); });
    QTimer::singleShot(ms, connection, [end] { end(false); });
    connection->open();
    return promise->future();
}

} // namespace aiva
