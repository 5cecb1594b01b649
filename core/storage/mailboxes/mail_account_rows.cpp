#include "core/storage/mailboxes/mail_account_rows.h"

#include "core/domain/email_address.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

// A reconnect keeps what is the user's or the team's.
static constexpr std::string_view kConnectAccount = R"sql(
INSERT INTO mailboxes (address, display_name, own_addresses, user_name, auth, oauth, imap_host, imap_port,
                       imap_security, smtp_host, smtp_port, smtp_security, ca_certificates, store_id, signature_text,
                       signature_html, authserv_id, undo_seconds, sent_proof, team_mode, team_reason, agent_slot,
                       status, last_error, last_sync_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
        ?25)
ON CONFLICT (address) DO UPDATE SET
    display_name = excluded.display_name,
    own_addresses = CASE WHEN excluded.own_addresses = '' THEN own_addresses ELSE excluded.own_addresses END,
    user_name = excluded.user_name, auth = excluded.auth, oauth = excluded.oauth,
    imap_host = excluded.imap_host, imap_port = excluded.imap_port, imap_security = excluded.imap_security,
    smtp_host = excluded.smtp_host, smtp_port = excluded.smtp_port, smtp_security = excluded.smtp_security,
    ca_certificates = excluded.ca_certificates, store_id = ifnull(excluded.store_id, store_id),
    signature_text = CASE WHEN excluded.signature_text = '' THEN signature_text ELSE excluded.signature_text END,
    signature_html = CASE WHEN excluded.signature_html = '' THEN signature_html ELSE excluded.signature_html END,
    authserv_id = excluded.authserv_id, sent_proof = excluded.sent_proof, team_mode = excluded.team_mode,
    team_reason = excluded.team_reason, status = excluded.status, last_error = excluded.last_error
RETURNING id)sql";

static constexpr std::string_view kUpdateAccount = R"sql(
UPDATE mailboxes SET address = ?1, display_name = ?2, own_addresses = ?3, user_name = ?4, auth = ?5, oauth = ?6,
    imap_host = ?7, imap_port = ?8, imap_security = ?9, smtp_host = ?10, smtp_port = ?11, smtp_security = ?12,
    ca_certificates = ?13, store_id = ?14, signature_text = ?15, signature_html = ?16, authserv_id = ?17,
    undo_seconds = ?18, sent_proof = ?19, team_mode = ?20, team_reason = ?21, agent_slot = ?22, status = ?23,
    last_error = ?24, last_sync_at = ?25
WHERE id = ?26
RETURNING id)sql";

#define AIVA_ACCOUNT_COLUMNS                                                                                           \
    "SELECT id, address, display_name, own_addresses, user_name, auth, oauth, imap_host, imap_port, imap_security, "   \
    "smtp_host, smtp_port, smtp_security, ca_certificates, store_id, signature_text, signature_html, authserv_id, "    \
    "undo_seconds, sent_proof, team_mode, team_reason, agent_slot, status, last_error, last_sync_at FROM mailboxes "

static constexpr std::string_view kAllAccount = AIVA_ACCOUNT_COLUMNS "ORDER BY id";
static constexpr std::string_view kByIdAccount = AIVA_ACCOUNT_COLUMNS "WHERE id = ?1";
#undef AIVA_ACCOUNT_COLUMNS

