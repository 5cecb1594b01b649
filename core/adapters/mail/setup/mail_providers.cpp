#include "core/adapters/mail/setup/mail_providers.h"

#include "core/domain/mail/oauth_presets.h"

#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

enum class Login { Password, Google, Microsoft };

// Domains and MX suffixes separated by blanks; "yahoo.*" is any top-level domain. All take TLS on 993; SMTP is TLS on
// 465, or STARTTLS on 587 where the provider offers nothing better.
struct Provider {
    QLatin1StringView domains;
    QLatin1StringView mailHosts;
    QLatin1StringView imap;
    QLatin1StringView smtp;
    quint16 smtpPort = 465;
    Login login = Login::Password;
};

constexpr quint16 kTls = 465;
constexpr quint16 kStartTls = 587;

constexpr std::array<Provider, 28> kProviders{{
    {"gmail.com googlemail.com"_L1, "google.com googlemail.com"_L1, "imap.gmail.com"_L1, "smtp.gmail.com"_L1, kTls,
     Login::Google},
    {"outlook.* hotmail.* live.* msn.com"_L1, "olc.protection.outlook.com"_L1, "outlook.office365.com"_L1,
     "smtp-mail.outlook.com"_L1, kStartTls, Login::Microsoft},
    {""_L1, "protection.outlook.com mx.microsoft"_L1, "outlook.office365.com"_L1, "smtp.office365.com"_L1, kStartTls,
     Login::Microsoft},
    {"yahoo.* ymail.com rocketmail.com myyahoo.com"_L1, "yahoodns.net"_L1, "imap.mail.yahoo.com"_L1,
     "smtp.mail.yahoo.com"_L1, kTls, Login::Password},
    {"aol.* aim.com"_L1, ""_L1, "imap.aol.com"_L1, "smtp.aol.com"_L1, kTls, Login::Password},
    {"icloud.com me.com mac.com"_L1, "mail.icloud.com"_L1, "imap.mail.me.com"_L1, "smtp.mail.me.com"_L1, kStartTls,
     Login::Password},
    {"fastmail.com fastmail.fm fastmail.de"_L1, "messagingengine.com"_L1, "imap.fastmail.com"_L1,
     "smtp.fastmail.com"_L1, kTls, Login::Password},
    {"gmx.de gmx.net gmx.at gmx.ch"_L1, "gmx.net"_L1, "imap.gmx.net"_L1, "mail.gmx.net"_L1, kTls, Login::Password},
    {"gmx.com gmx.us gmx.co.uk gmx.fr gmx.es"_L1, ""_L1, "imap.gmx.com"_L1, "mail.gmx.com"_L1, kStartTls,
     Login::Password},
    {"web.de"_L1, ""_L1, "imap.web.de"_L1, "smtp.web.de"_L1, kStartTls, Login::Password},
    {"t-online.de magenta.de"_L1, ""_L1, "secureimap.t-online.de"_L1, "securesmtp.t-online.de"_L1, kTls,
     Login::Password},
    {"freenet.de"_L1, ""_L1, "mx.freenet.de"_L1, "mx.freenet.de"_L1, kTls, Login::Password},
    {"zoho.com zohomail.com"_L1, ""_L1, "imap.zoho.com"_L1, "smtp.zoho.com"_L1, kTls, Login::Password},
    {"zoho.eu zohomail.eu"_L1, ""_L1, "imap.zoho.eu"_L1, "smtp.zoho.eu"_L1, kTls, Login::Password},
    {""_L1, "zoho.com"_L1, "imappro.zoho.com"_L1, "smtppro.zoho.com"_L1, kTls, Login::Password},
    {""_L1, "zoho.eu"_L1, "imappro.zoho.eu"_L1, "smtppro.zoho.eu"_L1, kTls, Login::Password},
    {"mailbox.org"_L1, "mailbox.org"_L1, "imap.mailbox.org"_L1, "smtp.mailbox.org"_L1, kTls, Login::Password},
    {"posteo.de posteo.net"_L1, "posteo.de"_L1, "posteo.de"_L1, "posteo.de"_L1, kTls, Login::Password},
    {""_L1, "kundenserver.de"_L1, "imap.ionos.de"_L1, "smtp.ionos.de"_L1, kTls, Login::Password},
    {""_L1, "ionos.com perfora.net"_L1, "imap.ionos.com"_L1, "smtp.ionos.com"_L1, kTls, Login::Password},
    {""_L1, "rzone.de"_L1, "imap.strato.de"_L1, "smtp.strato.de"_L1, kTls, Login::Password},
    {""_L1, "mail.ovh.net"_L1, "ssl0.ovh.net"_L1, "ssl0.ovh.net"_L1, kTls, Login::Password},
    {""_L1, "gandi.net"_L1, "mail.gandi.net"_L1, "mail.gandi.net"_L1, kTls, Login::Password},
    {""_L1, "infomaniak.ch"_L1, "mail.infomaniak.com"_L1, "mail.infomaniak.com"_L1, kTls, Login::Password},
    {""_L1, "hostinger.com"_L1, "imap.hostinger.com"_L1, "smtp.hostinger.com"_L1, kTls, Login::Password},
    {""_L1, "one.com"_L1, "imap.one.com"_L1, "send.one.com"_L1, kTls, Login::Password},
    {"orange.fr wanadoo.fr"_L1, ""_L1, "imap.orange.fr"_L1, "smtp.orange.fr"_L1, kTls, Login::Password},
    {"yandex.com yandex.ru ya.ru"_L1, "yandex.net"_L1, "imap.yandex.com"_L1, "smtp.yandex.com"_L1, kTls,
     Login::Password},
}};

