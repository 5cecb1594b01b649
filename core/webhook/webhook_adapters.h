// What receiving webhooks needs and only app knows how to build. Called on the core thread.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/ports/webhook_port.h"
#include "core/ports/webhook_pull_port.h"
#include "core/storage/stores/store_repository.h"

#include <functional>
#include <memory>
#include <optional>

namespace aiva {

// What proves the deliveries of a store.
struct WebhookKey {
    SecretString own;      // to be given to its webhooks; empty where the shop signs as it does by itself
    bool isNew = false;    // `own` was made just now
    bool canProve = false; // something proves them: `own`, or what the store was connected with
};

struct WebhookAdapters {
    // Null for a source without one.
    std::function<const WebhookDecoder*(StoreKind)> decoder;
    // Listens on this machine; port 0: any. Proves signatures with the keys as they were last read.
    std::function<Result<std::unique_ptr<WebhookListener>>(quint16 port, WebhookInbox& inbox)> listen;
    // Reads the keys of the stores anew. Blocking: a keychain may ask the person.
    std::function<Result<void>()> readKeys;

    // Names the subscriptions of this workspace at the shops, and no other's: "aiva-1a2b3c4d".
    QString mark;
    // Makes and keeps the store's own key where its shop takes one and none is kept. Blocking, as keepKey().
    std::function<Result<WebhookKey>(Database& writer, const StoreRow&)> key;
    std::function<Result<void>(Database& writer, const StoreRow&, const SecretString&)> keepKey;

    // Fetches from a queue; AtOnce does not wait there for what may come. Proves each message as far as it can be and
    // hands what is a shop's to the sink. `take` of the events is set here. May be absent.
    enum class PullKind { Standing, AtOnce };
    std::function<Result<std::unique_ptr<WebhookPull>>(const PullPlace&, const SecretString& account, PullKind,
                                                       WebhookSink&, PullEvents)>
        pull;
    // Of the key file of a service account what is to be kept; Invalid when it is none.
    std::function<Result<SecretString>(const SecretString& file)> readAccount;
    // Kept where the stores' secrets are. Blocking.
    std::function<Result<std::optional<SecretString>>(Database&)> account;
    std::function<Result<void>(Database& writer, const SecretString&)> keepAccount;

    explicit operator bool() const { return decoder && listen && readKeys; }
};

} // namespace aiva
