#include "app/sandbox/server/shop_service.h"

#include "app/sandbox/model/model_service.h"
#include "app/sandbox/server/app_grant.h"
#include "app/sandbox/server/request_json.h"
#include "app/sandbox/woocommerce/woo_service.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

constexpr std::string_view kGraphPath = "/admin/api/2026-10/graphql.json";
constexpr std::string_view kUnauthorized =
    "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}";
constexpr double kMostPerQuery = 1000;

HttpAnswer json(int status, std::string body) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

std::string hex(Random& random, int length) {
    std::string text;
    for (int i = 0; i < length; ++i)
        text += "0123456789abcdef"[random.below(16)];
    return text;
}

Credentials makeCredentials(std::uint64_t seed) {
    Random random(seed ^ 0x5EC2E7ULL);
    return {hex(random, 32), "shpss_" + hex(random, 32), "shpat_" + hex(random, 32), "sk-sandbox-" + hex(random, 32)};
}

HttpAnswer onlyErrors(const std::vector<GraphError>& errors) {
    JsonText out;
    out.raw("{\"errors\":");
    writeErrors(out, errors);
    out.raw('}');
    return json(200, std::move(out.string()));
}

GraphError tooCostly(double points) {
    const std::string cost = std::to_string(static_cast<int>(points));
    return {
        "Query cost is " + cost +
            ", which exceeds the single query max cost limit (1000).\n\nSee "
            "https://shopify.dev/concepts/about-apis/rate-limits for more information on how the cost of a query is "
            "calculated.",
        "MAX_COST_EXCEEDED",
        ",\"cost\":" + cost + ",\"maxCost\":1000,\"documentation\":\"https://shopify.dev/api/usage/rate-limits\"",
        {},
        0,
        0};
}

std::string operationLabel(const Operation& operation) {
    std::string label = operation.name;
    for (const Selection& selection : operation.selections)
        label += " " + selection.name;
    return label;
}

} // namespace

ShopService::ShopService(const SandboxOptions& options)
    : m_options(options)
    , m_world(m_options)
    , m_context{m_world, m_options}
    , m_index(m_world)
    , m_faults(options.seed, options.faultPercent)
    , m_throttle(options.bucketSize, options.restoreRate, m_clock)
    , m_bulk(m_context, m_index, m_faults, m_clock)
    , m_credentials(makeCredentials(options.seed))
    , m_grant(std::make_unique<AppGrant>(options.seed, m_clock))
    , m_model(std::make_unique<ModelService>(m_credentials.modelKey))
    , m_woo(std::make_unique<WooService>(m_world, m_index, m_faults, m_options, m_clock)) {
    m_credentials.wooKey = m_woo->key();
    m_credentials.wooSecret = m_woo->secret();
    m_tokens.emplace(m_credentials.token, UtcTime());
}

ShopService::~ShopService() = default;

void ShopService::setBaseUrl(const std::string& url) {
    m_bulk.setBaseUrl(url);
    m_woo->setBaseUrl(url);
}

std::string ShopService::nextRequestId() {
    const std::lock_guard lock(m_mutex);
    Random random = Random::of(m_options.seed, Purpose::Fault, ++m_nextRequest);
    return hex(random, 8) + "-" + hex(random, 4) + "-4" + hex(random, 3) + "-a" + hex(random, 3) + "-" +
           hex(random, 12);
}

void ShopService::countRequest(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    ++m_counts[name];
}

bool ShopService::knowsToken(const std::string& token) {
    if (m_grant->takes(token)) return true;
    const std::lock_guard lock(m_mutex);
    const auto found = m_tokens.find(token);
    return found != m_tokens.end() && (found->second.ms() == 0 || found->second > m_clock.now());
}

HttpAnswer ShopService::answer(const HttpQuestion& question) {
    HttpAnswer answer = route(question);
    answer.headers.emplace_back("X-Request-Id", nextRequestId());
    return answer;
}

HttpAnswer ShopService::route(const HttpQuestion& question) {
    if (question.path.starts_with("/sandbox/")) return control(question);
    if (question.path.starts_with("/v1/")) {
        countRequest("model");
        return m_model->answer(question);
    }
    if (WooService::isAddressed(question)) {
        countRequest("woocommerce");
        return m_woo->answer(question);
    }
    if (question.path.starts_with("/bulk/")) return bulkFile(question);
    if (question.path == "/admin/oauth/authorize" && question.method == "GET") return authorize(question);
    if (question.path == "/admin/oauth/access_token" && question.method == "POST") return accessToken(question);
    if (question.path == "/admin/api_permissions/current.json" && question.method == "DELETE") return revoke(question);
    if (question.path == kGraphPath && question.method == "POST") return graphql(question);
    countRequest("unknown path");
    return json(404, "{\"errors\":\"Not Found\"}");
}

