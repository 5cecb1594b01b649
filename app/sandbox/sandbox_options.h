// What a sandbox is made of. Filled by aiva-sandbox from its command line and by the desk's --sandbox; the same options
// and the same `now` make the same bytes.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

struct SandboxOptions {
    quint64 seed = 7;
    int customers = 420;
    int orders = 1060;
    int messages = 220;
    QString currency = QStringLiteral("USD");
    // "Now" of the world; the system clock when absent.
    std::optional<UtcTime> now;
    // How far back the oldest order lies; by the number of orders when 0.
    int days = 0;

    // Server
    quint16 port = 0; // 0: any
    int latencyMs = 0;
    int faultPercent = 0; // of GraphQL requests, for soak runs
    double restoreRate = 100;
    double bucketSize = 2000;
    int bulkMs = 300;                               // shortest time a bulk operation runs
    bool shuffleBulk = false;                       // children anywhere, also before their parents
    bool allOrders = true;                          // grants read_all_orders
    QString apiVersion = QStringLiteral("2026-10"); // what it says answers; another one has "fallen forward"

    // Of the shop
    QString shopDomain = QStringLiteral("acme-outdoor.myshopify.com");
    QString shopName = QStringLiteral("Acme Outdoor");
    QString supportAddress = QStringLiteral("support@acme-outdoor.example");
};

// What aiva-sandbox was asked to do.
struct SandboxCommand {
    SandboxOptions options;
    bool serve = false;
    bool help = false;
    bool exitWithParent = false;
    QString mailPath; // Maildir to write; empty: none
    QString bulkPath; // bulk files to write; empty: none
};

// Invalid with one line for the person when an argument is wrong. `arguments` without the program's name.
Result<SandboxCommand> parseSandboxCommand(const QStringList& arguments);
QString sandboxHelpText();

} // namespace aiva
