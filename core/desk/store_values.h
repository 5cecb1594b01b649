// What passes between the stores page and the core: credentials on their way in, and what people are told. Plain
// values.
#pragma once

#include "core/base/secret_string.h"
#include "core/ports/store_port.h"
#include "core/storage/store_repository.h"
#include "core/sync/reconcile_report.h"
#include "core/sync/sync_progress.h"

#include <functional>
#include <memory>

namespace aiva {

// What a person enters to connect a shop. The secrets wipe themselves.
struct StoreSignIn {
    StoreKind kind = StoreKind::Shopify;
    QString address;     // acme.myshopify.com as typed; WooCommerce: the site's URL
    QString baseUrl;     // of a shop on this machine, loopback only; empty otherwise
    QString clientId;    // WooCommerce: the consumer key
    SecretString secret; // client secret or consumer secret
    SecretString token;  // Shopify: an existing admin token, instead of the two above
};

// Worth telling somebody who looks elsewhere (S13).
struct StoreNotice {
    enum class What { FirstSyncDone, SyncStopped, Disconnected };
    What what = What::FirstSyncDone;
    StoreId store;
    QString name;
    SyncOutcome outcome;
};

// What only app knows how to build. Called on the core thread; what they make lives there too.
struct StoreAdapters {
    // With credentials that are not kept yet, to test them.
    std::function<Result<std::unique_ptr<StorePort>>(const StoreSignIn&)> tryStore;
    // Row and secrets, after the shop answered. A store known by its address keeps its row. Blocking: a keychain may
    // ask the person.
    std::function<Result<StoreId>(Database& writer, const StoreSignIn&, const ShopFacts&)> save;
    std::function<Result<void>(Database& writer, const StoreRow&)> removeSecrets;
    // Of a store that is dropped: every one, by kind and domain.
    std::function<Result<void>(Database& writer, const StoreRow&)> removeAllSecrets;
};

} // namespace aiva
