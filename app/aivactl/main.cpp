// aivactl: the core without a window.
#include "app/aivactl/commands.h"

#include "core/base/log.h"

#include <QHash>
#include <QLoggingCategory>

#include <cstdio>

using namespace aiva;
using namespace aiva::ctl;

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("aivactl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AIVA_VERSION));
    installLogHandler();
    QLoggingCategory::setFilterRules(
        QStringLiteral("aiva.sync.warning=false")); // the command itself says it, in one line

    Result<CommandLine> line = parseCommandLine(QCoreApplication::arguments().mid(1));
    if (!line) return printUsageError(line.error().detail);
    if (line->help) {
        std::fputs(kHelp, stdout);
        return Done;
    }
    static const QHash<QString, Result<int> (*)(Context&)> commands{
        {QStringLiteral("workspace"), runWorkspace}, {QStringLiteral("store"), runStore},
        {QStringLiteral("sync"), runSync},           {QStringLiteral("mail"), runMail},
        {QStringLiteral("outbox"), runOutbox},       {QStringLiteral("conversation"), runConversation},
        {QStringLiteral("customer"), runCustomer},   {QStringLiteral("order"), runOrder},
        {QStringLiteral("product"), runProduct},     {QStringLiteral("search"), runSearch},
        {QStringLiteral("intent"), runIntent},       {QStringLiteral("answer"), runAnswer},
        {QStringLiteral("audit"), runAudit},         {QStringLiteral("webhook"), runWebhook},
        {QStringLiteral("doctor"), runDoctor},       {QStringLiteral("privacy"), runPrivacy}};
    const auto command = commands.value(line->word(0));
    if (!command)
        return printUsageError(line->words.isEmpty() ? QStringLiteral("a command is missing")
                                                     : QStringLiteral("unknown command '%1'").arg(line->word(0)));
    Context context{*std::move(line), {}};
    if (context.line.passphraseOnStdin) context.line.unlock.passphrase = readSecretLine();
    const Result<int> status = command(context);
    return status ? *status : printError(status.error());
}
