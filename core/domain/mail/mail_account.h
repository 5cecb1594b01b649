// How one mailbox is reached and who writes from it. Plain values; secrets live in the keychain under mailSecretName().
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

struct MailServer {
    QString host;
    quint16 port = 0;
    MailSecurity security = MailSecurity::Tls;

    bool operator==(const MailServer&) const = default;
};

// Endpoints of an OAuth2 provider (RFC 6749, 7636). Google's and Microsoft's are presets; all are configurable.
struct OAuthProvider {
    QString name; // "google", "microsoft" or a word of the user's
    QString clientId;
    QString authorizeUrl;
    QString tokenUrl;
    QStringList scopes;

    bool operator==(const OAuthProvider&) const = default;
};

struct MailAccount {
    MailboxId id;
    QString address;          // support@shop.example: From, and what the mailbox is known by
    QString displayName;      // of From
    QStringList ownAddresses; // further addresses that are us: aliases, old ones
    QString userName;
    MailAuth auth = MailAuth::Password;
    OAuthProvider oauth;
    MailServer imap;
    MailServer smtp;
    QByteArray caCertificates; // PEM of a private authority to trust besides the system's; empty: none
    std::optional<StoreId> store;
    QString signatureText;
    QString signatureHtml;
    QString authservId;   // whose Authentication-Results are believed (RFC 8601 §2.5); empty: nobody's
    int undoSeconds = 10; // 0…60
    SentProof sentProof = SentProof::OwnCopy;
    TeamMode teamMode = TeamMode::Unknown;
    QString teamReason; // English word for why it is single-agent: "no_condstore", "no_keywords", "test_failed" …
    int agentSlot = 0;  // 1…16 once registered with the team
    MailboxStatus status = MailboxStatus::Connected;
    QString lastError; // kind/cause words
    std::optional<UtcTime> lastSyncAt;
};

// "mail-password/<address>", "mail-refresh-token/<address>"
QString mailSecretName(const MailAccount& account);

} // namespace aiva
