#include "app/aivactl/import_command.h"

#include "core/adapters/csv/csv_file_reader.h"
#include "core/sync/files/csv_import_run.h"

#include <QFileInfo>
#include <QJsonArray>

#include <cstdio>

namespace aiva::ctl {

using namespace Qt::StringLiterals;

namespace {

Error wrongUsage(const QString& message) {
    return {ErrorKind::Invalid, message};
}

Result<std::vector<CsvChoice>> choicesOf(const CommandLine& line) {
    std::vector<CsvChoice> choices;
    for (const QString& one : line.value("map").split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype equals = one.indexOf(u'=');
        const auto field = csvFieldFrom(one.left(equals).trimmed());
        if (equals < 1 || equals + 1 == one.size() || !field) {
            QStringList words = csvFieldWords(Resource::Customers) + csvFieldWords(Resource::Orders);
            words.removeDuplicates();
            return wrongUsage(u"--map takes FIELD=COLUMN, with a field of: "_s + words.join(u' '));
        }
        choices.push_back({*field, one.mid(equals + 1).trimmed()});
    }
    return choices;
}

Result<CsvConventions> conventionsOf(const CommandLine& line) {
    CsvConventions conventions;
    const QString decimal = line.value("decimal");
    if (decimal == u"point"_s)
        conventions.decimalMark = CsvConventions::DecimalMark::Point;
    else if (decimal == u"comma"_s)
        conventions.decimalMark = CsvConventions::DecimalMark::Comma;
    else if (!decimal.isEmpty())
        return wrongUsage(u"--decimal takes point or comma"_s);
    const QString order = line.value("date-order");
    if (order == u"dmy"_s)
        conventions.dayMonth = CsvConventions::DayMonth::DayFirst;
    else if (order == u"mdy"_s)
        conventions.dayMonth = CsvConventions::DayMonth::MonthFirst;
    else if (!order.isEmpty())
        return wrongUsage(u"--date-order takes dmy or mdy"_s);
    if (!line.has("time-zone")) return conventions;
    // A zone made of any word would be valid, and be Greenwich's.
    const QByteArray zone = line.value("time-zone").toUtf8();
    if (!QTimeZone::isTimeZoneIdAvailable(zone)) return wrongUsage(u"--time-zone takes a name like Europe/Berlin"_s);
    conventions.timeZone = QTimeZone(zone);
    return conventions;
}

Result<CsvImportRequest> importRequestOf(const CommandLine& line) {
    CsvImportRequest request;
    request.customersPath = line.value("customers");
    request.ordersPath = line.value("orders");
    if (request.customersPath.isEmpty() && request.ordersPath.isEmpty())
        return wrongUsage(u"store import needs --customers FILE, --orders FILE or both"_s);
    const QString first = request.customersPath.isEmpty() ? request.ordersPath : request.customersPath;
    request.storeName = line.has("name") ? line.value("name").simplified() : QFileInfo(first).completeBaseName();
    if (request.storeName.simplified().isEmpty()) return wrongUsage(u"--name takes the store's name"_s);
    if (line.has("currency")) {
        const auto currency = Currency::parse(line.value("currency").toStdString());
        if (!currency) return wrongUsage(u"--currency takes three letters like EUR"_s);
        request.currency = *currency;
    }
    AIVA_TRY(request.choices, choicesOf(line));
    AIVA_TRY(request.conventions, conventionsOf(line));
    if (line.has("dry-run")) request.mode = CsvImportRequest::Mode::DryRun;
    return request;
}

void showImportProgress(const Context& context, const CsvImportProgress& progress) {
    if (context.line.json)
        return printJson({{u"event"_s, u"progress"_s},
                          {u"resource"_s, toWord(progress.resource)},
                          {u"batch"_s, progress.batch},
                          {u"done"_s, progress.done},
                          {u"bytes_read"_s, progress.bytesRead},
                          {u"bytes"_s, progress.bytes}});
    if (!isOnTerminal()) return;
    const qint64 percent = progress.bytes > 0 ? progress.bytesRead * 100 / progress.bytes : 100;
    const int filled = static_cast<int>(percent / 5);
    std::fprintf(stderr, "\r\033[K%s [%s%s] %lld %%, %lld read", toWord(progress.resource).toUtf8().constData(),
                 QByteArray(filled, '#').constData(), QByteArray(20 - filled, ' ').constData(),
                 static_cast<long long>(percent), static_cast<long long>(progress.done));
}

CsvImportOutcome runImport(const Context& context, OpenWorkspace& open, const CsvImportRequest& request) {
    CsvFileReader reader;
    CsvImportRun run(reader, *open.database, context.clock, request);
    std::optional<CsvImportOutcome> outcome;
    QObject::connect(&run, &CsvImportRun::progressed, &run,
                     [&](const CsvImportProgress& progress) { showImportProgress(context, progress); });
    QObject::connect(&run, &CsvImportRun::finished, &run, [&](const CsvImportOutcome& result) {
        outcome = result;
        QCoreApplication::quit();
    });
    run.start();
    while (!outcome)
        QCoreApplication::exec();
    if (isOnTerminal() && !context.line.json) std::fputs("\r\033[K", stderr);
    return *outcome;
}

QJsonObject fileJson(const CsvFileReport& file) {
    QJsonObject columns;
    for (const auto& [field, column] : file.columns)
        columns.insert(field, column);
    return {{u"resource"_s, toWord(file.resource)},
            {u"path"_s, file.path},
            {u"recognised_as"_s, toWord(file.flavour)},
            {u"encoding"_s, file.encoding},
            {u"delimiter"_s, QString(QLatin1Char(file.delimiter))},
            {u"columns"_s, columns},
            {u"unused"_s, QJsonArray::fromStringList(file.unused)},
            {u"items_left_out"_s, file.leavesItemsOut},
            {u"times_without_zone"_s, file.hasTimesWithoutZone}};
}

void printOutcomeJson(const CsvImportOutcome& outcome, bool isDryRun) {
    QJsonObject records;
    for (auto it = outcome.counts.cbegin(); it != outcome.counts.cend(); ++it)
        records.insert(toWord(it.key()), QJsonObject{{u"processed"_s, it->processed},
                                                     {u"created"_s, it->created},
                                                     {u"updated"_s, it->updated},
                                                     {u"unchanged"_s, it->unchanged},
                                                     {u"failed"_s, it->failed}});
    QJsonArray errors;
    for (const RecordFault& fault : outcome.faults)
        errors.append(QJsonObject{{u"resource"_s, QString::fromStdString(fault.resource)},
                                  {u"external_id"_s, QString::fromStdString(fault.externalId)},
                                  {u"cause"_s, QString::fromStdString(fault.cause)}});
    QJsonArray files;
    for (const CsvFileReport& file : outcome.files)
        files.append(fileJson(file));
    const QJsonValue store = outcome.store.isValid() ? QJsonValue(outcome.store.value()) : QJsonValue();
    printJson(
        {{u"event"_s, u"finished"_s},
         {u"status"_s, toWord(outcome.status)},
         {u"dry_run"_s, isDryRun},
         {u"store"_s, QJsonObject{{u"id"_s, store}, {u"name"_s, outcome.storeName}, {u"is_new"_s, outcome.isNewStore}}},
         {u"records"_s, records},
         {u"errors"_s, errors},
         {u"files"_s, files},
         {u"duration_ms"_s, outcome.durationMs}});
}

void printFile(const CsvFileReport& file, const CsvConventions& conventions) {
    const QString delimiter = file.delimiter == '\t' ? u"tab"_s : u"'%1'"_s.arg(QLatin1Char(file.delimiter));
    printText(u"%1: %2 (%3, separated by %4), read as %5"_s.arg(toWord(file.resource), file.path, file.encoding,
                                                                delimiter, toWord(file.flavour)));
    for (const auto& [field, column] : file.columns)
        printText(u"    %1 = %2"_s.arg(field, column));
    if (!file.unused.isEmpty()) printText(u"    not used: "_s + file.unused.join(u", "_s));
    if (file.leavesItemsOut) printText(u"    items are left out: no column says their prices"_s);
    if (file.hasTimesWithoutZone)
        printText(u"    times without a zone were read as %1; --time-zone says another"_s.arg(
            QString::fromUtf8(conventions.timeZone.id())));
}

void printOutcomeText(const CsvImportOutcome& outcome, const CsvImportRequest& request) {
    const bool isDryRun = request.mode == CsvImportRequest::Mode::DryRun;
    for (const CsvFileReport& file : outcome.files)
        printFile(file, request.conventions);
    if (outcome.error) return;
    printText(u"%1 \"%2\"%3"_s.arg(isDryRun ? u"Dry run, nothing was written; store"_s : u"Store"_s, outcome.storeName,
                                   outcome.isNewStore ? u" (new)"_s : QString()));
    for (auto it = outcome.counts.cbegin(); it != outcome.counts.cend(); ++it)
        printText(u"    %1 %2: %3 new, %4 changed, %5 unchanged, %6 failed"_s.arg(it->processed)
                      .arg(toWord(it.key()))
                      .arg(it->created)
                      .arg(it->updated)
                      .arg(it->unchanged)
                      .arg(it->failed));
    for (const RecordFault& fault : outcome.faults)
        printText(u"    %1 %2: %3"_s.arg(QString::fromStdString(fault.resource),
                                         QString::fromStdString(fault.externalId),
                                         QString::fromStdString(fault.cause)));
    printText(u"%1 in %2 s"_s.arg(toWord(outcome.status).replace(u'_', u' '))
                  .arg(static_cast<double>(outcome.durationMs) / 1000.0, 0, 'f', 1));
}

} // namespace

Result<int> importStore(Context& context) {
    const auto request = importRequestOf(context.line);
    if (!request) return printUsageError(request.error().detail);
    AIVA_TRY(auto open, openForWriting(context));
    const CsvImportOutcome outcome = runImport(context, open, *request);
    if (context.line.json)
        printOutcomeJson(outcome, request->mode == CsvImportRequest::Mode::DryRun);
    else
        printOutcomeText(outcome, *request);
    if (outcome.error) return printError(*outcome.error);
    return outcome.status == SyncStatus::Cancelled || outcome.status == SyncStatus::Failed ? Failed : Done;
}

} // namespace aiva::ctl
