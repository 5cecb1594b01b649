// `aivactl webhook subscribe`, `list`, `unsubscribe` and `key`: what a shop is asked to tell by itself.
#include "app/aivactl/commands.h"
#include "app/aivactl/webhook_commands.h"
#include "app/common/store_connection.h"
#include "app/common/webhook_adapters.h"

#include "core/webhook/webhook_subscriber.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

using namespace Qt::StringLiterals;
using Do = SubscriptionStep::Do;

// Everything that subscribing takes, on main's stack.
struct SubscriptionDesk {
    OpenWorkspace open;
    HttpTransport http;
    WebhookAdapters adapters;
    std::unique_ptr<WebhookSubscriber> subscriber;
    StoreId store;
};

Result<std::unique_ptr<SubscriptionDesk>> openDesk(Context& context) {
    auto desk = std::make_unique<SubscriptionDesk>();
    bool isNumber = false;
    desk->store = StoreId(context.line.value("store").toLongLong(&isNumber));
    if (!isNumber) return Error{ErrorKind::Invalid, u"--store takes the number that 'store list' shows"_s};
    AIVA_TRY(desk->open, openForWriting(context));
    desk->adapters = webhookAdapters(*desk->open.workspace, context.clock);
    SubscriptionDesk* const self = desk.get();
    const auto makePort = [self, &context](const StoreRow& row) -> Result<std::unique_ptr<StorePort>> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*self->open.workspace, *self->open.database));
        return openStorePort(self->http, context.clock, secrets, row);
    };
    AIVA_TRY(desk->subscriber, WebhookSubscriber::create(*desk->open.database, desk->adapters, makePort));
    return desk;
}

QString doneWord(const SubscriptionOutcome& outcome) {
    if (outcome.error) return u"failed"_s;
    switch (outcome.step.what) {
    case Do::Keep:
        return u"kept"_s;
    case Do::Create:
        return u"created"_s;
    case Do::Repair:
        return u"repaired"_s;
    case Do::Remove:
        return u"removed"_s;
    case Do::Skip:
        break;
    }
    return u"skipped"_s;
}

QString wordOfPlan(Do what) {
    switch (what) {
    case Do::Keep:
        return u"subscribed"_s;
    case Do::Create:
        return u"missing"_s;
    case Do::Repair:
        return u"wrong"_s;
    case Do::Remove:
        return u"superfluous"_s;
    case Do::Skip:
        break;
    }
    return u"not_granted"_s;
}

QString reasonOf(const SubscriptionOutcome& outcome) {
    if (outcome.error) return outcome.error->detail;
    if (outcome.step.what == Do::Skip)
        return u"the app lacks %1"_s.arg(outcome.step.reason.split(u' ').join(" or "_L1));
    return outcome.step.reason;
}

QJsonObject outcomeJson(const SubscriptionOutcome& outcome, const QString& word) {
    const QString reason = reasonOf(outcome);
    return {{u"topic"_s, outcome.step.topic},
            {u"result"_s, word},
            {u"needed"_s, outcome.step.isEssential},
            {u"reason"_s, reason.isEmpty() ? QJsonValue() : QJsonValue(reason)}};
}

QJsonValue addressValue(const QString& address) {
    return address.isEmpty() ? QJsonValue() : QJsonValue(address);
}

// Said once, where a person might look for them among the topics.
void explainCompliance(StoreKind kind) {
    if (kind != StoreKind::Shopify) return;
    printNote(u"customers/data_request, customers/redact and shop/redact cannot be subscribed to here: Shopify takes "
              "them from the app's configuration (compliance webhooks, in the Dev Dashboard's version) with the same "
              "address"_s);
}

int exitOf(const SubscriptionReport& report) {
    if (const auto error = report.firstError()) return printError(*error);
    const QStringList scopes = report.missingScopes();
    if (scopes.isEmpty()) return Done;
    return printError(
        {ErrorKind::Auth, u"topics without %1 stay unheard"_s.arg(scopes.join(", "_L1)), ErrorCause::ScopeMissing});
}

Result<StoreKind> kindOfStore(SubscriptionDesk& desk) {
    AIVA_TRY(const auto stores, StoreRepository::create(*desk.open.database));
    AIVA_TRY(const auto row, stores->byId(desk.store));
    if (!row) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    return row->kind;
}

