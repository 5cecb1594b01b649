#include "core/adapters/mail/setup/server_search.h"

#include "core/adapters/mail/setup/mail_providers.h"
#include "core/domain/mail/wire_address.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The best record that offers the service and names a port; RFC 6186 §3.4: "." says it is not offered.
std::optional<MailServer> serverOf(const std::vector<MailDnsRecord>& records, MailSecurity security) {
    for (const MailDnsRecord& record : records)
        if (!record.host.isEmpty() && record.port != 0) return MailServer{record.host, record.port, security};
    return {};
}

} // namespace

ServerSearch::ServerSearch(MailDns& dns, const MailProbe& probe, const FinderPace& pace, const QString& address,
                           QObject* parent)
    : QObject(parent), m_dns(dns), m_probe(probe), m_pace(pace), m_address(address), m_timer(this) {
    m_domain = address.mid(address.lastIndexOf(u'@') + 1).toLower();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ServerSearch::onTimeUp);
    m_promise.start();
}

Future<std::vector<MailServerGuess>> ServerSearch::start() {
    const Future<std::vector<MailServerGuess>> future = m_promise.future();
    if (const auto provider = providerOfDomain(m_domain)) {
        end({*provider});
        return future;
    }
    m_timer.start(m_pace.dnsMs);
    ask(m_dns.mailHosts(m_domain, this), m_mailHosts);
    ask(m_dns.services("_imaps._tcp."_L1 + m_domain, this), m_imaps);
    ask(m_dns.services("_imap._tcp."_L1 + m_domain, this), m_imap);
    ask(m_dns.services("_submissions._tcp."_L1 + m_domain, this), m_submissions);
    ask(m_dns.services("_submission._tcp."_L1 + m_domain, this), m_submission);
    return future;
}

void ServerSearch::ask(const Future<Records>& question, Records& answer) {
    ++m_openQuestions;
    whenDone(question, this, [this, &answer](const Result<Records>& records) {
        if (records) answer = *records;
        if (--m_openQuestions == 0 && !m_isKnocking) onDnsDone();
    });
}

void ServerSearch::onDnsDone() {
    if (m_isEnded) return;
    std::vector<MailServerGuess> guesses;
    QStringList hosts;
    for (const MailDnsRecord& record : m_mailHosts)
        hosts << record.host;
    if (const auto provider = providerOfMailHosts(hosts)) guesses.push_back(*provider);
    if (const auto services = guessFromServices()) guesses.push_back(*services);
    if (guesses.empty())
        knock();
    else
        end(std::move(guesses));
}

std::optional<MailServerGuess> ServerSearch::guessFromServices() const {
    // Implicit TLS before STARTTLS (RFC 8314 §3).
    std::optional<MailServer> imap = serverOf(m_imaps, MailSecurity::Tls);
    if (!imap) imap = serverOf(m_imap, MailSecurity::StartTls);
    std::optional<MailServer> smtp = serverOf(m_submissions, MailSecurity::Tls);
    if (!smtp) smtp = serverOf(m_submission, MailSecurity::StartTls);
    if (!imap || !smtp) return {};
    MailServerGuess guess;
    guess.imap = *imap;
    guess.smtp = *smtp;
    guess.origin = u"srv"_s;
    return guess;
}

void ServerSearch::knock() {
    m_isKnocking = true;
    m_timer.start(std::max(1, m_pace.searchMs - m_pace.dnsMs));
    const auto add = [this](const QString& host, quint16 port, MailSecurity security, MailProtocol protocol) {
        m_doors.push_back({{host, port, security}, protocol, {}});
    };
    for (const QString& prefix : {u"imap."_s, u"mail."_s, QString()})
        add(prefix + m_domain, 993, MailSecurity::Tls, MailProtocol::Imap);
    for (const QString& prefix : {u"imap."_s, u"mail."_s})
        add(prefix + m_domain, 143, MailSecurity::StartTls, MailProtocol::Imap);
    for (const QString& prefix : {u"smtp."_s, u"mail."_s, QString()})
        add(prefix + m_domain, 465, MailSecurity::Tls, MailProtocol::Submission);
    for (const QString& prefix : {u"smtp."_s, u"mail."_s})
        add(prefix + m_domain, 587, MailSecurity::StartTls, MailProtocol::Submission);
    for (size_t i = 0; i < m_doors.size(); ++i)
        whenDone(m_probe(m_doors[i].server, m_doors[i].protocol, this), this, [this, i](const Result<bool>& greets) {
            m_doors[i].greets = greets && *greets;
            onKnocked();
        });
}

// Settled once the best door that opened is ahead of all that may still open.
bool ServerSearch::isSettled(MailProtocol protocol) const {
    for (const Door& door : m_doors) {
        if (door.protocol != protocol) continue;
        if (!door.greets) return false;
        if (*door.greets) return true;
    }
    return true;
}

std::optional<MailServer> ServerSearch::bestDoor(MailProtocol protocol) const {
    for (const Door& door : m_doors)
        if (door.protocol == protocol && door.greets.value_or(false)) return door.server;
    return {};
}

void ServerSearch::onKnocked() {
    if (!m_isEnded && isSettled(MailProtocol::Imap) && isSettled(MailProtocol::Submission)) onTimeUp();
}

void ServerSearch::onTimeUp() {
    if (m_isEnded) return;
    if (!m_isKnocking) return onDnsDone();
    const auto imap = bestDoor(MailProtocol::Imap);
    const auto smtp = bestDoor(MailProtocol::Submission);
    if (!imap || !smtp) return end({});
    MailServerGuess guess;
    guess.imap = *imap;
    guess.smtp = *smtp;
    guess.origin = u"probe"_s;
    end({guess});
}

void ServerSearch::end(std::vector<MailServerGuess> guesses) {
    m_isEnded = true;
    m_timer.stop();
    for (MailServerGuess& guess : guesses)
        guess.userName = m_address;
    m_promise.addResult(std::move(guesses));
    m_promise.finish();
    deleteLater();
}

} // namespace aiva
