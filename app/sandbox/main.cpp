// aiva-sandbox: reads its command line, writes what was asked for, serves until it is told to stop.
#include "app/sandbox/bulk_files.h"
#include "app/sandbox/maildir.h"
#include "app/sandbox/sandbox_server.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int complain(const QString& what, int status) {
    std::fprintf(stderr, "aiva-sandbox: %s\n", qUtf8Printable(what));
    return status;
}

void printLine(const QJsonObject& object) {
    std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

aiva::Result<void> writeFiles(const aiva::SandboxCommand& command, QJsonObject& line) {
    if (!command.mailPath.isEmpty()) {
        AIVA_TRY(const qint64 count, aiva::writeMaildir(command.options, command.mailPath));
        line.insert(u"mail"_s, QDir(command.mailPath).absolutePath());
        line.insert(u"messages"_s, count);
    }
    if (!command.bulkPath.isEmpty()) {
        AIVA_TRY(const aiva::BulkFileCounts counts, aiva::writeBulkFiles(command.options, command.bulkPath));
        line.insert(u"bulk"_s, QJsonObject{{u"path"_s, command.bulkPath},
                                           {u"customers"_s, counts.customers},
                                           {u"orders"_s, counts.orders},
                                           {u"items"_s, counts.items},
                                           {u"products"_s, counts.products},
                                           {u"variants"_s, counts.variants},
                                           {u"bytes"_s, counts.bytes}});
    }
    return {};
}

QString revealed(const aiva::SecretString& secret) {
    return QString::fromLatin1(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
}

void describe(const aiva::SandboxServer& server, const aiva::SandboxOptions& options, QJsonObject& line) {
    line.insert(u"port"_s, server.port());
    line.insert(u"base_url"_s, server.baseUrl());
    line.insert(u"shop"_s, server.shopDomain());
    line.insert(u"client_id"_s, server.clientId());
    line.insert(u"client_secret"_s, revealed(server.clientSecret()));
    line.insert(u"token"_s, revealed(server.accessToken()));
    line.insert(u"model_url"_s, server.baseUrl() + u"/v1"_s);
    line.insert(u"model_key"_s, revealed(server.modelKey()));
    line.insert(u"woocommerce_url"_s, server.baseUrl());
    line.insert(u"woocommerce_key"_s, server.wooKey());
    line.insert(u"woocommerce_secret"_s, revealed(server.wooSecret()));
    line.insert(u"support_address"_s, options.supportAddress);
    line.insert(u"customers"_s, options.customers);
    line.insert(u"orders"_s, options.orders);
    line.insert(u"currency"_s, options.currency);
}

// A signal handler may only write a byte; the loop reads it and quits.
int signalPipe[2] = {-1, -1};
extern "C" void onSignal(int) {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

void quitWhenReadable(QSocketNotifier& notifier) {
    QObject::connect(&notifier, &QSocketNotifier::activated, &notifier, [&notifier] {
        char buffer[256];
        const auto got = ::read(static_cast<int>(notifier.socket()), buffer, sizeof buffer);
        if (got <= 0 || notifier.socket() == signalPipe[0]) QCoreApplication::quit();
    });
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const auto command = aiva::parseSandboxCommand(QCoreApplication::arguments().mid(1));
    if (!command) return complain(command.error().detail, kWrongUsage);
    if (command->help) {
        std::printf("%s", qUtf8Printable(aiva::sandboxHelpText()));
        return 0;
    }
    QJsonObject line;
    if (const auto written = writeFiles(*command, line); !written) return complain(written.error().detail, kFailed);
    if (!command->serve) {
        printLine(line);
        return 0;
    }
    auto server = aiva::SandboxServer::start(command->options);
    if (!server) return complain(server.error().detail, kFailed);
    describe(**server, command->options, line);
    if (::pipe(signalPipe) != 0) return complain(u"no pipe for signals"_s, kFailed);
    QSocketNotifier signals(signalPipe[0], QSocketNotifier::Read);
    quitWhenReadable(signals);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    QSocketNotifier input(0, QSocketNotifier::Read);
    input.setEnabled(command->exitWithParent);
    quitWhenReadable(input);
    printLine(line);
    return QCoreApplication::exec();
}