HttpAnswer ShopService::accessToken(const HttpQuestion& question) {
    countRequest("access_token");
    if (auto fault = struck("token")) return *fault;
    const RequestFields fields = readFields(question.body, question.contentType);
    const std::string grant = fields.value("grant_type");
    const bool isBrowsers =
        grant == "refresh_token" || (fields.fields.contains("code") && grant != "client_credentials");
    if (grant != "client_credentials" && !isBrowsers)
        return json(400, "{\"error\":\"invalid_request\",\"error_description\":\"grant_type is not supported\"}");
    if (fields.value("client_id") != m_credentials.clientId)
        return json(400, "{\"error\":\"application_cannot_be_found\",\"error_description\":\"Oauth error "
                         "application_cannot_be_found: Could not find Shopify API application with api_key\"}");
    if (fields.value("client_secret") != m_credentials.clientSecret)
        return json(400, "{\"error\":\"invalid_client\",\"error_description\":\"Oauth error invalid_client: The client "
                         "secret is wrong.\"}");
    if (isBrowsers) return grantTokens(fields);
    std::string token;
    {
        const std::lock_guard lock(m_mutex);
        Random random = Random::of(m_options.seed, Purpose::Owner, (1ULL << 50) + ++m_nextToken);
        token = "shpat_" + hex(random, 32);
        m_tokens.emplace(token, m_clock.now().plusSeconds(86'399));
    }
    std::string scope = "read_customers,read_orders,read_products,read_inventory,read_returns";
    if (m_options.allOrders) scope += ",read_all_orders";
    return json(200, "{\"access_token\":\"" + token + "\",\"scope\":\"" + scope + "\",\"expires_in\":86399}");
}

HttpAnswer ShopService::revoke(const HttpQuestion& question) {
    countRequest("revoke");
    if (auto fault = struck("revoke")) return *fault;
    if (!knowsToken(question.token)) return json(401, std::string(kUnauthorized));
    if (m_grant->uninstall(question.token)) return json(200, "{}");
    const std::lock_guard lock(m_mutex);
    m_tokens.erase(question.token);
    return json(200, "{}");
}

HttpAnswer ShopService::graphql(const HttpQuestion& question) {
    if (!knowsToken(question.token)) {
        countRequest("unauthorized");
        return json(401, std::string(kUnauthorized));
    }
    const auto request = readGraphRequest(question.body);
    if (!request) return json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
    const auto document = parseDocument(request->query);
    if (!document) {
        countRequest("parse error");
        return onlyErrors({{document.error().detail.toStdString(), "PARSE_ERROR", "", {}, 1, 1}});
    }
    const Operation* operation = document->operation(request->operationName);
    const std::string label = operation ? operationLabel(*operation) : request->operationName;
    countRequest(operation && !operation->name.empty() ? operation->name : label);
    if (auto fault = struck(label)) return *fault;
    HttpAnswer answer = runOperation(*document, request->operationName, request->variables);
    answer.headers.emplace_back("X-Shopify-API-Version", m_options.apiVersion.toStdString());
    if (m_faults.strike(FaultStage::Records, label) == "malformed_record") {
        if (const auto at = answer.body.find("\"createdAt\":\""); at != std::string::npos)
            answer.body.insert(at + 13, "not a date ");
    }
    return answer;
}

HttpAnswer ShopService::runOperation(const Document& document, const std::string& name, const Value& variables) {
    auto made = makePlan(document, name, variables, PlanFor::Page);
    if (const auto* errors = std::get_if<std::vector<GraphError>>(&made)) return onlyErrors(*errors);
    const Plan plan = std::get<Plan>(std::move(made));
    if (plan.requestedCost > kMostPerQuery) return onlyErrors({tooCostly(plan.requestedCost)});
    if (!m_throttle.take(plan.requestedCost)) {
        countRequest("throttled");
        return throttledAnswer(plan.requestedCost);
    }
    JsonText out;
    Executor executor(m_context, m_index, &m_bulk, &m_hooks);
    out.raw("{\"data\":");
    const double actual = executor.run(plan, out);
    m_throttle.giveBack(plan.requestedCost - actual);
    if (!executor.errors().empty()) {
        out.raw(",\"errors\":");
        writeErrors(out, executor.errors());
    }
    writeCost(out, plan.requestedCost, actual);
    out.raw('}');
    return json(200, std::move(out.string()));
}

HttpAnswer ShopService::throttledAnswer(double requested) {
    JsonText out;
    out.raw("{\"errors\":");
    writeErrors(
        out,
        {{"Throttled", "THROTTLED", ",\"documentation\":\"https://shopify.dev/api/usage/rate-limits\"", {}, 0, 0}});
    writeCost(out, requested, std::nullopt);
    out.raw('}');
    return json(200, std::move(out.string()));
}

void ShopService::writeCost(JsonText& out, double requested, std::optional<double> actual) {
    const Throttle::State state = m_throttle.state();
    out.raw(",\"extensions\":{\"cost\":{\"requestedQueryCost\":");
    out.integer(static_cast<std::int64_t>(requested));
    out.raw(",\"actualQueryCost\":");
    if (actual)
        out.integer(static_cast<std::int64_t>(*actual));
    else
        out.null();
    out.raw(",\"throttleStatus\":{\"maximumAvailable\":");
    out.integer(static_cast<std::int64_t>(state.maximum));
    out.raw(",\"currentlyAvailable\":");
    out.integer(static_cast<std::int64_t>(state.available));
    out.raw(",\"restoreRate\":");
    out.integer(static_cast<std::int64_t>(state.restoreRate));
    out.raw("}}}");
}

HttpAnswer ShopService::bulkFile(const HttpQuestion& question) {
    countRequest("download");
    // A signed address is its own key; a token in the request is a leak, and Google answers it with a refusal.
    if (!question.token.empty()) {
        HttpAnswer refused =
            json(400, "<?xml version='1.0' encoding='UTF-8'?><Error><Code>InvalidArgument</Code></Error>");
        refused.contentType = "application/xml; charset=UTF-8";
        return refused;
    }
    const std::string key = question.path.substr(6, question.path.find('.') - 6);
    const auto download = m_bulk.download(key);
    if (!download || question.query.find("Signature=") == std::string::npos) return json(403, "<Error/>");
    HttpAnswer answer;
    if (auto fault = struck("download " + download->resource)) {
        if (fault->delivery == HttpAnswer::Delivery::Whole) return *fault;
        answer.delivery = fault->delivery;
    }
    answer.contentType = "application/jsonl";
    answer.file = download->path;
    return answer;
}

} // namespace aiva::sandbox
