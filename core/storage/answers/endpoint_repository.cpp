#include "core/storage/answers/endpoint_repository.h"

#include "core/storage/database/in_transaction.h"

namespace aiva {

using namespace Qt::StringLiterals;

class EndpointRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement any;
    Statement retire;
    Statement insert;
    Statement update;
    Statement remove;
    Statement all;
    Statement byId;
    Statement active;
    Statement addRequest;
    Statement counts;
    Statement requests;

    Result<bool> isFirst();
    Result<EndpointId> write(const ModelEndpoint& endpoint, bool isActive);
};

static constexpr std::string_view kInsertEndpoint = R"sql(
INSERT INTO model_endpoints (name, protocol, base_url, model, retention, max_output_tokens, requests_per_day,
    requests_per_conversation, is_active)
VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))sql";

static constexpr std::string_view kUpdateEndpoint = R"sql(
UPDATE model_endpoints SET name = ?2, protocol = ?3, base_url = ?4, model = ?5, retention = ?6, max_output_tokens = ?7,
    requests_per_day = ?8, requests_per_conversation = ?9, is_active = ?10
WHERE id = ?1)sql";

// A person configures a handful.
static constexpr std::string_view kAllEndpoint = R"sql(
SELECT id, name, protocol, base_url, model, retention, max_output_tokens, requests_per_day, requests_per_conversation,
       is_active
FROM model_endpoints ORDER BY name, id)sql";
static constexpr std::string_view kByIdEndpoint = R"sql(
SELECT id, name, protocol, base_url, model, retention, max_output_tokens, requests_per_day, requests_per_conversation,
       is_active
FROM model_endpoints WHERE id = ?1)sql";
static constexpr std::string_view kActive = R"sql(
SELECT id, name, protocol, base_url, model, retention, max_output_tokens, requests_per_day, requests_per_conversation,
       is_active
FROM model_endpoints WHERE is_active = 1)sql";

static constexpr std::string_view kAddRequest = R"sql(
INSERT INTO model_requests (endpoint_id, conversation_id, at, payload_digest, outcome, input_tokens, output_tokens)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))sql";

static constexpr std::string_view kCountsEndpoint = R"sql(
SELECT (SELECT count(*) FROM model_requests WHERE endpoint_id = ?1 AND at >= ?3),
       (SELECT count(*) FROM model_requests WHERE conversation_id = ?2))sql";

static constexpr std::string_view kRequests = R"sql(
SELECT endpoint_id, conversation_id, at, payload_digest, outcome, input_tokens, output_tokens FROM model_requests
WHERE conversation_id = ?1 ORDER BY at DESC, id DESC)sql";

// A protocol this version does not know is left out: nothing could be asked of it.
static std::optional<ModelEndpoint> endpointFrom(const Statement& row) {
    const auto protocol = modelProtocolFromWord(row.text(2));
    if (!protocol) return std::nullopt;
    ModelEndpoint endpoint;
    endpoint.id = row.id<EndpointId>(0);
    endpoint.name = row.text(1);
    endpoint.protocol = *protocol;
    endpoint.baseUrl = QUrl(row.text(3));
    endpoint.model = row.text(4);
    endpoint.retention = row.text(5);
    endpoint.maxOutputTokens = static_cast<int>(row.integer(6));
    endpoint.requestsPerDay = static_cast<int>(row.integer(7));
    endpoint.requestsPerConversation = static_cast<int>(row.integer(8));
    endpoint.isActive = row.boolean(9);
    return endpoint;
}

static Result<std::optional<ModelEndpoint>> oneOf(Statement& statement) {
    AIVA_TRY(const bool found, statement.step());
    if (!found) return std::optional<ModelEndpoint>();
    std::optional<ModelEndpoint> endpoint = endpointFrom(statement);
    statement.reset();
    return endpoint;
}

static bool isWebAddress(const QUrl& url) {
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https" || url.scheme() == u"http");
}

Result<bool> EndpointRepository::Private::isFirst() {
    AIVA_TRY(const bool found, any.step());
    any.reset();
    return !found;
}

Result<EndpointId> EndpointRepository::Private::write(const ModelEndpoint& endpoint, bool isActive) {
    Statement& statement = endpoint.id.isValid() ? update : insert;
    if (endpoint.id.isValid()) statement.bind(1, endpoint.id);
    statement.bind(2, endpoint.name.simplified())
        .bind(3, toWord(endpoint.protocol))
        .bind(4, endpoint.baseUrl.toString());
    statement.bind(5, endpoint.model.trimmed()).bind(6, endpoint.retention.trimmed()).bind(7, endpoint.maxOutputTokens);
    statement.bind(8, endpoint.requestsPerDay).bind(9, endpoint.requestsPerConversation).bind(10, isActive);
    AIVA_CHECK(statement.run());
    if (!endpoint.id.isValid()) return EndpointId(database.lastInsertId());
    if (database.changes() == 0) return Error{ErrorKind::NotFound, u"there is no such model endpoint"_s};
    return endpoint.id;
}