void printOutcomes(const Context& context, StoreId store, const SubscriptionReport& report) {
    if (context.line.json) {
        QJsonArray topics;
        for (const SubscriptionOutcome& outcome : report.outcomes)
            topics.append(outcomeJson(outcome, doneWord(outcome)));
        return printJson({{u"store_id"_s, store.value()},
                          {u"address"_s, addressValue(report.address)},
                          {u"topics"_s, topics},
                          {u"complete"_s, report.isComplete()}});
    }
    for (const SubscriptionOutcome& outcome : report.outcomes) {
        const QString reason = reasonOf(outcome);
        printText(u"%1  %2%3"_s.arg(doneWord(outcome), outcome.step.topic,
                                    reason.isEmpty() ? QString() : u"  (%1)"_s.arg(reason)));
    }
}

Result<int> subscribe(Context& context) {
    if (!context.line.has("store") || !context.line.has("address"))
        return printUsageError(
            u"webhook subscribe needs --store ID and --address https://… or pubsub://project:topic"_s);
    AIVA_TRY(const auto desk, openDesk(context));
    AIVA_TRY(const StoreKind kind, kindOfStore(*desk));
    AIVA_TRY(const SubscriptionReport report,
             waitFor(desk->subscriber->subscribe(desk->store, context.line.value("address"))));
    printOutcomes(context, desk->store, report);
    explainCompliance(kind);
    return exitOf(report);
}

Result<int> unsubscribe(Context& context) {
    if (!context.line.has("store")) return printUsageError(u"webhook unsubscribe needs --store ID"_s);
    AIVA_TRY(const auto desk, openDesk(context));
    AIVA_TRY(const SubscriptionReport report, waitFor(desk->subscriber->unsubscribe(desk->store)));
    printOutcomes(context, desk->store, report);
    if (const auto error = report.firstError()) return printError(*error);
    return Done;
}

void printListed(const Context& context, const SubscriptionDesk& desk, const SubscriptionReport& report) {
    const QString& mark = desk.adapters.mark;
    if (context.line.json) {
        QJsonArray listed;
        for (const WebhookSubscription& one : report.listed)
            listed.append(QJsonObject{{u"id"_s, one.id},
                                      {u"topic"_s, one.topic},
                                      {u"address"_s, one.address},
                                      {u"name"_s, addressValue(one.name)},
                                      {u"ours"_s, isMarked(one, mark)},
                                      {u"active"_s, one.isActive},
                                      {u"format"_s, one.isJson ? u"json"_s : u"xml"_s}});
        QJsonArray topics;
        for (const SubscriptionOutcome& outcome : report.outcomes)
            topics.append(outcomeJson(outcome, wordOfPlan(outcome.step.what)));
        return printJson({{u"store_id"_s, desk.store.value()},
                          {u"address"_s, addressValue(report.address)},
                          {u"subscriptions"_s, listed},
                          {u"topics"_s, topics}});
    }
    for (const WebhookSubscription& one : report.listed)
        printText(u"%1  %2  %3%4"_s.arg(isMarked(one, mark) ? u"ours "_s : u"other"_s, one.topic, one.address,
                                        one.isActive ? QString() : u"  (not active)"_s));
    for (const SubscriptionOutcome& outcome : report.outcomes)
        if (outcome.step.what != Do::Keep)
            printText(u"%1  %2"_s.arg(wordOfPlan(outcome.step.what), outcome.step.topic));
    if (report.address.isEmpty()) printText(u"This store was not asked to tell anything: 'webhook subscribe'."_s);
}

Result<int> listSubscriptions(Context& context) {
    if (!context.line.has("store")) return printUsageError(u"webhook list needs --store ID"_s);
    AIVA_TRY(const auto desk, openDesk(context));
    AIVA_TRY(const SubscriptionReport report, waitFor(desk->subscriber->look(desk->store)));
    printListed(context, *desk, report);
    return Done;
}

// Of a Shopify app whose token is all that is known, or of webhooks that somebody made in WooCommerce's settings.
Result<int> setKey(Context& context) {
    if (!context.line.has("store") || !context.line.has("secret-stdin"))
        return printUsageError(u"webhook key needs --store ID and --secret-stdin"_s);
    const SecretString key = readSecretLine();
    if (key.isEmpty()) return printUsageError(u"no secret came on standard input"_s);
    AIVA_TRY(const auto desk, openDesk(context));
    AIVA_CHECK(desk->subscriber->keepKey(desk->store, key));
    if (context.line.json)
        printJson({{u"store_id"_s, desk->store.value()}, {u"key"_s, u"kept"_s}});
    else
        printText(u"Kept. Deliveries signed with it are taken from now on."_s);
    return Done;
}

} // namespace

Result<int> runWebhookSubscriptions(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == u"subscribe"_s) return subscribe(context);
    if (verb == u"unsubscribe"_s) return unsubscribe(context);
    if (verb == u"list"_s) return listSubscriptions(context);
    return setKey(context);
}

} // namespace aiva::ctl
