// WebhookSubscriber: has the stores of a workspace tell us by themselves, looks whether they still do, and takes that
// back; remembers for each store the address it was given. Lives on the core thread; owned by the desk's core and by
// `aivactl webhook`.
#pragma once

#include "core/base/async.h"
#include "core/ports/store_port.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/webhook/reread_run.h"
#include "core/webhook/subscription_run.h"
#include "core/webhook/webhook_adapters.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace aiva {

// Takes back what this workspace subscribed to at a shop, before its credentials go (C7). The port outlives the answer.
Future<SubscriptionReport> takeBackWebhooks(StorePort& port, const QString& mark, QObject* context);

class WebhookSubscriber : public QObject {
    Q_OBJECT
public:
    // All references outlive it.
    static Result<std::unique_ptr<WebhookSubscriber>> create(Database& writer, const WebhookAdapters& adapters,
                                                             StorePortMaker makePort);
    ~WebhookSubscriber() override;

    // What is wanted and missing is made, ours that is wrong is mended. `address` as a person gives it; empty: the one
    // kept. Refused/NoSecretService… and what the shop says; Refused when nothing could prove the deliveries.
    Future<SubscriptionReport> subscribe(StoreId store, const QString& address);
    // The plan against the address kept, nothing done. Without an address: what the shop lists, and no plan.
    Future<SubscriptionReport> look(StoreId store);
    Future<SubscriptionReport> unsubscribe(StoreId store);

    // Empty when none was subscribed.
    Result<QString> keptAddress(StoreId store);
    Result<void> keepAddress(StoreId store, const QString& address);
    // Of a shop whose deliveries nothing else proves: the client secret of an app that was connected by its token, or
    // what somebody signs WooCommerce's webhooks with. The next subscribe() gives it to ours.
    Result<void> keepKey(StoreId store, const SecretString& key);

private:
    WebhookSubscriber(Database& writer, const WebhookAdapters& adapters, StorePortMaker makePort);
    Result<StoreRow> rowOf(StoreId store);
    Result<StorePort*> open(const StoreRow& row);
    Future<SubscriptionReport> run(const StoreRow& row, SubscriptionGoal goal, const SecretString& key,
                                   SubscriptionRun::Aim aim);
    Result<SecretString> keyFor(const StoreRow& row, SubscriptionGoal& goal);

    Database& m_writer;
    const WebhookAdapters& m_adapters;
    StorePortMaker m_makePort;
    std::unique_ptr<StoreRepository> m_stores;
    std::unique_ptr<SettingsRepository> m_settings;
    struct Asked { // the run is destroyed first: it speaks to the port
        std::unique_ptr<StorePort> port;
        std::unique_ptr<SubscriptionRun> run;
    };
    std::map<StorePort*, Asked> m_asked; // under way
};

} // namespace aiva
