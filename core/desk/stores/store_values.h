// What passes between the stores page and the core: credentials on their way in, and what people are told. Plain
// values.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"
#include "core/domain/redirect_pages.h"
#include "core/domain/shop/store_access.h"
#include "core/ports/record_file_port.h"
#include "core/ports/store_port.h"
#include "core/storage/stores/store_repository.h"
#include "core/sync/reconcile/reconcile_report.h"
#include "core/sync/sync_progress.h"

#include <QUrl>

#include <functional>
#include <memory>

namespace aiva {

// What a person enters to connect a shop. The secrets wipe themselves.
struct StoreSignIn {
    StoreKind kind = StoreKind::Shopify;
    QString address;  // acme.myshopify.com as typed; WooCommerce: the site's URL
    QString baseUrl;  // of a shop on this machine, loopback only; empty otherwise
    QString clientId; // WooCommerce: the consumer key
    // Client secret or consumer secret. Of a Shopify store that is there already it may be empty: the one that is kept.
    SecretString secret;
    SecretString token; // Shopify: an existing admin token, instead of the two above
    // Shopify, beside client id and secret: what a sign-in in the browser came to. From StoreDesk only a name for it,
    // for its tokens stay in the core (C5); to the adapters the packed tokens themselves.
    SecretString grant;
    StoreAccess access = StoreAccess::Offline; // what such a sign-in asks for
    RedirectPages pages = {};                  // what is read in the browser when it comes back
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
    std::function<std::unique_ptr<RecordFilePort>()> recordFiles; // CSV
    // A sign-in in the system's browser: the packed tokens that tryStore and save take as the grant. One at a time.
    // Absent: not offered.
    std::function<Future<SecretString>(const StoreSignIn&, std::function<void(const QUrl&)> openUrl)> signIn;
    std::function<void()> cancelSignIn; // answers it Refused
};

} // namespace aiva
