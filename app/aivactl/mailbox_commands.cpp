#include "app/aivactl/mailbox_commands.h"

#include "app/aivactl/json_views.h"
#include "app/common/mail_adapters.h"

#include "core/adapters/mail/setup/mail_server_finder.h"
#include "core/domain/email_address.h"
#include "core/domain/mail/oauth_presets.h"
#include "core/mailbox/folder_choice.h"
#include "core/readmodel/mailbox_query.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/stores/store_repository.h"

#include <QFile>
#include <QHostAddress>
#include <QJsonArray>

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;

QJsonObject serverJson(const MailServer& server) {
    return {{u"host"_s, server.host}, {u"port"_s, server.port}, {u"security"_s, toWord(server.security)}};
}

QJsonObject mailboxJson(const MailboxView& view) {
    const MailAccount& account = view.account;
    return {{u"id"_s, account.id.value()},
            {u"address"_s, account.address},
            {u"name"_s, account.displayName},
            {u"user"_s, account.userName},
            {u"auth"_s, toWord(account.auth)},
            {u"imap"_s, serverJson(account.imap)},
            {u"smtp"_s, serverJson(account.smtp)},
            {u"store_id"_s, account.store ? QJsonValue(account.store->value()) : QJsonValue()},
            {u"status"_s, toWord(account.status)},
            {u"last_error"_s, account.lastError.isEmpty() ? QJsonValue() : QJsonValue(account.lastError)},
            {u"last_sync_at"_s, timeJson(account.lastSyncAt)},
            {u"messages"_s, view.messages},
            {u"messages_to_fetch"_s, view.messagesToFetch},
            {u"faults"_s, view.faults}};
}

void printMailbox(const Context& context, const MailboxView& view, const QJsonArray& folders) {
    if (context.line.json) {
        QJsonObject object = mailboxJson(view);
        if (!folders.isEmpty()) object.insert(u"folders"_s, folders);
        return printJson(object);
    }
    printText(u"%1  %2  %3:%4  %5  %6 messages, %7 to fetch, %8 unreadable"_s.arg(view.account.id.value())
                  .arg(view.account.address, view.account.imap.host)
                  .arg(view.account.imap.port)
                  .arg(toWord(view.account.status))
                  .arg(view.messages)
                  .arg(view.messagesToFetch)
                  .arg(view.faults));
}

Error usage(const QString& sentence) {
    return {ErrorKind::Invalid, sentence};
}

// "host:993", "[::1]:993", "host".
Result<MailServer> serverOf(const QString& text, MailSecurity security, quint16 defaultPort) {
    MailServer server{text, defaultPort, security};
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon > text.lastIndexOf(u']')) {
        bool ok = false;
        server.port = text.mid(colon + 1).toUShort(&ok);
        server.host = text.left(colon);
        if (!ok || server.port == 0) return usage(u"a server is HOST:PORT"_s);
    }
    if (server.host.startsWith(u'[') && server.host.endsWith(u']')) server.host = server.host.mid(1).chopped(1);
    if (server.host.isEmpty()) return usage(u"a server is HOST:PORT"_s);
    const QHostAddress address(server.host);
    if (security == MailSecurity::Plain && !address.isLoopback() && server.host != "localhost"_L1)
        return usage(u"--security plain is for servers on this computer only"_s);
    return server;
}

Result<void> readServers(const CommandLine& line, MailAccount& account) {
    const auto security = fromWord<MailSecurity>(line.has("security") ? line.value("security") : u"tls"_s);
    if (!security) return usage(u"--security takes tls, starttls or plain"_s);
    const bool isTls = *security == MailSecurity::Tls;
    if (line.has("imap")) {
        AIVA_TRY(account.imap, serverOf(line.value("imap"), *security, isTls ? 993 : 143));
    }
    if (line.has("smtp")) {
        AIVA_TRY(account.smtp, serverOf(line.value("smtp"), *security, isTls ? 465 : 587));
    }
    return {};
}

// Whose tokens they are; the program needs no more than where they are renewed.
Result<void> readSignIn(const CommandLine& line, MailAccount& account) {
    if (!line.has("oauth-token-stdin")) return {};
    account.auth = MailAuth::OAuth;
    const QString provider = line.value("oauth");
    if (provider == "google"_L1)
        account.oauth = googleOAuth();
    else if (provider == "microsoft"_L1)
        account.oauth = microsoftOAuth();
    else
        account.oauth.name = u"other"_s;
    if (line.has("token-url")) account.oauth.tokenUrl = account.oauth.authorizeUrl = line.value("token-url");
    account.oauth.clientId = line.value("client-id");
    if (account.oauth.clientId.isEmpty() || account.oauth.tokenUrl.isEmpty())
        return usage(u"--oauth-token-stdin needs --client-id, and --oauth google, --oauth microsoft or --token-url"_s);
    return {};
}

