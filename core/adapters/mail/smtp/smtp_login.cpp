#include "core/adapters/mail/smtp/smtp_login.h"

#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// An address literal instead of the machine's name, which is nobody's business (RFC 5321 §4.1.3).
constexpr char kHello[] = "EHLO [127.0.0.1]";

QByteArray bytesOf(const SecretString& secret) {
    return QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace

SmtpAbilities abilitiesIn(const SmtpReply& ehloReply) {
    SmtpAbilities abilities;
    for (const QByteArray& line : ehloReply.lines.mid(1)) {
        QByteArrayList words = line.simplified().toUpper().split(' ');
        const QByteArray keyword = words.takeFirst();
        if (keyword == "STARTTLS") abilities.startTls = true;
        if (keyword == "PIPELINING") abilities.pipelining = true;
        if (keyword == "8BITMIME") abilities.eightBit = true;
        if (keyword == "SMTPUTF8") abilities.smtpUtf8 = true;
        if (keyword == "SIZE") {
            abilities.sizeOffered = true;
            abilities.size = words.isEmpty() ? 0 : std::max<qint64>(0, words.front().toLongLong());
        }
        if (keyword == "AUTH") abilities.saslMechanisms += words;
        // As servers wrote it before the standard did.
        if (keyword.startsWith("AUTH=")) abilities.saslMechanisms += QByteArrayList{keyword.mid(5)} + words;
    }
    return abilities;
}

SmtpLogin::SmtpLogin(SmtpSession& session, const MailServer& server, CredentialSource credentials, QObject* parent)
    : QObject(parent), m_session(session), m_server(server), m_credentials(std::move(credentials)) {
    connect(&m_session, &SmtpSession::encrypted, this, [this] {
        m_isSecured = true;
        sayHello();
    });
}

void SmtpLogin::start() {
    m_session.open([this](const SmtpReply& greeting) {
        if (greeting.code != 220) return Q_EMIT refused(smtpError(SmtpStep::Greeting, greeting));
        sayHello();
    });
}

void SmtpLogin::sayHello() {
    m_session.command(kHello, [this](const SmtpReply& reply) { onHello(reply); });
}

void SmtpLogin::onHello(const SmtpReply& reply) {
    if (!reply.isDone()) return Q_EMIT refused(smtpError(SmtpStep::Hello, reply));
    m_abilities = abilitiesIn(reply);
    if (m_server.security != MailSecurity::StartTls || m_isSecured) return askCredentials();
    if (!m_abilities.startTls)
        return Q_EMIT refused({ErrorKind::Refused, u"the server offers no STARTTLS"_s, ErrorCause::PlainTextRefused});
    m_session.command("STARTTLS", [this](const SmtpReply& answer) {
        if (answer.code != 220) return Q_EMIT refused(smtpError(SmtpStep::StartTls, answer));
        m_abilities = {}; // nothing said in the clear counts
        m_session.startTls();
    });
}

void SmtpLogin::askCredentials() {
    whenDone(m_credentials(std::exchange(m_shown, {})), this, [this](const Result<MailCredentials>& credentials) {
        if (!credentials) return Q_EMIT refused(credentials.error());
        logIn(*credentials);
    });
}

void SmtpLogin::logIn(const MailCredentials& credentials) {
    ++m_attempts;
    if (credentials.auth == MailAuth::OAuth) m_shown = credentials.secret;
    const auto mechanism = chooseSasl(m_abilities.saslMechanisms, credentials.auth);
    if (!mechanism)
        return Q_EMIT refused(
            {ErrorKind::Refused, u"the server offers none of the logins Aiva knows"_s, ErrorCause::NotSupported});
    const auto exchange = std::make_shared<SaslExchange>(*mechanism, credentials, m_server.host, m_server.port);
    QByteArray command = "AUTH " + saslName(*mechanism);
    if (exchange->hasInitialResponse()) command += ' ' + bytesOf(exchange->respond());
    m_session.command(command, [this, exchange](const SmtpReply& reply) { onAnswered(exchange, reply); });
    wipeMemory(command.data(), static_cast<size_t>(command.size()));
}

void SmtpLogin::onAnswered(const std::shared_ptr<SaslExchange>& exchange, const SmtpReply& reply) {
    if (reply.code == 334) {
        const QByteArray response = bytesOf(exchange->respond(reply.lines.value(0).trimmed()));
        m_session.command(response, [this, exchange](const SmtpReply& next) { onAnswered(exchange, next); });
        return;
    }
    if (reply.isDone()) {
        m_shown.wipe();
        return Q_EMIT done();
    }
    const bool isToken =
        exchange->mechanism() == SaslMechanism::XOAuth2 || exchange->mechanism() == SaslMechanism::OAuthBearer;
    // A token may have expired a moment ago: one more, fresh this time.
    if (isToken && m_attempts == 1 && reply.isFinal()) return askCredentials();
    Q_EMIT refused(smtpError(SmtpStep::Login, reply));
}

} // namespace aiva
