#include "core/adapters/mail/setup/mail_dns.h"

#include <QDnsLookup>

#include <algorithm>
#include <memory>

namespace aiva {
namespace {

using Records = std::vector<MailDnsRecord>;

QString withoutDot(QString host) {
    if (host.endsWith(QLatin1Char('.'))) host.chop(1);
    return host.toLower();
}

Records recordsOf(const QDnsLookup& lookup) {
    Records records;
    for (const QDnsMailExchangeRecord& record : lookup.mailExchangeRecords())
        records.push_back({withoutDot(record.exchange()), 25, record.preference(), 0});
    for (const QDnsServiceRecord& record : lookup.serviceRecords())
        records.push_back({withoutDot(record.target()), record.port(), record.priority(), record.weight()});
    std::stable_sort(records.begin(), records.end(), [](const MailDnsRecord& a, const MailDnsRecord& b) {
        return a.priority != b.priority ? a.priority < b.priority : a.weight > b.weight;
    });
    return records;
}

Future<Records> ask(QDnsLookup::Type type, const QString& name, QObject* context) {
    auto promise = std::make_shared<QPromise<Result<Records>>>();
    promise->start();
    auto* lookup = new QDnsLookup(type, name, context);
    QObject::connect(lookup, &QDnsLookup::finished, context, [lookup, promise] {
        lookup->deleteLater();
        promise->addResult(recordsOf(*lookup));
        promise->finish();
    });
    lookup->lookup();
    return promise->future();
}

} // namespace

MailDns::~MailDns() = default;

Future<Records> SystemMailDns::mailHosts(const QString& domain, QObject* context) {
    return ask(QDnsLookup::MX, domain, context);
}

Future<Records> SystemMailDns::services(const QString& name, QObject* context) {
    return ask(QDnsLookup::SRV, name, context);
}

} // namespace aiva
