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

// What is left to a person, because the shop cannot be told, or has no ear for it.
void noteUntold(const StoreRow& store, const std::optional<Error>& error) {
    if (store.kind == StoreKind::WooCommerce)
        return printNote(QStringLiteral("the key of %1 stays valid until it is deleted there, under WooCommerce, "
                                        "Settings, Advanced, REST API")
                             .arg(store.domain));
    printNote(QStringLiteral("%1 could not be told (%2); to be sure, uninstall the app in its admin under Settings, "
                             "Apps")
                  .arg(store.domain, error ? errorWords(*error) : QStringLiteral("no answer")));
}

} // namespace

void partFromShop(Context& context, OpenWorkspace& open, const StoreRow& store) {
    // No shop stands behind files; and that of a store that a refusal parted us from was not told.
    if (store.kind == StoreKind::Csv || isPartedByHand(store)) return;
    auto secrets = StoreSecrets::open(*open.workspace, *open.database);
    if (!secrets) return noteUntold(store, secrets.error());
    HttpTransport http;
    const auto port = openStorePort(http, context.clock, *secrets, store);
    if (!port) return noteUntold(store, port.error());
    takeBackFrom(**port, context, open, store);
    const Result<bool> revoked = waitFor((*port)->revoke());
    if (!revoked || !*revoked) noteUntold(store, revoked ? std::nullopt : std::optional(revoked.error()));
}

} // namespace aiva::ctl