static QString oauthJson(const MailAccount& account) {
    if (account.auth != MailAuth::OAuth) return {};
    const OAuthProvider& oauth = account.oauth;
    const QJsonObject object{{u"name"_s, oauth.name},
                             {u"clientId"_s, oauth.clientId},
                             {u"authorizeUrl"_s, oauth.authorizeUrl},
                             {u"tokenUrl"_s, oauth.tokenUrl},
                             {u"scopes"_s, QJsonArray::fromStringList(oauth.scopes)}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

static OAuthProvider oauthFrom(const QString& json) {
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    OAuthProvider oauth;
    oauth.name = object.value("name"_L1).toString();
    oauth.clientId = object.value("clientId"_L1).toString();
    oauth.authorizeUrl = object.value("authorizeUrl"_L1).toString();
    oauth.tokenUrl = object.value("tokenUrl"_L1).toString();
    for (const QJsonValue& scope : object.value("scopes"_L1).toArray())
        oauth.scopes << scope.toString();
    return oauth;
}

static QString ownLines(const MailAccount& account) {
    QStringList lines;
    for (const QString& address : account.ownAddresses)
        if (const QString normal = normalizedEmail(address); !normal.isEmpty()) lines << normal;
    return lines.join(u'\n');
}

static void bindServers(Statement& statement, const MailAccount& account) {
    statement.bind(7, account.imap.host).bind(8, static_cast<int>(account.imap.port));
    statement.bind(9, toWord(account.imap.security));
    statement.bind(10, account.smtp.host).bind(11, static_cast<int>(account.smtp.port));
    statement.bind(12, toWord(account.smtp.security)).bind(13, QString::fromLatin1(account.caCertificates));
}

static void bindAccount(Statement& statement, const MailAccount& account, const QString& address) {
    statement.bind(1, address).bind(2, account.displayName).bind(3, ownLines(account)).bind(4, account.userName);
    statement.bind(5, toWord(account.auth)).bind(6, oauthJson(account));
    bindServers(statement, account);
    statement.bind(14, account.store ? std::optional(account.store->value()) : std::nullopt);
    statement.bind(15, account.signatureText).bind(16, account.signatureHtml).bind(17, account.authservId);
    statement.bind(18, account.undoSeconds).bind(19, toWord(account.sentProof)).bind(20, toWord(account.teamMode));
    statement.bind(21, account.teamReason).bind(22, account.agentSlot).bind(23, toWord(account.status));
    statement.bind(24, account.lastError).bind(25, account.lastSyncAt);
}

static MailServer serverFrom(const Statement& row, int column) {
    return {row.text(column), static_cast<quint16>(row.integer(column + 1)),
            fromWord<MailSecurity>(row.text(column + 2)).value_or(MailSecurity::Tls)};
}

static MailAccount accountFrom(const Statement& row) {
    MailAccount account;
    account.id = row.id<MailboxId>(0);
    account.address = row.text(1);
    account.displayName = row.text(2);
    account.ownAddresses = row.text(3).split(u'\n', Qt::SkipEmptyParts);
    account.userName = row.text(4);
    account.auth = fromWord<MailAuth>(row.text(5)).value_or(MailAuth::Password);
    account.oauth = oauthFrom(row.text(6));
    account.imap = serverFrom(row, 7);
    account.smtp = serverFrom(row, 10);
    account.caCertificates = row.text(13).toLatin1();
    if (!row.isNull(14)) account.store = row.id<StoreId>(14);
    account.signatureText = row.text(15);
    account.signatureHtml = row.text(16);
    account.authservId = row.text(17);
    account.undoSeconds = static_cast<int>(row.integer(18));
    account.sentProof = fromWord<SentProof>(row.text(19)).value_or(SentProof::None);
    account.teamMode = fromWord<TeamMode>(row.text(20)).value_or(TeamMode::Unknown);
    account.teamReason = row.text(21);
    account.agentSlot = static_cast<int>(row.integer(22));
    account.status = fromWord<MailboxStatus>(row.text(23)).value_or(MailboxStatus::Error);
    account.lastError = row.text(24);
    account.lastSyncAt = row.optionalTime(25);
    return account;
}

Result<std::unique_ptr<MailAccountRows>> MailAccountRows::create(Database& database, Use use) {
    std::unique_ptr<MailAccountRows> rows(new MailAccountRows);
    if (use == Use::Write) {
        AIVA_TRY(rows->m_connect, database.prepare(kConnectAccount));
        AIVA_TRY(rows->m_update, database.prepare(kUpdateAccount));
    }
    AIVA_TRY(rows->m_all, database.prepare(kAllAccount));
    AIVA_TRY(rows->m_byId, database.prepare(kByIdAccount));
    return rows;
}

Result<MailboxId> MailAccountRows::save(const MailAccount& account) {
    const QString address = normalizedEmail(account.address);
    if (address.isEmpty()) return Error{ErrorKind::Invalid, u"a mailbox needs an address"_s};
    Statement& statement = account.id.isValid() ? m_update : m_connect;
    bindAccount(statement, account, address);
    if (account.id.isValid()) statement.bind(26, account.id);
    AIVA_TRY(const bool found, statement.step());
    if (!found) return Error{ErrorKind::NotFound, u"there is no such mailbox"_s};
    const auto id = statement.id<MailboxId>(0);
    AIVA_CHECK(statement.run());
    return id;
}

Result<std::vector<MailAccount>> MailAccountRows::all() {
    std::vector<MailAccount> accounts;
    for (;;) {
        AIVA_TRY(const bool more, m_all.step());
        if (!more) return accounts;
        accounts.push_back(accountFrom(m_all));
    }
}

Result<std::optional<MailAccount>> MailAccountRows::byId(MailboxId id) {
    AIVA_TRY(const bool found, m_byId.bind(1, id).step());
    if (!found) return std::optional<MailAccount>();
    std::optional<MailAccount> account = accountFrom(m_byId);
    m_byId.reset();
    return account;
}

} // namespace aiva
