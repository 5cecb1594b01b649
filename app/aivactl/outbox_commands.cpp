#include "app/aivactl/commands.h"
#include "app/aivactl/json_views.h"
#include "app/aivactl/outbox_flush.h"

#include "core/base/log.h"
#include "core/outbox/outbox_ledger.h"
#include "core/readmodel/outbox_query.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

constexpr int kRecent = 50;

QJsonObject outboxJson(const OutboxView& view) {
    const bool isOpen = view.state == OutboxState::Waiting || view.state == OutboxState::Sending ||
                        view.state == OutboxState::Unknown || view.state == OutboxState::Filing;
    return {{QStringLiteral("id"), view.id.value()},
            {QStringLiteral("mailbox"), view.mailboxAddress},
            {QStringLiteral("conversation_id"),
             view.conversation ? QJsonValue(view.conversation->value()) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("message_id"), view.messageId},
            {QStringLiteral("state"), toWord(view.state)},
            {QStringLiteral("subject"), view.subject},
            {QStringLiteral("recipients"), QJsonArray::fromStringList(view.recipients)},
            {QStringLiteral("queued_at"), timeJson(view.queuedAt)},
            {QStringLiteral("not_before"), timeJson(view.notBefore)},
            {QStringLiteral("next_attempt_at"), timeJson(isOpen ? std::optional(view.nextAttemptAt) : std::nullopt)},
            {QStringLiteral("attempts"), view.attempts},
            {QStringLiteral("sent_at"), timeJson(view.sentAt)},
            {QStringLiteral("error"), view.error.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(view.error)}};
}

Result<int> list(Context& context) {
    int recent = kRecent;
    if (context.line.has("limit")) {
        bool isNumber = false;
        recent = context.line.value("limit").toInt(&isNumber);
        if (!isNumber || recent < 0) return printUsageError(QStringLiteral("--limit takes a number"));
    }
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, OutboxQuery::create(*open.database));
    AIVA_TRY(const std::vector<OutboxView> views, query->all(recent));
    AIVA_TRY(const bool paused, query->isPaused());
    if (context.line.json) {
        QJsonArray array;
        for (const OutboxView& view : views)
            array.append(outboxJson(view));
        printJson({{QStringLiteral("outbox"), array}, {QStringLiteral("paused"), paused}});
        return Done;
    }
    if (paused) printText(QStringLiteral("The outbox is paused: nothing leaves."));
    if (views.empty()) printText(QStringLiteral("The outbox is empty."));
    for (const OutboxView& view : views) {
        const QString error = view.error.isEmpty() ? QString() : QStringLiteral("  ") + view.error;
        printText(QStringLiteral("%1  %2  %3  to %4: %5%6")
                      .arg(view.id.value())
                      .arg(toWord(view.state), (view.sentAt ? *view.sentAt : view.notBefore).isoText(),
                           redacted(view.recipients.join(QStringLiteral(", "))), view.subject, error));
    }
    return Done;
}

Result<int> setPaused(Context& context, bool paused) {
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto ledger, OutboxLedger::create(*open.database));
    AIVA_CHECK(ledger->setPaused(paused));
    if (context.line.json)
        printJson({{QStringLiteral("paused"), paused}});
    else
        printText(paused ? QStringLiteral("The outbox is paused.") : QStringLiteral("The outbox sends again."));
    return Done;
}

Result<int> cancel(Context& context) {
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForWriting(context));
    AIVA_TRY(const auto ledger, OutboxLedger::create(*open.database));
    AIVA_CHECK(ledger->cancel(OutboxId(id), context.clock.now()));
    if (context.line.json)
        printJson({{QStringLiteral("id"), id}, {QStringLiteral("state"), toWord(OutboxState::Cancelled)}});
    else
        printText(QStringLiteral("Taken back; the text is the conversation's draft again."));
    return Done;
}

} // namespace

Result<int> runOutbox(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("list")) return list(context);
    if (verb == QLatin1String("pause")) return setPaused(context, true);
    if (verb == QLatin1String("resume")) return setPaused(context, false);
    if (verb == QLatin1String("cancel")) return cancel(context);
    if (verb == QLatin1String("flush")) return flushOutbox(context);
    return printUsageError(QStringLiteral("outbox list, pause, resume, cancel ID or flush"));
}

} // namespace aiva::ctl
