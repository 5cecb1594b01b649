#include "app/aivactl/commands.h"
#include "app/aivactl/json_views.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

void printInfo(const Context& context, const WorkspaceInfo& info) {
    if (context.line.json) return printJson(workspaceJson(info));
    printText(QStringLiteral("%1, schema %2").arg(info.path).arg(info.schemaVersion));
    for (auto it = info.counts.begin(); it != info.counts.end(); ++it)
        printText(QStringLiteral("%1  %2").arg(it.key(), -14).arg(it.value(), 10));
}

Result<int> init(Context& context) {
    AIVA_TRY(const auto workspace, initWorkspace(context.line.unlock));
    AIVA_TRY(const WorkspaceInfo info, workspace->info());
    printInfo(context, info);
    return Done;
}

Result<int> check(Context& context, const Workspace& workspace) {
    AIVA_TRY(const QStringList problems, workspace.check());
    if (context.line.json)
        printJson({{QStringLiteral("ok"), problems.isEmpty()},
                   {QStringLiteral("problems"), QJsonArray::fromStringList(problems)}});
    else
        printText(problems.isEmpty() ? QStringLiteral("The workspace is sound.") : problems.join(QLatin1Char('\n')));
    return problems.isEmpty() ? Done : Failed;
}

Result<int> done(const Context& context, const QString& text) {
    if (context.line.json)
        printJson({{QStringLiteral("ok"), true}});
    else
        printText(text);
    return Done;
}

} // namespace

Result<OpenWorkspace> openForWriting(Context& context) {
    OpenWorkspace open;
    AIVA_TRY(open.workspace, openWorkspace(context.line.unlock));
    AIVA_TRY(open.database, open.workspace->openWriter());
    return open;
}

Result<OpenWorkspace> openForReading(Context& context) {
    OpenWorkspace open;
    AIVA_TRY(open.workspace, openWorkspace(context.line.unlock));
    AIVA_TRY(open.database, open.workspace->openReader());
    return open;
}

Result<qint64> idArgument(const CommandLine& line, int index) {
    bool ok = false;
    const qint64 id = line.word(index).toLongLong(&ok);
    if (!ok || id <= 0) return Error{ErrorKind::Invalid, QStringLiteral("an id is a positive number")};
    return id;
}

Result<int> runWorkspace(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("init")) return init(context);
    if (verb != QLatin1String("info") && verb != QLatin1String("check") && verb != QLatin1String("backup") &&
        verb != QLatin1String("rekey"))
        return printUsageError(QStringLiteral("workspace init, info, check, backup FILE or rekey"));
    AIVA_TRY(const auto workspace, openWorkspace(context.line.unlock));
    if (verb == QLatin1String("check")) return check(context, *workspace);
    if (verb == QLatin1String("info")) {
        AIVA_TRY(const WorkspaceInfo info, workspace->info());
        printInfo(context, info);
        return Done;
    }
    if (verb == QLatin1String("rekey")) {
        // A passphrase workspace takes the new passphrase as the second line of standard input.
        const SecretString next = context.line.passphraseOnStdin ? readSecretLine() : SecretString();
        AIVA_CHECK(changeKey(context.line.unlock, *workspace, next));
        return done(context, QStringLiteral("The workspace has a new key."));
    }
    if (context.line.word(2).isEmpty()) return printUsageError(QStringLiteral("workspace backup needs a file"));
    AIVA_CHECK(workspace->backup(context.line.word(2)));
    return done(context, QStringLiteral("Saved an encrypted copy; it opens with the same key."));
}

} // namespace aiva::ctl
