#include "core/adapters/store/shopify/graphql_client.h"

#include "core/adapters/store/shopify/graphql_call.h"

namespace aiva {

GraphQlClient::GraphQlClient(HttpTransport& transport, const Clock& clock, ShopifyEndpoint endpoint,
                             AccessToken::Credentials credentials)
    : m_transport(transport)
    , m_endpoint(std::move(endpoint))
    , m_token(transport, clock, m_endpoint, std::move(credentials))
    , m_pacer(clock) {
    m_endpoint.group = transport.newGroup();
}

GraphQlClient::~GraphQlClient() {
    m_throttleListener = {};
    cancelAll();
}

Future<GraphQlAnswer> GraphQlClient::execute(const char* name, const QJsonObject& variables) {
    auto* call = new GraphQlCall(*this, document(name), variables);
    return call->start();
}

void GraphQlClient::cancelAll() {
    for (auto* call : findChildren<GraphQlCall*>(Qt::FindDirectChildrenOnly))
        call->cancel();
    m_transport.abort(m_endpoint.group);
}

const Document& GraphQlClient::document(const char* name) {
    const auto known = m_documents.find(name);
    if (known != m_documents.end()) return known->second;
    return m_documents.emplace(name, Document::load(name)).first->second;
}

} // namespace aiva
