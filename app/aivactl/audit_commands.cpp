#include "app/aivactl/commands.h"
#include "app/aivactl/json_views.h"

#include "core/readmodel/answer_query.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <limits>

namespace aiva::ctl {
namespace {

constexpr int kShown = 50;
constexpr int kPage = 500;

struct Wanted {
    AuditFilter filter;
    int limit = kShown;
};

QJsonValue idJson(const auto& id) {
    return id ? QJsonValue(id->value()) : QJsonValue();
}

QJsonObject entryJson(const AuditEntryView& entry) {
    return {{QStringLiteral("id"), entry.id.value()},
            {QStringLiteral("at"), timeJson(entry.at)},
            {QStringLiteral("actor"), entry.actor},
            {QStringLiteral("kind"), entry.kind},
            {QStringLiteral("store_id"), idJson(entry.store)},
            {QStringLiteral("conversation_id"), idJson(entry.conversation)},
            {QStringLiteral("detail"), QJsonDocument::fromJson(entry.detail.toUtf8()).object()},
            {QStringLiteral("digest"), entry.digest}};
}

QString entryText(const AuditEntryView& entry) {
    const QString conversation =
        entry.conversation ? QStringLiteral("  conversation %1").arg(entry.conversation->value()) : QString();
    return QStringLiteral("%1  %2  %3  %4%5  %6")
        .arg(entry.id.value())
        .arg(entry.at.isoText(), entry.actor, entry.kind, conversation, entry.detail);
}

// RFC 4180. What a spreadsheet would take for a formula is led by an apostrophe.
QString cell(const QString& text) {
    QString safe = text;
    if (!safe.isEmpty() && QStringLiteral("=+-@\t\r").contains(safe.front())) safe.prepend(QLatin1Char('\''));
    return QLatin1Char('"') + safe.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QByteArray csvLine(const QStringList& texts) {
    QStringList cells;
    for (const QString& text : texts)
        cells.append(cell(text));
    return cells.join(QLatin1Char(',')).toUtf8() + "\r\n";
}

QByteArray csvLine(const AuditEntryView& entry) {
    return csvLine({QString::number(entry.id.value()), entry.at.isoText(), entry.actor, entry.kind,
                    entry.store ? QString::number(entry.store->value()) : QString(),
                    entry.conversation ? QString::number(entry.conversation->value()) : QString(), entry.detail,
                    entry.digest});
}

// Each entry that is asked for, newest first.
template <typename Take>
Result<int> forEach(AnswerQuery& query, const Wanted& wanted, Take take) {
    int taken = 0;
    std::optional<AuditId> after;
    while (taken < wanted.limit) {
        const int page = std::min(kPage, wanted.limit - taken);
        AIVA_TRY(const std::vector<AuditEntryView> entries, query.audit(wanted.filter, after, page));
        for (const AuditEntryView& entry : entries)
            take(entry);
        taken += static_cast<int>(entries.size());
        if (static_cast<int>(entries.size()) < page) break;
        after = entries.back().id;
    }
    return taken;
}

// "2026-02-20" or a whole time.
Result<UtcTime> timeOption(const CommandLine& line, const char* option) {
    QString text = line.value(option);
    if (text.size() == 10) text += QStringLiteral("T00:00:00Z");
    return UtcTime::parseIso(text.toStdString());
}

Result<Wanted> wantedBy(const CommandLine& line) {
    const auto invalid = [](const char* what) { return Error{ErrorKind::Invalid, QString::fromLatin1(what)}; };
    Wanted wanted;
    wanted.filter.text = line.value("search");
    if (line.has("csv")) wanted.limit = std::numeric_limits<int>::max();
    if (line.has("limit")) {
        bool isNumber = false;
        wanted.limit = line.value("limit").toInt(&isNumber);
        if (!isNumber || wanted.limit <= 0) return invalid("--limit takes a positive number");
    }
    if (line.has("conversation")) {
        bool isNumber = false;
        wanted.filter.conversation = ConversationId(line.value("conversation").toLongLong(&isNumber));
        if (!isNumber || !wanted.filter.conversation->isValid()) return invalid("--conversation takes an id");
    }
    for (const auto& [option, time] :
         {std::pair("from", &wanted.filter.from), std::pair("until", &wanted.filter.until)}) {
        if (!line.has(option)) continue;
        const Result<UtcTime> parsed = timeOption(line, option);
        if (!parsed) return invalid("--from and --until take a day or a time, 2026-02-20 or 2026-02-20T14:00:00Z");
        *time = *parsed;
    }
    return wanted;
}

Result<int> exportCsv(Context& context, AnswerQuery& query, const Wanted& wanted) {
    const QString path = context.line.value("csv");
    QSaveFile file(path);
    const Error failed{ErrorKind::Storage, QStringLiteral("%1 cannot be written").arg(path)};
    if (!file.open(QIODevice::WriteOnly)) return failed;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(csvLine({QStringLiteral("id"), QStringLiteral("at"), QStringLiteral("actor"), QStringLiteral("kind"),
                        QStringLiteral("store_id"), QStringLiteral("conversation_id"), QStringLiteral("detail"),
                        QStringLiteral("digest")}));
    AIVA_TRY(const int entries,
             forEach(query, wanted, [&](const AuditEntryView& entry) { file.write(csvLine(entry)); }));
    if (!file.commit()) return failed;
    if (context.line.json)
        printJson({{QStringLiteral("file"), path}, {QStringLiteral("entries"), entries}});
    else
        printText(QStringLiteral("Wrote %1 entries.").arg(entries));
    return Done;
}

} // namespace

Result<int> runAudit(Context& context) {
    if (context.line.words.size() > 1) return printUsageError(QStringLiteral("audit takes options only"));
    const Result<Wanted> wanted = wantedBy(context.line);
    if (!wanted) return printUsageError(wanted.error().detail);
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, AnswerQuery::create(*open.database));
    if (context.line.has("csv")) return exportCsv(context, *query, *wanted);
    QJsonArray array;
    AIVA_TRY(const int shown, forEach(*query, *wanted, [&](const AuditEntryView& entry) {
                 if (context.line.json)
                     array.append(entryJson(entry));
                 else
                     printText(entryText(entry));
             }));
    if (context.line.json)
        printJson({{QStringLiteral("entries"), array}});
    else if (shown == 0)
        printText(QStringLiteral("The audit log holds nothing of this."));
    return Done;
}

} // namespace aiva::ctl
