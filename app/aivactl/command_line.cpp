#include "app/aivactl/command_line.h"

#include <QSet>

#include <cstdio>

namespace aiva::ctl {

const char* const kHelp = R"(aivactl [--workspace DIR] [--key-file FILE | --passphrase-stdin] [--json] COMMAND …

  workspace init | info | check | backup FILE | rekey
  store connect shopify --shop DOMAIN [--token-stdin | --client-id ID --client-secret-stdin
       [--browser [--online] [--port PORT]]] [--base-url URL]
  store connect woocommerce --url URL --key KEY --secret-stdin
  store import [--customers CSV] [--orders CSV] [--dry-run] [--name STORE] [--currency CODE] [--map FIELD=COLUMN …]
       [--time-zone ZONE] [--decimal point|comma] [--date-order dmy|mdy]
  store list | rename ID NAME | disconnect ID
  sync run [--store ID] [[--full | --incremental] [--only customers,orders,products] | --history]
       [--transport paged|bulk]
  sync history [--store ID]
  sync reconcile [--store ID]
  webhook listen --port PORT (0: any)
  webhook deliver --topic TOPIC --hmac SIGNATURE --shop DOMAIN [--id ID] < BODY
  webhook subscribe --store ID --address URL (https://… or pubsub://PROJECT:TOPIC)
  webhook pull --project P --subscription S [--service-account-stdin < KEY.json] [--once] [--base-url URL]
  webhook list --store ID · unsubscribe --store ID · key --store ID --secret-stdin
  mail connect --address A [--user U] [--imap HOST:PORT] [--smtp HOST:PORT] [--security tls|starttls|plain]
       [--ca-file PEM] [--store ID] [--name N] [--own ADDRESS[,ADDRESS…]]
       (--password-stdin | --oauth-token-stdin --client-id ID (--oauth google|microsoft | --token-url URL))
       The token is the refresh token; a client secret follows it after a blank.
  mail list | sync [--mailbox ID]
  mail import PATH [--own ADDRESS[,ADDRESS…]]
  outbox list [--limit N] | pause | resume | cancel ID | flush [--proof-window SECONDS]
  conversation list [--view VIEW] [--limit N]
  conversation show ID
  customer show EMAIL
  order show NAME
  product search TEXT
  search TEXT
  intent < MAILS (one {"id","text"} a line) | intent eval FILE
  answer context (--conversation ID | --email ADDRESS [--order NAME])
  answer draft --conversation ID [--with playbook|model] · verify --conversation ID < DRAFT
  audit [--search TEXT] [--conversation ID] [--from DAY] [--until DAY] [--limit N] [--csv FILE]
  privacy export (EMAIL | --request ID) --to DIR | close ID | erase EMAIL | drop-store ID | audit
  doctor

Views: needs-me, ready-to-send, waiting, vip, all.
Exit status: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 authentication refused,
5 wrong key, damaged or newer workspace, 6 network.
)";

Result<CommandLine> parseCommandLine(const QStringList& arguments) {
    static const QSet<QString> flags{QStringLiteral("token-stdin"),    QStringLiteral("client-secret-stdin"),
                                     QStringLiteral("secret-stdin"),   QStringLiteral("full"),
                                     QStringLiteral("incremental"),    QStringLiteral("dry-run"),
                                     QStringLiteral("password-stdin"), QStringLiteral("oauth-token-stdin"),
                                     QStringLiteral("once"),           QStringLiteral("service-account-stdin"),
                                     QStringLiteral("browser"),        QStringLiteral("history"),
                                     QStringLiteral("online")};
    static const QSet<QString> importing{
        QStringLiteral("customers"), QStringLiteral("orders"),  QStringLiteral("currency"),  QStringLiteral("map"),
        QStringLiteral("time-zone"), QStringLiteral("decimal"), QStringLiteral("date-order")};
    static const QSet<QString> valued{
        QStringLiteral("shop"),         QStringLiteral("client-id"), QStringLiteral("base-url"),
        QStringLiteral("store"),        QStringLiteral("only"),      QStringLiteral("view"),
        QStringLiteral("limit"),        QStringLiteral("own"),       QStringLiteral("transport"),
        QStringLiteral("address"),      QStringLiteral("user"),      QStringLiteral("imap"),
        QStringLiteral("smtp"),         QStringLiteral("security"),  QStringLiteral("ca-file"),
        QStringLiteral("name"),         QStringLiteral("mailbox"),   QStringLiteral("proof-window"),
        QStringLiteral("oauth"),        QStringLiteral("token-url"), QStringLiteral("conversation"),
        QStringLiteral("email"),        QStringLiteral("order"),     QStringLiteral("with"),
        QStringLiteral("search"),       QStringLiteral("from"),      QStringLiteral("until"),
        QStringLiteral("csv"),          QStringLiteral("url"),       QStringLiteral("key"),
        QStringLiteral("port"),         QStringLiteral("topic"),     QStringLiteral("hmac"),
        QStringLiteral("id"),           QStringLiteral("to"),        QStringLiteral("project"),
        QStringLiteral("subscription"), QStringLiteral("request")};
    CommandLine line;
    bool onlyWords = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (onlyWords || !argument.startsWith(QLatin1String("--"))) {
            line.words.append(argument);
            continue;
        }
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        const auto takeValue = [&](QString& into) {
            if (equals >= 0)
                into = argument.mid(equals + 1);
            else if (i + 1 < arguments.size())
                into = arguments.at(++i);
            else
                return false;
            return !into.isEmpty();
        };
        QString value;
        if (name.isEmpty())
            onlyWords = true;
        else if (name == QLatin1String("json"))
            line.json = true;
        else if (name == QLatin1String("help"))
            line.help = true;
        else if (name == QLatin1String("passphrase-stdin"))
            line.passphraseOnStdin = true;
        else if (flags.contains(name))
            line.options.insert(name, QString());
        else if (name == QLatin1String("workspace") || name == QLatin1String("key-file") || valued.contains(name) ||
                 importing.contains(name)) {
            if (!takeValue(value)) return Error{ErrorKind::Invalid, QStringLiteral("--%1 needs a value").arg(name)};
            if (name == QLatin1String("workspace"))
                line.unlock.workspaceDir = value;
            else if (name == QLatin1String("key-file"))
                line.unlock.keyFile = value;
            else if (name == QLatin1String("map") && line.has("map")) // may come several times
                line.options[name] += QLatin1Char('\n') + value;
            else
                line.options.insert(name, value);
        } else
            return Error{ErrorKind::Invalid, QStringLiteral("unknown option --%1").arg(name)};
    }
    if (line.passphraseOnStdin && !line.unlock.keyFile.isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("--key-file and --passphrase-stdin exclude each other")};
    return line;
}

SecretString readSecretLine() {
    QByteArray bytes;
    int c = 0;
    while ((c = std::fgetc(stdin)) != EOF && c != '\n')
        bytes.append(static_cast<char>(c));
    if (bytes.endsWith('\r')) bytes.chop(1);
    return SecretString::takeFrom(bytes);
}

} // namespace aiva::ctl
