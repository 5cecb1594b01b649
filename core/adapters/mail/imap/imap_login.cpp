#include "core/adapters/mail/imap/imap_login.h"

#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_text.h"

#include <QPointer>

#include <memory>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kNameCharacters = 80;

QByteArray bytesOf(const SecretString& secret) {
    return QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
}

Error plainTextRefused(const QString& detail) {
    return {ErrorKind::Refused, detail, ErrorCause::PlainTextRefused};
}

// "* ID ("name" "Dovecot" "version" "2.3")"
QString serverNameOf(const ImapResponse& response) {
    if (response.values.empty()) return {};
    const ImapValue* name = itemOf(response.values.front(), "name");
    QString text = name ? cleanServerText(name->bytes, kNameCharacters) : QString();
    const ImapValue* version = itemOf(response.values.front(), "version");
    if (version && !text.isEmpty()) text += u' ' + cleanServerText(version->bytes, 20);
    return text.left(kNameCharacters);
}

// (("prefix" "/") …) → its prefixes
QByteArrayList prefixesOf(const ImapValue& names) {
    QByteArrayList prefixes;
    for (const ImapValue& name : names.items)
        if (!name.items.empty() && !name.items.front().bytes.isEmpty()) prefixes.append(name.items.front().bytes);
    return prefixes;
}

ImapNamespace namespaceOf(const ImapResponse& response) {
    ImapNamespace names;
    if (response.values.size() < 3) return names;
    const QByteArrayList own = prefixesOf(response.values[0]);
    const bool hasBare = response.values[0].items.empty() || own.size() < qsizetype(response.values[0].items.size());
    if (!own.isEmpty() && !hasBare) names.prefix = own.front();
    names.foreign = prefixesOf(response.values[1]) + prefixesOf(response.values[2]);
    return names;
}

} // namespace

ImapLogin::ImapLogin(ImapLink& link, const MailAccount& account, CredentialAsk ask, QObject* parent)
    : QObject(parent), m_link(link), m_account(account), m_ask(std::move(ask)) {
    connect(&m_link, &ImapLink::greeted, this, &ImapLogin::onGreeted);
    connect(&m_link, &ImapLink::said, this, &ImapLogin::onSaid);
    connect(&m_link, &ImapLink::encrypted, this, [this] { askCapabilities(&ImapLogin::authenticate); });
}

void ImapLogin::onGreeted(const ImapResponse& greeting) {
    m_isPreauthenticated = greeting.is("PREAUTH");
    m_welcome.serverName = cleanServerText(greeting.text, kNameCharacters);
    onSaid(greeting);
    if (m_said)
        secure();
    else
        askCapabilities(&ImapLogin::secure);
}

void ImapLogin::onSaid(const ImapResponse& response) {
    if (response.is("CAPABILITY"))
        m_said = ImapCapabilities(response.values);
    else if (response.code == "CAPABILITY")
        m_said = ImapCapabilities(response.codeValues);
    else if (response.is("ID")) {
        const QString name = serverNameOf(response);
        if (!name.isEmpty()) m_welcome.serverName = name;
    } else if (response.is("NAMESPACE"))
        m_welcome.names = namespaceOf(response);
    else if (response.is("ENABLED"))
        for (const ImapValue& word : response.values)
            m_welcome.enabledQresync |= word.isWord("QRESYNC");
}

void ImapLogin::askCapabilities(void (ImapLogin::*next)()) {
    m_said.reset();
    m_link.run(ImapCommand("CAPABILITY"), [this, next](const ImapResponse& response) {
        if (!response.isOk()) return fail(imapError(response));
        (this->*next)();
    });
}

void ImapLogin::secure() {
    if (m_said) m_welcome.capabilities = *m_said;
    if (m_account.imap.security != MailSecurity::StartTls) return authenticate();
    // A PREAUTH here would carry the session past encryption (RFC 9051 §7.1.4).
    if (m_isPreauthenticated || !m_welcome.capabilities.has("STARTTLS"))
        return fail(plainTextRefused(u"the server offers no STARTTLS"_s));
    m_link.run(ImapCommand("STARTTLS"), [this](const ImapResponse& response) {
        if (!response.isOk()) return fail(plainTextRefused(u"the server refused STARTTLS"_s));
        m_welcome.capabilities = {}; // nothing said in the clear counts
        m_welcome.serverName.clear();
        m_link.startTls();
    });
}

