// MailSetupPort: the servers of an address, from the table of providers, the domain's MX and SRV records (RFC 6186,
// RFC 8314), else by knocking at the usual names. Owned by the app on a thread with an event loop; a search ends after
// its time with what is known by then, and without an answer when the finder goes.
#pragma once

#include "core/adapters/mail/setup/mail_dns.h"
#include "core/adapters/mail/setup/mail_probe.h"
#include "core/ports/mail_setup_port.h"

#include <QObject>

namespace aiva {

struct FinderPace {
    int dnsMs = 5'000;
    int searchMs = 15'000; // DNS and knocking together
};

class MailServerFinder final : public QObject, public MailSetupPort {
    Q_OBJECT
public:
    // With this machine's resolver and real connections.
    explicit MailServerFinder(QObject* parent = nullptr);
    MailServerFinder(std::unique_ptr<MailDns> dns, MailProbe probe, const FinderPace& pace, QObject* parent = nullptr);

    Future<std::vector<MailServerGuess>> findServers(const QString& address) override;

private:
    std::unique_ptr<MailDns> m_dns;
    MailProbe m_probe;
    FinderPace m_pace;
};

} // namespace aiva