bool listsDomain(QLatin1StringView list, const QString& domain) {
    for (const QString& entry : QString(list).split(u' ', Qt::SkipEmptyParts)) {
        if (domain == entry) return true;
        // "yahoo.*": yahoo.fr, yahoo.co.uk; never notyahoo.com nor yahoo.evil.com's subdomains of three labels.
        if (!entry.endsWith(".*"_L1) || !domain.startsWith(entry.chopped(1))) continue;
        const QString rest = domain.mid(entry.size() - 1);
        if (!rest.contains(u'.') || rest.startsWith("co."_L1) || rest.startsWith("com."_L1))
            if (rest.count(u'.') <= 1) return true;
    }
    return false;
}

bool listsHost(QLatin1StringView list, const QString& host) {
    for (const QString& suffix : QString(list).split(u' ', Qt::SkipEmptyParts))
        if (host == suffix || host.endsWith(u'.' + suffix)) return true;
    return false;
}

MailServerGuess guessOf(const Provider& provider) {
    MailServerGuess guess;
    guess.imap = {provider.imap, 993, MailSecurity::Tls};
    guess.smtp = {provider.smtp, provider.smtpPort,
                  provider.smtpPort == kTls ? MailSecurity::Tls : MailSecurity::StartTls};
    guess.origin = u"provider"_s;
    guess.needsOAuth = provider.login != Login::Password;
    if (provider.login == Login::Google) guess.oauth = googleOAuth();
    if (provider.login == Login::Microsoft) guess.oauth = microsoftOAuth();
    return guess;
}

} // namespace

std::optional<MailServerGuess> providerOfDomain(const QString& domain) {
    for (const Provider& provider : kProviders)
        if (listsDomain(provider.domains, domain.toLower())) return guessOf(provider);
    return {};
}

std::optional<MailServerGuess> providerOfMailHosts(const QStringList& mailHosts) {
    for (const QString& host : mailHosts)
        for (const Provider& provider : kProviders)
            if (listsHost(provider.mailHosts, host.toLower())) return guessOf(provider);
    return {};
}

} // namespace aiva