Result<MailAccount> accountOf(const CommandLine& line) {
    MailAccount account;
    account.address = normalizedEmail(line.value("address"));
    if (account.address.isEmpty()) return usage(u"mail connect needs --address with an e-mail address"_s);
    if (line.has("password-stdin") == line.has("oauth-token-stdin"))
        return usage(u"mail connect needs either --password-stdin or --oauth-token-stdin"_s);
    AIVA_CHECK(readSignIn(line, account));
    account.userName = line.has("user") ? line.value("user") : account.address;
    account.displayName = line.value("name");
    account.ownAddresses = line.value("own").split(u',', Qt::SkipEmptyParts);
    AIVA_CHECK(readServers(line, account));
    if (line.has("store")) {
        account.store = StoreId(line.value("store").toLongLong());
        if (!account.store->isValid()) return usage(u"--store takes the id of a store"_s);
    }
    if (line.has("ca-file")) {
        QFile file(line.value("ca-file"));
        if (!file.open(QIODevice::ReadOnly)) return usage(u"--ca-file cannot be read"_s);
        account.caCertificates = file.read(1 << 20);
        if (!account.caCertificates.contains("BEGIN CERTIFICATE"))
            return usage(u"--ca-file holds no PEM certificate"_s);
    }
    return account;
}

// Servers nobody named, as the address's domain tells. Submission lies beside IMAP when only that is named.
Result<void> completeServers(const CommandLine& line, MailAccount& account) {
    if (account.imap.host.isEmpty()) {
        MailServerFinder finder;
        AIVA_TRY(const std::vector<MailServerGuess> guesses, waitFor(finder.findServers(account.address)));
        if (guesses.empty())
            return Error{ErrorKind::NotFound, u"no mail servers were found for this address; name them with --imap and "
                                              "--smtp"_s};
        const MailServerGuess& best = guesses.front();
        account.imap = best.imap;
        if (account.smtp.host.isEmpty()) account.smtp = best.smtp;
        if (!line.has("user") && !best.userName.isEmpty()) account.userName = best.userName;
    }
    if (account.smtp.host.isEmpty()) {
        const quint16 port = account.imap.security == MailSecurity::Tls ? 465 : 587;
        account.smtp = {account.imap.host, port, account.imap.security};
    }
    return {};
}

QJsonArray foldersJson(const std::vector<MailFolder>& folders) {
    QJsonArray array;
    for (const MailFolder& folder : folders)
        array.append(QJsonObject{{u"name"_s, folder.name}, {u"role"_s, roleWord(folder.role)}});
    return array;
}

Result<MailboxView> viewOf(Database& database, MailboxId id) {
    AIVA_TRY(const auto query, MailboxQuery::create(database));
    AIVA_TRY(const std::vector<MailboxView> views, query->all());
    for (const MailboxView& view : views)
        if (view.account.id == id) return view;
    return Error{ErrorKind::NotFound, u"no mailbox has this id"_s};
}

} // namespace

Result<int> connectMailbox(Context& context) {
    Result<MailAccount> parsed = accountOf(context.line);
    if (!parsed) return printUsageError(parsed.error().detail);
    MailAccount account = *std::move(parsed);
    const SecretString secret = readSecretLine();
    if (secret.isEmpty()) return printUsageError(u"no secret came on standard input"_s);

    AIVA_TRY(auto open, openForWriting(context));
    if (account.store) {
        AIVA_TRY(const auto stores, StoreRepository::create(*open.database));
        AIVA_TRY(const std::optional<StoreRow> store, stores->byId(*account.store));
        if (!store) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    }
    AIVA_CHECK(completeServers(context.line, account));
    const MailAdapters adapters = mailAdapters(*open.workspace, context.clock);
    const auto port = adapters.tryMailbox(account, secret);
    AIVA_CHECK(waitFor(port->open()));
    AIVA_TRY(const std::vector<MailFolder> folders, waitFor(port->folders()));
    if (followedFolders(folders).empty())
        return Error{ErrorKind::NotFound, u"the server lists no INBOX"_s, ErrorCause::FolderMissing};

    AIVA_CHECK(adapters.saveSecret(*open.database, account, secret));
    AIVA_TRY(const auto mailboxes, MailboxRepository::create(*open.database));
    AIVA_TRY(const MailboxId id, mailboxes->save(account));
    AIVA_TRY(const MailboxView view, viewOf(*open.database, id));
    printMailbox(context, view, foldersJson(folders));
    return Done;
}

Result<int> listMailboxes(Context& context) {
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, MailboxQuery::create(*open.database));
    AIVA_TRY(const std::vector<MailboxView> views, query->all());
    if (context.line.json) {
        QJsonArray array;
        for (const MailboxView& view : views)
            array.append(mailboxJson(view));
        printJson({{u"mailboxes"_s, array}});
        return Done;
    }
    for (const MailboxView& view : views)
        printMailbox(context, view, {});
    if (views.empty()) printText(u"No mailbox yet. Connect one with 'aivactl mail connect'."_s);
    return Done;
}

} // namespace aiva::ctl
