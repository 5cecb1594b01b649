#include "app/sandbox/sandbox_options.h"

#include "core/base/money.h"

#include <functional>
#include <limits>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

using Apply = std::function<Result<void>(SandboxCommand&, const QString&)>;

struct Option {
    const char* name;
    const char* value; // shown in the help; nullptr: a switch
    const char* help;
    Apply apply;
};

Error wrong(const QString& name, const QString& value, const QString& expected) {
    return {ErrorKind::Invalid, u"%1 %2: %3"_s.arg(name, value, expected)};
}

Apply number(const char* name, qint64 low, qint64 high, std::function<void(SandboxCommand&, qint64)> set) {
    const QString option = QString::fromLatin1(name);
    return [=](SandboxCommand& command, const QString& text) -> Result<void> {
        bool fine = false;
        const qint64 value = text.toLongLong(&fine);
        if (!fine || value < low || value > high)
            return wrong(option, text, u"a whole number from %1 to %2 is needed"_s.arg(low).arg(high));
        set(command, value);
        return {};
    };
}

Apply word(std::function<void(SandboxCommand&, const QString&)> set) {
    return [=](SandboxCommand& command, const QString& text) -> Result<void> {
        set(command, text);
        return {};
    };
}

Result<void> setNow(SandboxCommand& command, const QString& text) {
    const auto time = UtcTime::parseIso(text.toStdString());
    if (!time) return wrong(u"--now"_s, text, u"a time like 2026-11-21T09:00:00Z is needed"_s);
    command.options.now = *time;
    return {};
}

Result<void> setCurrency(SandboxCommand& command, const QString& text) {
    if (text != "USD"_L1 && text != "JPY"_L1 && text != "BHD"_L1)
        return wrong(u"--currency"_s, text, u"USD, JPY or BHD is needed"_s);
    command.options.currency = text;
    return {};
}

const std::vector<Option>& options() {
    static const std::vector<Option> all{
        {"--port", "PORT", "listen on 127.0.0.1:PORT, 0 for any (default 0)",
         number("--port", 0, 65535,
                [](auto& c, qint64 v) {
                    c.options.port = static_cast<quint16>(v);
                    c.serve = true;
                })},
        {"--seed", "N", "the world to make (default 7)",
         number("--seed", 0, std::numeric_limits<qint64>::max(),
                [](auto& c, qint64 v) { c.options.seed = static_cast<quint64>(v); })},
        {"--now", "TIME", "the moment the world is made for (default: the clock)", setNow},
        {"--customers", "N", "default 420",
         number("--customers", 0, 5'000'000, [](auto& c, qint64 v) { c.options.customers = static_cast<int>(v); })},
        {"--orders", "N", "default 1060",
         number("--orders", 0, 20'000'000, [](auto& c, qint64 v) { c.options.orders = static_cast<int>(v); })},
        {"--messages", "N", "mails in the Maildir (default 220)",
         number("--messages", 0, 5'000'000, [](auto& c, qint64 v) { c.options.messages = static_cast<int>(v); })},
        {"--days", "N", "age of the oldest order (default by the number of orders)",
         number("--days", 1, 10'000, [](auto& c, qint64 v) { c.options.days = static_cast<int>(v); })},
        {"--currency", "CODE", "USD, JPY or BHD", setCurrency},
        {"--mail", "DIR", "write the customers' mail as a Maildir (cur, new, tmp) and go on",
         word([](auto& c, const QString& v) { c.mailPath = v; })},
        {"--bulk", "FILE",
         "write FILE.customers.jsonl, FILE.orders.jsonl and FILE.products.jsonl, and FILE with all three",
         word([](auto& c, const QString& v) { c.bulkPath = v; })},
        {"--shop", "DOMAIN", "the shop's myshopify.com domain",
         word([](auto& c, const QString& v) { c.options.shopDomain = v; })},
        {"--latency", "MS", "wait before each answer",
         number("--latency", 0, 60'000, [](auto& c, qint64 v) { c.options.latencyMs = static_cast<int>(v); })},
        {"--fault-rate", "PERCENT", "fail that share of requests",
         number("--fault-rate", 0, 100, [](auto& c, qint64 v) { c.options.faultPercent = static_cast<int>(v); })},
        {"--restore-rate", "POINTS", "points per second (default 100, the standard plan)",
         number("--restore-rate", 1, 1'000'000,
                [](auto& c, qint64 v) { c.options.restoreRate = static_cast<double>(v); })},
        {"--bucket", "POINTS", "points in the bucket (default 2000)",
         number("--bucket", 1, 10'000'000, [](auto& c, qint64 v) { c.options.bucketSize = static_cast<double>(v); })},
        {"--bulk-time", "MS", "shortest time of a bulk operation (default 300)",
         number("--bulk-time", 0, 600'000, [](auto& c, qint64 v) { c.options.bulkMs = static_cast<int>(v); })},
        {"--shuffle-bulk", nullptr, "bulk lines in any order, children before parents",
         word([](auto& c, const QString&) { c.options.shuffleBulk = true; })},
        {"--api-version", "VERSION", "the interface version that answers, to try one that has fallen forward",
         word([](auto& c, const QString& v) { c.options.apiVersion = v; })},
        {"--no-read-all-orders", nullptr, "leave out the read_all_orders scope",
         word([](auto& c, const QString&) { c.options.allOrders = false; })},
        {"--exit-with-parent", nullptr, "exit when standard input closes",
         word([](auto& c, const QString&) { c.exitWithParent = true; })},
        {"--help", nullptr, "this text", word([](auto& c, const QString&) { c.help = true; })},
    };
    return all;
}

} // namespace

Result<SandboxCommand> parseSandboxCommand(const QStringList& arguments) {
    SandboxCommand command;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString name = arguments.at(i);
        QString value;
        const qsizetype equals = name.indexOf('='_L1);
        const bool attached = name.startsWith("--"_L1) && equals > 0;
        if (attached) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        }
        const Option* found = nullptr;
        for (const Option& option : options())
            if (name == QLatin1StringView(option.name)) found = &option;
        if (!found) return Error{ErrorKind::Invalid, u"unknown argument %1 (try --help)"_s.arg(name)};
        if (found->value && !attached) {
            if (++i >= arguments.size()) return Error{ErrorKind::Invalid, u"%1 needs a value"_s.arg(name)};
            value = arguments.at(i);
        }
        AIVA_CHECK(found->apply(command, value));
    }
    command.serve = command.serve || (command.mailPath.isEmpty() && command.bulkPath.isEmpty());
    return command;
}

QString sandboxHelpText() {
    QString text = u"aiva-sandbox: a shop and its mail on this machine, invented, the same for the same seed.\n\n"
                   "Prints one JSON line with its address and credentials when it is ready. With --mail or --bulk and\n"
                   "without --port it writes the files, prints a line about them, and exits.\n\n"_s;
    for (const Option& option : options()) {
        const QString left =
            QString::fromLatin1(option.name) + (option.value ? u" "_s + QString::fromLatin1(option.value) : QString());
        text += u"  "_s + left.leftJustified(24) + QString::fromLatin1(option.help) + u"\n"_s;
    }
    return text;
}

} // namespace aiva
