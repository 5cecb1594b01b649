#include "tests/app/shop_visitor.h"
#include "tests/support/patience.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

#include <chrono>

using namespace Qt::StringLiterals;

namespace aiva {

using sandbox::HttpAnswer;
using sandbox::HttpQuestion;

SandboxOptions steadyOptions() {
    SandboxOptions options;
    options.now = *UtcTime::parseIso("2026-11-21T09:44:00Z");
    options.restoreRate = 1'000'000; // tests that are about throttling say so
    options.bucketSize = 1'000'000;
    options.bulkMs = 0;
    return options;
}

HttpAnswer ShopVisitor::post(const std::string& path, const QByteArray& body, const std::string& type) {
    return service.answer({"POST", path, "", body.toStdString(), type, service.credentials().token});
}

HttpAnswer ShopVisitor::get(const std::string& path, const std::string& query) {
    return service.answer({"GET", path, query, "", "", ""});
}

QJsonObject ShopVisitor::ask(const QString& query, const QJsonObject& variables) {
    const QJsonObject request{{u"query"_s, query}, {u"variables"_s, variables}};
    const HttpAnswer answer =
        post("/admin/api/2026-10/graphql.json", QJsonDocument(request).toJson(QJsonDocument::Compact));
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

QJsonObject ShopVisitor::data(const QString& query, const QJsonObject& variables) {
    const QJsonObject answer = ask(query, variables);
    if (answer.contains("errors"_L1)) QTest::qFail(qPrintable(firstError(answer)), __FILE__, __LINE__);
    return answer.value("data"_L1).toObject();
}

QString ShopVisitor::firstError(const QJsonObject& answer) {
    return answer.value("errors"_L1).toArray().at(0).toObject().value("message"_L1).toString();
}

QString ShopVisitor::firstCode(const QJsonObject& answer) {
    const QJsonObject error = answer.value("errors"_L1).toArray().at(0).toObject();
    return error.value("extensions"_L1).toObject().value("code"_L1).toString();
}

void ShopVisitor::order(const QByteArray& faults) {
    const HttpAnswer answer = post("/sandbox/faults", faults);
    if (answer.status != 200) QTest::qFail(answer.body.c_str(), __FILE__, __LINE__);
}

QJsonObject ShopVisitor::finishedBulk(const QString& query) {
    const QJsonObject started =
        data(documentText(u"bulk_start"_s), {{u"query"_s, query}}).value("bulkOperationRunQuery"_L1).toObject();
    return endOfBulk(started.value("bulkOperation"_L1).toObject().value("id"_L1).toString());
}

QJsonObject ShopVisitor::endOfBulk(const QString& id) {
    QJsonObject operation;
    const QDeadlineTimer patience(std::chrono::minutes(1));
    while (!patience.hasExpired()) {
        operation = data(documentText(u"bulk_status"_s), {{u"id"_s, id}}).value("bulkOperation"_L1).toObject();
        const QString status = operation.value("status"_L1).toString();
        if (status == "COMPLETED"_L1 || status == "FAILED"_L1 || status == "CANCELED"_L1) return operation;
        QTest::qSleep(10);
    }
    QTest::qFail("the bulk operation did not end", __FILE__, __LINE__);
    return operation;
}

QList<QJsonObject> ShopVisitor::lines(const QJsonObject& bulkOperation, const QString& member) {
    const QString url = bulkOperation.value(member).toString();
    const std::string target = url.mid(url.indexOf("/bulk/"_L1)).toStdString();
    const auto mark = target.find('?');
    const HttpAnswer answer = get(target.substr(0, mark), target.substr(mark + 1));
    QFile file(answer.file);
    QList<QJsonObject> result;
    if (!file.open(QIODevice::ReadOnly)) return result;
    const QList<QByteArray> raw = file.readAll().split('\n');
    for (const QByteArray& line : raw)
        if (!line.isEmpty()) result.append(QJsonDocument::fromJson(line).object());
    return result;
}

QString documentText(const QString& name) {
    QFile file(qEnvironmentVariable("AIVA_SOURCE_DIR", u"."_s) + u"/resources/graphql/"_s + name + u".graphql"_s);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(file.readAll());
}

QStringList documentNames() {
    const QDir folder(qEnvironmentVariable("AIVA_SOURCE_DIR", u"."_s) + u"/resources/graphql"_s);
    QStringList names = folder.entryList({u"*.graphql"_s}, QDir::Files, QDir::Name);
    names.replaceInStrings(u".graphql"_s, QString());
    return names;
}

} // namespace aiva
