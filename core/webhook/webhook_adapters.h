// What receiving webhooks needs and only app knows how to build. Called on the core thread.
#pragma once

#include "core/base/result.h"
#include "core/ports/webhook_port.h"

#include <functional>
#include <memory>

namespace aiva {

struct WebhookAdapters {
    // Null for a source without one.
    std::function<const WebhookDecoder*(StoreKind)> decoder;
    // Listens on this machine; port 0: any. Proves signatures with the keys as they were last read.
    std::function<Result<std::unique_ptr<WebhookListener>>(quint16 port, WebhookInbox& inbox)> listen;
    // Reads the keys of the stores anew. Blocking: a keychain may ask the person.
    std::function<Result<void>()> readKeys;

    explicit operator bool() const { return decoder && listen && readKeys; }
};

} // namespace aiva
