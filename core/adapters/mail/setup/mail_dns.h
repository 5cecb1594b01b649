// The two DNS questions that setting up a mailbox asks, behind an interface so that tests need no network.
#pragma once

#include "core/base/async.h"

#include <QObject>

#include <vector>

namespace aiva {

struct MailDnsRecord {
    QString host; // without the last dot; empty: the service is not offered (RFC 2782)
    quint16 port = 0;
    int priority = 0;
    int weight = 0;

    bool operator==(const MailDnsRecord&) const = default;
};

class MailDns {
public:
    virtual ~MailDns();
    // Best first; empty when there is none or nobody answered. Called and answered on the thread of `context`.
    virtual Future<std::vector<MailDnsRecord>> mailHosts(const QString& domain, QObject* context) = 0;
    virtual Future<std::vector<MailDnsRecord>> services(const QString& name, QObject* context) = 0;
};

// The resolver of this machine.
class SystemMailDns final : public MailDns {
public:
    Future<std::vector<MailDnsRecord>> mailHosts(const QString& domain, QObject* context) override;
    Future<std::vector<MailDnsRecord>> services(const QString& name, QObject* context) override;
};

} // namespace aiva
