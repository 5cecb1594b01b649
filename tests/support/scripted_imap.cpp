#include "tests/support/scripted_imap.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

bool beginsWith(const QByteArray& command, const QByteArray& prefix) {
    return command.left(prefix.size()).compare(prefix, Qt::CaseInsensitive) == 0;
}

} // namespace

ScriptedImap::ScriptedImap(LineServer::Security security, std::optional<ServerIdentity> identity)
    : m_security(security)
    , m_identity(identity)
    , m_server(std::make_unique<LineServer>([this](Talk& talk) { greet(talk); },
                                            [this](Talk& talk, const QByteArray& line) { answer(talk, line); },
                                            security, identity)) {}

void ScriptedImap::on(const QByteArray& prefix, Answer answer) {
    m_rules.push_back({prefix, std::move(answer)});
}

void ScriptedImap::on(const QByteArray& prefix, const QByteArray& untagged, const QByteArray& tagged) {
    on(prefix, [untagged, tagged](Talk& talk, const QByteArray& tag, const QByteArray&) {
        talk.say(untagged + tag + ' ' + tagged + "\r\n");
    });
}

QByteArrayList ScriptedImap::commands(const QByteArray& prefix) const {
    QByteArrayList found;
    for (const QByteArray& line : m_server->lines()) {
        const QByteArray command = line.mid(line.indexOf(' ') + 1);
        if (beginsWith(command, prefix)) found.append(command);
    }
    return found;
}

MailAccount ScriptedImap::account() const {
    MailAccount account;
    account.address = u"agent@shop.example"_s;
    account.userName = u"agent"_s;
    account.imap = {u"localhost"_s, m_server->serverPort(),
                    m_security == LineServer::Security::Plain ? MailSecurity::Plain
                    : m_security == LineServer::Security::Tls ? MailSecurity::Tls
                                                              : MailSecurity::StartTls};
    if (m_identity) account.caCertificates = m_identity->certificate.toPem();
    return account;
}

void ScriptedImap::greet(Talk& talk) const {
    talk.say(greeting.isEmpty() ? "* OK [CAPABILITY " + capabilities + "] scripted server\r\n" : greeting);
}

void ScriptedImap::answer(Talk& talk, const QByteArray& line) {
    const qsizetype space = line.indexOf(' ');
    const QByteArray tag = line.left(space);
    const QByteArray command = space < 0 ? QByteArray() : line.mid(space + 1);
    for (auto rule = m_rules.rbegin(); rule != m_rules.rend(); ++rule)
        if (beginsWith(command, rule->prefix) || beginsWith(line, rule->prefix))
            return rule->answer(talk, tag, command);
    answerUnruled(talk, tag, command);
}

void ScriptedImap::answerUnruled(Talk& talk, const QByteArray& tag, const QByteArray& command) const {
    if (command.isEmpty()) return;
    if (beginsWith(command, "CAPABILITY")) talk.say("* CAPABILITY " + capabilities + "\r\n");
    if (beginsWith(command, "SELECT")) talk.say(selected);
    if (beginsWith(command, "ENABLE ")) talk.say("* ENABLED " + command.mid(7) + "\r\n");
    if (beginsWith(command, "LOGOUT")) {
        talk.say("* BYE\r\n" + tag + " OK bye\r\n");
        return talk.hangUp();
    }
    if (beginsWith(command, "IDLE")) {
        talk.say("+ idling\r\n");
        return;
    }
    talk.say(tag + " OK done\r\n");
}

} // namespace aiva::test
