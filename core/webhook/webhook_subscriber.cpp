#include "core/webhook/webhook_subscriber.h"

#include <QTimer>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString addressSetting(StoreId store) {
    return u"webhook.address/%1"_s.arg(store.value());
}

// "given" once every webhook of the store is signed with the key kept for it.
QString keySetting(StoreId store) {
    return u"webhook.key/%1"_s.arg(store.value());
}

const QString kGiven = u"given"_s;

Error noWebhooks() {
    return {ErrorKind::Refused, u"this store has no webhooks"_s, ErrorCause::NotSupported};
}

Error nothingProves() {
    return {ErrorKind::Refused,
            u"deliveries of this store cannot be proved: it was connected by a token alone, and they are signed with "
            "the app's client secret, which has to be given once"_s};
}

} // namespace

Future<SubscriptionReport> takeBackWebhooks(StorePort& port, const QString& mark, QObject* context) {
    WebhookSubscriptionPort* const webhooks = port.webhooks();
    if (!webhooks || mark.isEmpty()) return readyFuture<SubscriptionReport>(SubscriptionReport());
    SubscriptionGoal goal;
    goal.mark = mark;
    auto* run = new SubscriptionRun(*webhooks, goal, {}, context);
    const auto answered = run->start(SubscriptionRun::Aim::Unsubscribe);
    whenDone(answered, run, [run](const Result<SubscriptionReport>&) { run->deleteLater(); });
    return answered;
}

WebhookSubscriber::WebhookSubscriber(Database& writer, const WebhookAdapters& adapters, StorePortMaker makePort)
    : m_writer(writer), m_adapters(adapters), m_makePort(std::move(makePort)) {}

WebhookSubscriber::~WebhookSubscriber() = default;

Result<std::unique_ptr<WebhookSubscriber>> WebhookSubscriber::create(Database& writer, const WebhookAdapters& adapters,
                                                                     StorePortMaker makePort) {
    std::unique_ptr<WebhookSubscriber> made(new WebhookSubscriber(writer, adapters, std::move(makePort)));
    AIVA_TRY(made->m_stores, StoreRepository::create(writer));
    AIVA_TRY(made->m_settings, SettingsRepository::create(writer));
    return made;
}

Result<StoreRow> WebhookSubscriber::rowOf(StoreId store) {
    AIVA_TRY(const std::optional<StoreRow> row, m_stores->byId(store));
    if (!row) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    return *row;
}

Result<StorePort*> WebhookSubscriber::open(const StoreRow& row) {
    AIVA_TRY(auto port, m_makePort(row));
    StorePort* const opened = port.get();
    if (!opened->webhooks()) return noWebhooks();
    m_asked[opened].port = std::move(port);
    return opened;
}

Result<QString> WebhookSubscriber::keptAddress(StoreId store) {
    AIVA_TRY(const auto kept, m_settings->value(addressSetting(store)));
    return kept.value_or(QString());
}

Result<void> WebhookSubscriber::keepAddress(StoreId store, const QString& address) {
    return m_settings->setValue(addressSetting(store), address);
}

Result<void> WebhookSubscriber::keepKey(StoreId store, const SecretString& key) {
    AIVA_TRY(const StoreRow row, rowOf(store));
    if (key.isEmpty()) return Error{ErrorKind::Invalid, u"a signature key cannot be empty"_s};
    if (!m_adapters.keepKey) return noWebhooks();
    // Ours go on signing with the one they were given, until they are asked for again.
    AIVA_CHECK(m_settings->setValue(keySetting(store), {}));
    AIVA_CHECK(m_adapters.keepKey(m_writer, row, key));
    return m_adapters.readKeys();
}

// What our webhooks are to be signed with. Shopify signs with the app's client secret, whatever we wish.
Result<SecretString> WebhookSubscriber::keyFor(const StoreRow& row, SubscriptionGoal& goal) {
    if (!m_adapters.key) return SecretString();
    AIVA_TRY(WebhookKey key, m_adapters.key(m_writer, row));
    if (!key.canProve && !pubSubTopic(goal.address)) return nothingProves();
    if (key.isNew) AIVA_CHECK(m_settings->setValue(keySetting(row.id), {}));
    AIVA_TRY(const auto given, m_settings->value(keySetting(row.id)));
    goal.isKeyNew = !key.own.isEmpty() && given != kGiven;
    // The first webhook that is signed with it may tell something before the last one is made.
    if (goal.isKeyNew) AIVA_CHECK(m_adapters.readKeys());
    return std::move(key.own);
}

