#include "app/aivactl/webhook_commands.h"

#include "app/aivactl/webhook_session.h"

#include "core/adapters/webhook/webhook_judge.h"

#include <QCryptographicHash>

#include <array>
#include <cstdio>

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;

constexpr size_t kLongestBody = 5 * 1024 * 1024;

// As much as the listener takes; absent when there is more.
std::optional<QByteArray> readBody() {
    QByteArray body;
    std::array<char, 64 * 1024> part{};
    while (const size_t got = std::fread(part.data(), 1, part.size(), stdin)) {
        if (static_cast<size_t>(body.size()) + got > kLongestBody) return std::nullopt;
        body.append(part.data(), static_cast<qsizetype>(got));
    }
    return body;
}

// The same bytes under the same name are the same delivery.
QByteArray idOf(const CommandLine& line, const QByteArray& body) {
    if (line.has("id")) return line.value("id").toUtf8();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(line.value("topic").toUtf8() + '\n' + line.value("shop").toUtf8() + '\n');
    hash.addData(body);
    return hash.result().toHex();
}

WebhookRequest requestOf(const CommandLine& line, const QByteArray& body) {
    WebhookRequest request;
    request.headers = {{"X-Shopify-Topic", line.value("topic").toUtf8()},
                       {"X-Shopify-Hmac-Sha256", line.value("hmac").toUtf8()},
                       {"X-Shopify-Shop-Domain", line.value("shop").toUtf8()},
                       {"X-Shopify-Webhook-Id", idOf(line, body)}};
    request.body = body;
    return request;
}

void report(const Context& context, const QString& result, const QString& reason) {
    if (context.line.json) {
        const QJsonValue why = reason.isEmpty() ? QJsonValue() : QJsonValue(reason);
        return printJson({{u"result"_s, result}, {u"reason"_s, why}});
    }
    printText(reason.isEmpty() ? result : u"%1: %2"_s.arg(result, reason));
}

Result<int> deliver(Context& context) {
    const CommandLine& line = context.line;
    if (!line.has("topic") || !line.has("hmac") || !line.has("shop"))
        return printUsageError(u"webhook deliver needs --topic, --hmac and --shop, and the body on standard input"_s);
    const std::optional<QByteArray> body = readBody();
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto session, WebhookSession::open(*open.workspace, *open.database, context.clock));
    const WebhookVerdict verdict = body ? judgeWebhook(requestOf(line, *body), session->keys())
                                        : WebhookVerdict(WebhookRefused{413, u"too_large"_s});
    const auto* delivery = std::get_if<WebhookDelivery>(&verdict);
    if (!delivery) {
        const auto* refused = std::get_if<WebhookRefused>(&verdict);
        report(context, u"rejected"_s, refused ? refused->reason : u"no_signature"_s);
        return AuthRefused;
    }
    AIVA_TRY(const WebhookReceipt receipt, session->station().deliver(*delivery));
    const QString applied = session->applyAll(delivery->id);
    privacyKeeper(open, context.clock)->look();
    if (receipt == WebhookReceipt::Known)
        report(context, u"duplicate"_s, {});
    else
        report(context, u"accepted"_s, applied);
    return Done;
}

void printEvent(const Context& context, const QJsonObject& event, const QString& text) {
    if (context.line.json)
        printJson(event);
    else
        printText(text);
}

Result<int> listen(Context& context) {
    bool isNumber = false;
    const uint port = context.line.value("port").toUInt(&isNumber);
    if (!isNumber || port > 65'535) return printUsageError(u"webhook listen needs --port 0 to 65535"_s);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto session, WebhookSession::open(*open.workspace, *open.database, context.clock));
    const auto privacy = privacyKeeper(open, context.clock);
    privacy->start();
    return session->listen(static_cast<quint16>(port), [&context](const QJsonObject& event, const QString& text) {
        printEvent(context, event, text);
    });
}

// The key file is asked for once: without it the one that is kept is used.
Result<SecretString> pullAccount(Context& context, const OpenWorkspace& open) {
    const WebhookAdapters adapters = webhookAdapters(*open.workspace, context.clock);
    if (context.line.has("service-account-stdin")) {
        QByteArray text = readBody().value_or(QByteArray());
        AIVA_TRY(const SecretString kept, adapters.readAccount(SecretString::takeFrom(text)));
        AIVA_CHECK(adapters.keepAccount(*open.database, kept));
        return kept;
    }
    AIVA_TRY(const auto kept, adapters.account(*open.database));
    if (!kept)
        return Error{ErrorKind::Invalid,
                     u"no service account is kept: give its key file with --service-account-stdin"_s};
    return *kept;
}

Result<int> pull(Context& context) {
    const CommandLine& line = context.line;
    if (!line.has("project") || !line.has("subscription"))
        return printUsageError(u"webhook pull needs --project and --subscription"_s);
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const SecretString account, pullAccount(context, open));
    AIVA_TRY(const auto session, WebhookSession::open(*open.workspace, *open.database, context.clock));
    const PullPlace place{line.value("project"), line.value("subscription"), line.value("base-url")};
    const auto privacy = privacyKeeper(open, context.clock);
    privacy->start();
    using Until = WebhookSession::Until;
    const Result<int> status =
        session->pull(place, account, line.has("once") ? Until::Drained : Until::Stopped,
                      [&context](const QJsonObject& event, const QString& text) { printEvent(context, event, text); });
    privacy->look(); // what came last, and also what came before an error
    return status;
}

} // namespace

Result<int> runWebhook(Context& context) {
    if (context.line.word(1) == u"listen"_s) return listen(context);
    if (context.line.word(1) == u"deliver"_s) return deliver(context);
    if (context.line.word(1) == u"pull"_s) return pull(context);
    for (const QString& verb : {u"subscribe"_s, u"list"_s, u"unsubscribe"_s, u"key"_s})
        if (context.line.word(1) == verb) return runWebhookSubscriptions(context);
    return printUsageError(
        u"webhook listen --port PORT, deliver --topic T --hmac H --shop D < BODY, subscribe --store ID --address URL, "
        "list, unsubscribe, key --store ID --secret-stdin, or pull --project P --subscription S"_s);
}

} // namespace aiva::ctl
