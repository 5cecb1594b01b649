#include "app/aivactl/shop_parting.h"

#include "app/common/store_connection.h"
#include "app/common/webhook_adapters.h"

#include "core/webhook/webhook_subscriber.h"

namespace aiva::ctl {
namespace {

// Asked only where something was subscribed to.
void takeBackFrom(StorePort& port, Context& context, OpenWorkspace& open, const StoreRow& store) {
    const WebhookAdapters adapters = webhookAdapters(*open.workspace, context.clock);
    const auto subscriber = WebhookSubscriber::create(*open.database, adapters, {});
    const auto address = subscriber ? (*subscriber)->keptAddress(store.id) : Result<QString>(subscriber.error());
    if (!address || address->isEmpty()) return;
    QObject owner;
    const auto report = waitFor(takeBackWebhooks(port, adapters.mark, &owner));
    const auto error = report ? report->firstError() : std::optional<Error>(report.error());
    if (error)
        printNote(QStringLiteral("webhooks of %1 could not be removed there").arg(store.domain));
    else if (const auto forgotten = (*subscriber)->keepAddress(store.id, {}); !forgotten)
        printError(forgotten.error());
}

} // namespace

void partFromShop(Context& context, OpenWorkspace& open, const StoreRow& store) {
    auto secrets = StoreSecrets::open(*open.workspace, *open.database);
    if (!secrets) return;
    HttpTransport http;
    const auto port = openStorePort(http, context.clock, *secrets, store);
    if (!port) return;
    takeBackFrom(**port, context, open, store);
    if (const Result<bool> revoked = waitFor((*port)->revoke()); !revoked) printError(revoked.error());
}

} // namespace aiva::ctl
