// Language models somebody configured, and what was asked of them: budgets, and digests of what left the machine (A11).
// Keys lie in the keychain. Written by the desk and by the answer engine.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/answering/model_endpoint.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct ModelRequestRecord {
    EndpointId endpoint;
    ConversationId conversation;
    UtcTime at;
    QString payloadDigest; // SHA-256, hex
    QString outcome;       // "ok", or errorWords()
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;

    bool operator==(const ModelRequestRecord&) const = default;
};

struct ModelRequestCounts {
    int ofEndpointToday = 0;
    int ofConversation = 0; // ever, at any endpoint

    bool operator==(const ModelRequestCounts&) const = default;
};

class EndpointRepository {
public:
    static Result<std::unique_ptr<EndpointRepository>> create(Database& database);
    ~EndpointRepository();

    // With an id: that one, else a new one. One saved as active takes over from the one before; the first is active
    // whatever it says. Invalid without name, model or an http(s) address.
    Result<EndpointId> save(const ModelEndpoint& endpoint);
    // With its requests. When it was the active one, none is until somebody chooses: nobody's mail goes to a provider
    // nobody picked.
    Result<void> remove(EndpointId id);
    Result<std::vector<ModelEndpoint>> all(); // by name
    Result<std::optional<ModelEndpoint>> byId(EndpointId id);
    Result<std::optional<ModelEndpoint>> active();

    Result<void> addRequest(const ModelRequestRecord& request);
    Result<ModelRequestCounts> counts(EndpointId endpoint, ConversationId conversation, UtcTime dayStart);
    Result<std::vector<ModelRequestRecord>> requests(ConversationId conversation); // newest first

private:
    class Private;
    explicit EndpointRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
