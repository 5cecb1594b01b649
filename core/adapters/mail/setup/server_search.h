// One search for the servers of one address; deletes itself when it is done. Used only by MailServerFinder.
#pragma once

#include "core/adapters/mail/setup/mail_server_finder.h"

#include <QPromise>
#include <QTimer>

#include <array>
#include <optional>

namespace aiva {

class ServerSearch : public QObject {
    Q_OBJECT
public:
    ServerSearch(MailDns& dns, const MailProbe& probe, const FinderPace& pace, const QString& address, QObject* parent);

    Future<std::vector<MailServerGuess>> start();

private:
    using Records = std::vector<MailDnsRecord>;

    struct Door {
        MailServer server;
        MailProtocol protocol = MailProtocol::Imap;
        std::optional<bool> greets;
    };

    void ask(const Future<Records>& question, Records& answer);
    void onDnsDone();
    std::optional<MailServerGuess> guessFromServices() const;
    void knock();
    void onKnocked();
    std::optional<MailServer> bestDoor(MailProtocol protocol) const;
    bool isSettled(MailProtocol protocol) const;
    void onTimeUp();
    void end(std::vector<MailServerGuess> guesses);

    MailDns& m_dns;
    MailProbe m_probe;
    FinderPace m_pace;
    QString m_address;
    QString m_domain;
    QTimer m_timer;
    QPromise<Result<std::vector<MailServerGuess>>> m_promise;
    Records m_mailHosts, m_imaps, m_imap, m_submissions, m_submission;
    int m_openQuestions = 0;
    bool m_isKnocking = false;
    bool m_isEnded = false;
    std::vector<Door> m_doors; // best first
};

} // namespace aiva