EndpointRepository::EndpointRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

EndpointRepository::~EndpointRepository() = default;

Result<std::unique_ptr<EndpointRepository>> EndpointRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->any, database.prepare("SELECT 1 FROM model_endpoints WHERE id > 0 LIMIT 1"));
    AIVA_TRY(priv->retire, database.prepare("UPDATE model_endpoints SET is_active = 0 WHERE is_active = 1"));
    AIVA_TRY(priv->insert, database.prepare(kInsertEndpoint));
    AIVA_TRY(priv->update, database.prepare(kUpdateEndpoint));
    AIVA_TRY(priv->remove, database.prepare("DELETE FROM model_endpoints WHERE id = ?1"));
    AIVA_TRY(priv->all, database.prepare(kAllEndpoint));
    AIVA_TRY(priv->byId, database.prepare(kByIdEndpoint));
    AIVA_TRY(priv->active, database.prepare(kActive));
    AIVA_TRY(priv->addRequest, database.prepare(kAddRequest));
    AIVA_TRY(priv->counts, database.prepare(kCountsEndpoint));
    AIVA_TRY(priv->requests, database.prepare(kRequests));
    return std::unique_ptr<EndpointRepository>(new EndpointRepository(std::move(priv)));
}

Result<EndpointId> EndpointRepository::save(const ModelEndpoint& endpoint) {
    if (endpoint.name.simplified().isEmpty() || endpoint.model.trimmed().isEmpty())
        return Error{ErrorKind::Invalid, u"a model endpoint needs a name and a model"_s};
    if (!isWebAddress(endpoint.baseUrl)) return Error{ErrorKind::Invalid, u"the address is no http address"_s};
    return inTransaction(d->database, [&]() -> Result<EndpointId> {
        AIVA_TRY(const bool isFirst, d->isFirst());
        const bool isActive = endpoint.isActive || isFirst;
        if (isActive) AIVA_CHECK(d->retire.run());
        return d->write(endpoint, isActive);
    });
}

Result<void> EndpointRepository::remove(EndpointId id) {
    return d->remove.bind(1, id).run();
}

Result<std::vector<ModelEndpoint>> EndpointRepository::all() {
    std::vector<ModelEndpoint> endpoints;
    for (;;) {
        AIVA_TRY(const bool more, d->all.step());
        if (!more) return endpoints;
        if (auto endpoint = endpointFrom(d->all)) endpoints.push_back(*std::move(endpoint));
    }
}

Result<std::optional<ModelEndpoint>> EndpointRepository::byId(EndpointId id) {
    return oneOf(d->byId.bind(1, id));
}

Result<std::optional<ModelEndpoint>> EndpointRepository::active() {
    return oneOf(d->active);
}

Result<void> EndpointRepository::addRequest(const ModelRequestRecord& request) {
    d->addRequest.bind(1, request.endpoint).bind(2, request.conversation).bind(3, request.at);
    d->addRequest.bind(4, request.payloadDigest).bind(5, request.outcome).bind(6, request.inputTokens);
    return d->addRequest.bind(7, request.outputTokens).run();
}

Result<ModelRequestCounts> EndpointRepository::counts(EndpointId endpoint, ConversationId conversation,
                                                      UtcTime dayStart) {
    AIVA_TRY(const bool found, d->counts.bind(1, endpoint).bind(2, conversation).bind(3, dayStart).step());
    if (!found) return Error{ErrorKind::Internal, u"counting answered nothing"_s};
    const ModelRequestCounts counts{static_cast<int>(d->counts.integer(0)), static_cast<int>(d->counts.integer(1))};
    d->counts.reset();
    return counts;
}

Result<std::vector<ModelRequestRecord>> EndpointRepository::requests(ConversationId conversation) {
    Statement& row = d->requests.bind(1, conversation);
    std::vector<ModelRequestRecord> requests;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return requests;
        requests.push_back({row.id<EndpointId>(0), row.id<ConversationId>(1), row.time(2), row.text(3), row.text(4),
                            row.integer(5), row.integer(6)});
    }
}

} // namespace aiva
