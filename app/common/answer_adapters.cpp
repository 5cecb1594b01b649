#include "app/common/answer_adapters.h"

#include "app/common/model_keys.h"
#include "core/adapters/http/http_policy.h"
#include "core/adapters/http/http_transport.h"
#include "core/adapters/model/model_connection.h"
#include "core/storage/answers/endpoint_repository.h"

namespace aiva {
namespace {

// Read once, through a connection that lives no longer than that. None for an address that is not the saved one:
// another process may have given the number to another provider since, and a key goes to nobody it was not given for.
Result<SecretString> keptKey(const Workspace& workspace, const ModelEndpoint& endpoint) {
    AIVA_TRY(const auto reader, workspace.openReader());
    AIVA_TRY(ModelKeys keys, ModelKeys::open(workspace, *reader));
    AIVA_TRY(SecretString key, keys.key(endpoint.id));
    // After the key: it is written after its row.
    AIVA_TRY(const auto endpoints, EndpointRepository::create(*reader));
    AIVA_TRY(const std::optional<ModelEndpoint> saved, endpoints->byId(endpoint.id));
    return saved && isSameOrigin(saved->baseUrl, endpoint.baseUrl) ? key : SecretString();
}

} // namespace

AnswerAdapters answerAdapters(const Workspace& workspace, const Clock& clock) {
    AnswerAdapters adapters;
    // One transport for all models, made on the core thread at first use.
    auto transport = std::make_shared<std::unique_ptr<HttpTransport>>();
    adapters.model = [&workspace, &clock,
                      transport](const ModelEndpoint& endpoint,
                                 const std::optional<SecretString>& given) -> Result<std::unique_ptr<ModelPort>> {
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        SecretString key;
        if (given) {
            key = *given;
        } else if (endpoint.id.isValid()) {
            AIVA_TRY(key, keptKey(workspace, endpoint));
        }
        return openModelPort(**transport, clock, endpoint, key);
    };
    adapters.saveKey = [&workspace](Database& writer, EndpointId id, const SecretString& key) -> Result<void> {
        AIVA_TRY(ModelKeys keys, ModelKeys::open(workspace, writer));
        return keys.save(id, key);
    };
    adapters.removeKey = [&workspace](Database& writer, EndpointId id) -> Result<void> {
        AIVA_TRY(ModelKeys keys, ModelKeys::open(workspace, writer));
        return keys.remove(id);
    };
    return adapters;
}

} // namespace aiva
