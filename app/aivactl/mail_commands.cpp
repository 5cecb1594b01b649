#include "app/aivactl/commands.h"
#include "app/aivactl/mailbox_commands.h"

#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/domain/email_address.h"
#include "core/sync/files/mail_import.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

Result<int> import(Context& context) {
    const QString path = context.line.word(2);
    if (path.isEmpty()) return printUsageError(QStringLiteral("mail import needs a path"));
    QSet<QString> own;
    for (const QString& address : context.line.value("own").split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString normalized = normalizedEmail(address);
        if (normalized.isEmpty()) return printUsageError(QStringLiteral("--own takes e-mail addresses"));
        own.insert(normalized);
    }
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto conversations, ConversationRepository::create(*open.database));
    MailFileReader reader;
    const auto onProgress = [&](qint64 read) {
        if (context.line.json)
            printJson({{QStringLiteral("event"), QStringLiteral("progress")},
                       {QStringLiteral("resource"), QStringLiteral("messages")},
                       {QStringLiteral("done"), read}});
        return true;
    };
    AIVA_TRY(const MailImportCounts counts, importMail(reader, path, own, *conversations, *open.database, onProgress));
    if (context.line.json)
        printJson({{QStringLiteral("event"), QStringLiteral("finished")},
                   {QStringLiteral("status"),
                    counts.refused > 0 ? QStringLiteral("completed_with_errors") : QStringLiteral("completed")},
                   {QStringLiteral("messages"), QJsonObject{{QStringLiteral("read"), counts.read},
                                                            {QStringLiteral("added"), counts.added},
                                                            {QStringLiteral("known"), counts.known},
                                                            {QStringLiteral("refused"), counts.refused}}},
                   {QStringLiteral("errors"), QJsonArray::fromStringList(counts.causes)}});
    else {
        printText(QStringLiteral("%1 messages read: %2 added, %3 already here, %4 refused")
                      .arg(counts.read)
                      .arg(counts.added)
                      .arg(counts.known)
                      .arg(counts.refused));
        for (const QString& cause : counts.causes)
            printText(QStringLiteral("    ") + cause);
    }
    return Done;
}

} // namespace

Result<int> runMail(Context& context) {
    if (context.line.word(1) == QLatin1String("import")) return import(context);
    if (context.line.word(1) == QLatin1String("connect")) return connectMailbox(context);
    if (context.line.word(1) == QLatin1String("list")) return listMailboxes(context);
    if (context.line.word(1) == QLatin1String("sync")) return syncMailboxes(context);
    return printUsageError(QStringLiteral("mail connect, list, sync or import PATH"));
}

} // namespace aiva::ctl
