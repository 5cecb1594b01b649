#include "core/adapters/mail/imap/imap_link.h"

#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_parser.h"
#include "core/base/log.h"

#include <QPointer>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kToleratedStrays = 1000;

Error broken(const char* what) {
    return {ErrorKind::Network, QLatin1StringView(what), ErrorCause::ProtocolBroken};
}

} // namespace

ImapLink::ImapLink(const MailServer& server, const QByteArray& caCertificates, const ImapPace& pace, QObject* parent)
    : QObject(parent), m_line(server, caCertificates, ImapLimits().lineBytes, pace.wire, this) {
    connect(&m_line, &LineConnection::opened, this, [this] { m_line.expectAnswer(); });
    connect(&m_line, &LineConnection::encrypted, this, &ImapLink::encrypted);
    connect(&m_line, &LineConnection::arrived, this, &ImapLink::onArrived);
    connect(&m_line, &LineConnection::failed, this, &ImapLink::lose);
}

void ImapLink::startTls() {
    m_framer.reset();
    m_line.startTls();
}

void ImapLink::run(const ImapCommand& command, Done done, Untagged untagged, Continued continued) {
    if (m_isLost) return;
    const QByteArray tag = 'a' + QByteArray::number(++m_lastTag);
    m_running.push_back({tag, std::move(done), std::move(untagged), std::move(continued)});
    m_outgoing.push_back({tag, command.parts(), 0});
    m_line.expectAnswer();
    pump();
}

void ImapLink::sendLine(const QByteArray& line) {
    m_line.write(line + "\r\n");
    m_line.expectAnswer();
}

void ImapLink::pump() {
    while (!m_awaitsPlus && !m_outgoing.empty()) {
        if (!sendParts(m_outgoing.front())) return;
        m_outgoing.pop_front();
    }
}

// False while the server must first agree to a literal.
bool ImapLink::sendParts(Outgoing& outgoing) {
    QByteArray bytes;
    if (outgoing.next == 0) bytes = outgoing.tag + ' ';
    for (; outgoing.next < outgoing.parts.size(); ++outgoing.next) {
        const ImapCommand::Part& part = outgoing.parts[outgoing.next];
        bytes += part.bytes;
        const bool announces = outgoing.next + 1 < outgoing.parts.size() && outgoing.parts[outgoing.next + 1].isLiteral;
        if (!announces) continue;
        const qsizetype size = outgoing.parts[outgoing.next + 1].bytes.size();
        const bool mayGo = size <= m_unaskedLiteral;
        bytes += '{' + QByteArray::number(size) + (mayGo ? "+}\r\n" : "}\r\n");
        if (mayGo) continue;
        ++outgoing.next;
        m_awaitsPlus = true;
        m_line.write(bytes);
        return false;
    }
    m_line.write(bytes + "\r\n");
    return true;
}

void ImapLink::onArrived() {
    const QPointer<ImapLink> self(this);
    while (self && !m_isLost && m_line.isOpen()) {
        Result<std::optional<ImapFrame>> frame = m_framer.next(m_line.input());
        if (!frame) return m_line.fail(frame.error());
        if (!frame->has_value()) return;
        Result<ImapResponse> response = parseImapResponse(**std::move(frame));
        if (!response) return m_line.fail(response.error());
        if (!take(*response)) return;
    }
}

// False when this object may be gone or its connection is closed.
bool ImapLink::take(ImapResponse& response) {
    const QPointer<ImapLink> self(this);
    if (response.isMalformed) qCDebug(logMail) << "malformed response" << response.name.left(20);
    if (response.isMalformed && ++m_stray > kToleratedStrays) {
        m_line.fail(broken("the server does not speak IMAP"));
        return false;
    }
    if (response.kind == ImapResponse::Kind::Continuation) {
        takeContinuation(response);
        return self && !m_isLost;
    }
    if (response.kind == ImapResponse::Kind::Tagged) return takeTagged(response);
    if (!m_isGreeted) {
        m_isGreeted = true;
        if (!response.is("BYE")) m_line.expectNothing();
        if (response.is("OK") || response.is("PREAUTH"))
            Q_EMIT greeted(response);
        else
            m_line.fail(response.is("BYE") ? imapError(response) : broken("the server greets in no known way"));
        return self && !m_isLost;
    }
    if (response.is("BYE")) {
        m_line.fail(imapError(response));
        return false;
    }
    Q_EMIT said(response);
    // To all, not to the oldest: servers may begin to answer a command before they have ended the one before it.
    for (size_t i = 0; self && !m_isLost && i < m_running.size(); ++i)
        if (m_running[i].untagged) m_running[i].untagged(response);
    return self && !m_isLost;
}

bool ImapLink::takeTagged(const ImapResponse& response) {
    const QPointer<ImapLink> self(this);
    const auto found = std::find_if(m_running.begin(), m_running.end(),
                                    [&](const Running& running) { return running.tag == response.tag; });
    if (found == m_running.end() && response.isMalformed) return true; // counted with the strays
    if (found == m_running.end() || response.isMalformed || !response.isStatus()) {
        m_line.fail(broken("the server answers a command that was never given"));
        return false;
    }
    const Done done = std::move(found->done);
    m_running.erase(found);
    // Refused before its literal was wanted: the rest of it must not go out.
    if (!m_outgoing.empty() && m_outgoing.front().tag == response.tag) {
        m_outgoing.pop_front();
        m_awaitsPlus = false;
    }
    if (m_running.empty()) m_line.expectNothing();
    if (done) done(response);
    if (self && !m_isLost) pump();
    return self && !m_isLost;
}

void ImapLink::takeContinuation(const ImapResponse& response) {
    if (m_awaitsPlus) {
        m_awaitsPlus = false;
        pump();
        return;
    }
    if (!m_running.empty() && m_running.front().continued)
        m_running.front().continued(response);
    else if (++m_stray > kToleratedStrays)
        m_line.fail(broken("the server asks for what was never announced"));
}

void ImapLink::close() {
    m_isLost = true;
    m_running.clear();
    m_outgoing.clear();
    if (m_isGreeted && !m_awaitsPlus) m_line.write("a" + QByteArray::number(++m_lastTag) + " LOGOUT\r\n");
    m_line.close();
}

void ImapLink::lose(const Error& error) {
    if (m_isLost) return;
    m_isLost = true;
    m_running.clear();
    m_outgoing.clear();
    Q_EMIT lost(error);
}

} // namespace aiva