void ImapLogin::authenticate() {
    if (m_said) m_welcome.capabilities = *m_said;
    if (m_isPreauthenticated) return introduce();
    m_ask(std::exchange(m_shown, {}), [self = QPointer(this)](const Result<MailCredentials>& credentials) {
        if (!self) return;
        if (credentials)
            self->logIn(*credentials);
        else
            self->fail(credentials.error());
    });
}

void ImapLogin::logIn(const MailCredentials& credentials) {
    m_said.reset();
    ++m_attempts;
    if (credentials.auth == MailAuth::OAuth) m_shown = credentials.secret;
    const auto mechanism = chooseSasl(m_welcome.capabilities.saslMechanisms(), credentials.auth);
    if (mechanism) return authenticateWith(*mechanism, credentials);
    if (credentials.auth == MailAuth::OAuth) return fail(imapNotSupported("XOAUTH2 and OAUTHBEARER"));
    if (m_welcome.capabilities.has("LOGINDISABLED")) {
        if (m_link.isEncrypted()) return fail(imapNotSupported("logins by password"));
        return fail(plainTextRefused(u"the server wants no login without encryption"_s));
    }
    ImapCommand login("LOGIN");
    login.string(credentials.userName.toUtf8()).string(bytesOf(credentials.secret));
    m_link.run(login, [this](const ImapResponse& response) { onAnswered(response, MailAuth::Password); });
}

void ImapLogin::authenticateWith(SaslMechanism mechanism, const MailCredentials& credentials) {
    auto exchange = std::make_shared<SaslExchange>(mechanism, credentials, m_account.imap.host, m_account.imap.port);
    ImapCommand command("AUTHENTICATE " + saslName(mechanism));
    if (exchange->hasInitialResponse() && m_welcome.capabilities.has("SASL-IR"))
        command.words(bytesOf(exchange->respond()));
    m_link.run(
        command, [this, auth = credentials.auth](const ImapResponse& response) { onAnswered(response, auth); }, {},
        [this, exchange](const ImapResponse& challenge) {
            m_link.sendLine(bytesOf(exchange->respond(challenge.text)));
        });
}

void ImapLogin::onAnswered(const ImapResponse& response, MailAuth auth) {
    if (response.isOk()) {
        m_shown.wipe();
        onSaid(response);
        if (!m_said) return askCapabilities(&ImapLogin::introduce);
        return introduce();
    }
    // A token may have expired a moment ago: one more, fresh this time.
    if (auth == MailAuth::OAuth && m_attempts == 1 && response.is("NO")) return authenticate();
    fail(imapLoginError(response));
}

void ImapLogin::introduce() {
    if (m_said) m_welcome.capabilities = *m_said;
    const ImapCapabilities& able = m_welcome.capabilities;
    m_link.setUnaskedLiteral(able.unaskedLiteral());
    if (able.has("ID")) m_link.run(ImapCommand("ID (\"name\" \"Aiva\" \"version\" \"" AIVA_VERSION "\")"), {});
    if (able.has("ENABLE") && able.has("QRESYNC"))
        m_link.run(ImapCommand("ENABLE QRESYNC"), {});
    else if (able.has("ENABLE") && able.has("CONDSTORE"))
        m_link.run(ImapCommand("ENABLE CONDSTORE"), {});
    // Last, so that its answer ends the introduction; what is refused here is done without.
    m_link.run(ImapCommand(able.has("NAMESPACE") ? "NAMESPACE" : "NOOP"),
               [this](const ImapResponse&) { Q_EMIT done(); });
}

void ImapLogin::fail(const Error& error) {
    Q_EMIT refused(error);
}

} // namespace aiva
