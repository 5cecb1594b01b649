// ScriptedImap: an IMAP server made of rules: which command gets which answer, right or wrong. Knows nothing of mail;
// what no rule answers gets a plain OK. Plain text on loopback, or TLS and STARTTLS with an identity.
#pragma once

#include "core/domain/mail/mail_account.h"
#include "tests/support/line_server.h"

#include <vector>

namespace aiva::test {

class ScriptedImap {
public:
    using Answer = std::function<void(Talk&, const QByteArray& tag, const QByteArray& command)>;

    explicit ScriptedImap(LineServer::Security security = LineServer::Security::Plain,
                          std::optional<ServerIdentity> identity = {});

    QByteArray capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR CONDSTORE UIDPLUS MOVE IDLE LITERAL+ ID ENABLE NAMESPACE";
    QByteArray greeting; // instead of the usual one
    QByteArray selected = "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 40] x\r\n"
                          "* OK [HIGHESTMODSEQ 90] x\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n";

    // Commands that begin with `prefix` (after the tag, any case), or lines that do; the last rule that fits wins.
    void on(const QByteArray& prefix, Answer answer);
    // As above: `untagged` as it stands, then "tag OK done" or what is given.
    void on(const QByteArray& prefix, const QByteArray& untagged, const QByteArray& tagged = "OK done");

    LineServer& server() { return *m_server; }
    // Commands seen that begin with `prefix`, without their tags.
    QByteArrayList commands(const QByteArray& prefix) const;
    MailAccount account() const; // for this server, as "agent"

private:
    struct Rule {
        QByteArray prefix;
        Answer answer;
    };
    void greet(Talk& talk) const;
    void answer(Talk& talk, const QByteArray& line);
    void answerUnruled(Talk& talk, const QByteArray& tag, const QByteArray& command) const;

    LineServer::Security m_security;
    std::optional<ServerIdentity> m_identity;
    std::unique_ptr<LineServer> m_server;
    std::vector<Rule> m_rules;
};

} // namespace aiva::test