Future<SubscriptionReport> WebhookSubscriber::run(const StoreRow& row, SubscriptionGoal goal, const SecretString& key,
                                                  SubscriptionRun::Aim aim) {
    const auto opened = open(row);
    if (!opened) return readyFuture<SubscriptionReport>(opened.error());
    StorePort* const port = *opened;
    const auto start = [this, port, key, aim](const SubscriptionGoal& wanted) {
        auto& run = m_asked[port].run;
        run = std::make_unique<SubscriptionRun>(*port->webhooks(), wanted, key);
        return run->start(aim);
    };
    // What is granted may have changed since the store was connected.
    const bool asksFirst = row.kind == StoreKind::Shopify && aim != SubscriptionRun::Aim::Unsubscribe;
    const Future<SubscriptionReport> answered =
        !asksFirst ? start(goal) : andThen(port->shop(), this, [goal, start](const ShopFacts& facts) mutable {
            goal.granted = facts.scopes;
            return start(goal);
        });
    // Not in the port's own call.
    whenDone(answered, this, [this, port](const Result<SubscriptionReport>&) {
        QTimer::singleShot(0, this, [this, port] { m_asked.erase(port); });
    });
    return answered;
}

Future<SubscriptionReport> WebhookSubscriber::subscribe(StoreId store, const QString& address) {
    const auto row = rowOf(store);
    if (!row) return readyFuture<SubscriptionReport>(row.error());
    const auto kept = keptAddress(store);
    const auto wanted = webhookAddress(row->kind, address.isEmpty() ? kept.value_or(QString()) : address, row->baseUrl);
    if (!wanted) return readyFuture<SubscriptionReport>(wanted.error());
    SubscriptionGoal goal{row->kind, *wanted, m_adapters.mark, {}, false};
    const auto key = keyFor(*row, goal);
    if (!key) return readyFuture<SubscriptionReport>(key.error());
    // Before the first one is made: what was begun is taken back at a disconnect too.
    if (const auto noted = keepAddress(store, *wanted); !noted) return readyFuture<SubscriptionReport>(noted.error());
    return andThen(run(*row, goal, *key, SubscriptionRun::Aim::Subscribe), this,
                   [this, store](const SubscriptionReport& report) -> Future<SubscriptionReport> {
                       const auto noted =
                           report.firstError() ? Result<void>() : m_settings->setValue(keySetting(store), kGiven);
                       if (!noted) return readyFuture<SubscriptionReport>(noted.error());
                       return readyFuture<SubscriptionReport>(report);
                   });
}

Future<SubscriptionReport> WebhookSubscriber::look(StoreId store) {
    const auto row = rowOf(store);
    if (!row) return readyFuture<SubscriptionReport>(row.error());
    const auto kept = keptAddress(store);
    if (!kept) return readyFuture<SubscriptionReport>(kept.error());
    const SubscriptionGoal goal{row->kind, *kept, m_adapters.mark, {}, false};
    return andThen(run(*row, goal, {}, SubscriptionRun::Aim::Look), this, [](SubscriptionReport report) {
        if (report.address.isEmpty()) report.outcomes.clear();
        return readyFuture<SubscriptionReport>(std::move(report));
    });
}

Future<SubscriptionReport> WebhookSubscriber::unsubscribe(StoreId store) {
    const auto row = rowOf(store);
    if (!row) return readyFuture<SubscriptionReport>(row.error());
    const SubscriptionGoal goal{row->kind, {}, m_adapters.mark, {}, false};
    return andThen(run(*row, goal, {}, SubscriptionRun::Aim::Unsubscribe), this,
                   [this, store](const SubscriptionReport& report) -> Future<SubscriptionReport> {
                       // What stays at the shop is taken back another time, at a disconnect at the latest.
                       const auto forgotten = report.firstError() ? Result<void>() : keepAddress(store, {});
                       if (!forgotten) return readyFuture<SubscriptionReport>(forgotten.error());
                       return readyFuture<SubscriptionReport>(report);
                   });
}

} // namespace aiva
