#include "core/adapters/mail/smtp/smtp_session.h"

#include "core/adapters/mail/smtp/smtp_errors.h"

#include <QPointer>

namespace aiva {
namespace {

constexpr qsizetype kLongestReply = 8'192; // RFC 5321 §4.5.3.1.5 says 512; challenges are longer

}

SmtpSession::SmtpSession(const MailServer& server, const QByteArray& caCertificates, const WirePace& pace,
                         QObject* parent)
    : QObject(parent), m_connection(server, caCertificates, kLongestReply, pace) {
    connect(&m_connection, &LineConnection::opened, this, [this] { m_connection.expectAnswer(); });
    connect(&m_connection, &LineConnection::arrived, this, &SmtpSession::onArrived);
    connect(&m_connection, &LineConnection::encrypted, this, &SmtpSession::encrypted);
    connect(&m_connection, &LineConnection::drained, this, &SmtpSession::drained);
    connect(&m_connection, &LineConnection::failed, this, &SmtpSession::fail);
}

void SmtpSession::open(Handler onGreeting) {
    m_waiting.push_back(std::move(onGreeting));
    m_connection.open();
}

void SmtpSession::command(const QByteArray& line, Handler handler, int silenceMs) {
    if (m_isEnded) return;
    m_waiting.push_back(std::move(handler));
    m_connection.expectAnswer(silenceMs);
    m_connection.write(line + "\r\n");
}

void SmtpSession::data(const QByteArray& bytes) {
    // A server that stops reading is as silent as one that stops answering.
    m_connection.expectAnswer();
    m_connection.write(bytes);
}

void SmtpSession::onArrived() {
    const QPointer<SmtpSession> self(this);
    while (self && !m_isEnded) {
        const std::optional<QByteArray> line = m_connection.takeLine();
        if (!line) return;
        const auto outcome = m_reader.take(*line);
        if (outcome == SmtpReplyReader::Outcome::More) continue;
        if (outcome == SmtpReplyReader::Outcome::Broken) return fail(smtpBroken("not an SMTP reply"));
        const SmtpReply reply = m_reader.takeReply();
        if (m_waiting.empty()) {
            // 421 may come at any time (RFC 5321 §3.8); anything else is out of step.
            return fail(reply.code == 421 ? smtpError(SmtpStep::Data, reply) : smtpBroken("a reply nobody asked for"));
        }
        const Handler handler = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (m_waiting.empty()) m_connection.expectNothing();
        handler(reply);
    }
}

void SmtpSession::fail(const Error& error) {
    if (m_isEnded) return;
    m_isEnded = true;
    m_waiting.clear();
    m_connection.close();
    Q_EMIT failed(error);
}

void SmtpSession::quit() {
    if (!m_isEnded) m_connection.write("QUIT\r\n");
    close();
}

void SmtpSession::close() {
    m_isEnded = true;
    m_waiting.clear();
    m_connection.close();
}

} // namespace aiva
