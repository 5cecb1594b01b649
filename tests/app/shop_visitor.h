// Asks a ShopService as a client would, without sockets. For the sandbox's own tests.
#pragma once

#include "app/sandbox/server/shop_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

// A world that is the same in every run: the clock of the tests stands still at this moment.
SandboxOptions steadyOptions();

class ShopVisitor {
public:
    explicit ShopVisitor(const SandboxOptions& options = steadyOptions()) : service(options) {}

    sandbox::HttpAnswer post(const std::string& path, const QByteArray& body,
                             const std::string& type = "application/json");
    sandbox::HttpAnswer get(const std::string& path, const std::string& query = {});
    // The whole answer of a GraphQL request with the shop's own token.
    QJsonObject ask(const QString& query, const QJsonObject& variables = {});
    // Its data; fails the test on errors.
    QJsonObject data(const QString& query, const QJsonObject& variables = {});
    static QString firstError(const QJsonObject& answer);
    static QString firstCode(const QJsonObject& answer);
    void order(const QByteArray& faults);
    // Starts a bulk operation, polls it to its end (a minute at most) and answers it.
    QJsonObject finishedBulk(const QString& query);
    QJsonObject endOfBulk(const QString& id);
    QList<QJsonObject> lines(const QJsonObject& bulkOperation, const QString& member = QStringLiteral("url"));

    sandbox::ShopService service;
};

// Text of resources/graphql/NAME.graphql.
QString documentText(const QString& name);
QStringList documentNames();

} // namespace aiva
