#include "core/adapters/mail/setup/mail_server_finder.h"

#include "core/adapters/mail/setup/server_search.h"
#include "core/domain/mail/wire_address.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kProbeMs = 8'000;

Future<bool> knockAt(const MailServer& server, MailProtocol protocol, QObject* context) {
    return probeMailServer(server, protocol, {}, kProbeMs, context);
}

} // namespace

MailServerFinder::MailServerFinder(QObject* parent)
    : MailServerFinder(std::make_unique<SystemMailDns>(), knockAt, {}, parent) {}

MailServerFinder::MailServerFinder(std::unique_ptr<MailDns> dns, MailProbe probe, const FinderPace& pace,
                                   QObject* parent)
    : QObject(parent), m_dns(std::move(dns)), m_probe(std::move(probe)), m_pace(pace) {}

Future<std::vector<MailServerGuess>> MailServerFinder::findServers(const QString& address) {
    const QString wire = wireAddress(address);
    if (wire.isEmpty())
        return readyFuture<std::vector<MailServerGuess>>(Error{ErrorKind::Invalid, u"not an e-mail address"_s});
    auto* search = new ServerSearch(*m_dns, m_probe, m_pace, wire, this);
    return search->start();
}

} // namespace aiva
