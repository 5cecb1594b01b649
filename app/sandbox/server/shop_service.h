// The shop behind the HTTP door: tokens, GraphQL, bulk files, and the sandbox's own controls. Knows nothing of sockets;
// sandbox_server.cpp carries questions in and answers out, from many threads at once.
#pragma once

#include "app/sandbox/graph/record_index.h"
#include "app/sandbox/sandbox_options.h"
#include "app/sandbox/server/bulk_desk.h"
#include "app/sandbox/server/faults.h"
#include "app/sandbox/server/hook_book.h"
#include "app/sandbox/server/throttle.h"
#include "core/base/clock.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

class QJsonObject;

namespace aiva::sandbox {

struct HttpQuestion {
    std::string method;
    std::string path;
    std::string query;
    std::string body;
    std::string contentType;
    std::string token; // X-Shopify-Access-Token
    std::string authorization = {};
    std::string apiKey = {};           // x-api-key
    std::string anthropicVersion = {}; // anthropic-version
};

struct HttpAnswer {
    int status = 200;
    std::string contentType = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    QString file;                    // served instead of the body when set
    std::vector<std::string> frames; // streamed one by one instead of the body when there are any
    enum class Delivery { Whole, Reset, Truncate, Trickle };
    Delivery delivery = Delivery::Whole;
};

struct Credentials {
    std::string clientId;
    std::string clientSecret;
    std::string token;       // of an existing admin app, does not expire
    std::string modelKey;    // of the language model
    std::string wooKey = {}; // of the same shop as a WooCommerce site
    std::string wooSecret = {};
};

class AppGrant;
class ModelService;
class WooService;
struct RequestFields;

HttpAnswer jsonAnswer(int status, const QJsonObject& object);

class ShopService {
public:
    explicit ShopService(const SandboxOptions& options);
    ~ShopService();

    HttpAnswer answer(const HttpQuestion& question);
    const Credentials& credentials() const { return m_credentials; }
    const World& world() const { return m_world; }
    void setBaseUrl(const std::string& url);

private:
    HttpAnswer route(const HttpQuestion& question);
    HttpAnswer accessToken(const HttpQuestion& question);
    HttpAnswer revoke(const HttpQuestion& question);
    HttpAnswer authorize(const HttpQuestion& question);
    HttpAnswer grantTokens(const RequestFields& fields);
    HttpAnswer changeGrant(const std::string& body);
    void endTokens();
    HttpAnswer graphql(const HttpQuestion& question);
    HttpAnswer runOperation(const Document& document, const std::string& name, const Value& variables);
    HttpAnswer throttledAnswer(double requested);
    HttpAnswer bulkFile(const HttpQuestion& question);
    HttpAnswer control(const HttpQuestion& question);
    HttpAnswer change(const std::string& body, const QString& done,
                      const std::function<void(World::Kind, std::int64_t)>& change);
    HttpAnswer changeWoo(const std::string& body);
    HttpAnswer touch(const std::string& body);
    HttpAnswer remove(const std::string& body);
    HttpAnswer merge(const std::string& body);
    HttpAnswer truth(const std::string& query);
    HttpAnswer sendWebhooks(const std::string& body);
    HttpAnswer listWebhooks();
    HttpAnswer stats();
    std::optional<HttpAnswer> struck(std::string_view label);
    bool knowsToken(const std::string& token);
    void countRequest(const std::string& name);
    void writeCost(JsonText& out, double requested, std::optional<double> actual);
    UtcTime worldTime() const;
    std::string nextRequestId();

    const SandboxOptions m_options;
    SystemClock m_clock;
    const qint64 m_startedMs = m_clock.monotonicMs();
    World m_world;
    GraphContext m_context;
    RecordIndex m_index;
    Faults m_faults;
    Throttle m_throttle;
    BulkDesk m_bulk;
    HookBook m_hooks;
    Credentials m_credentials;
    std::unique_ptr<AppGrant> m_grant; // by the browser
    std::unique_ptr<ModelService> m_model;
    std::unique_ptr<WooService> m_woo;
    std::mutex m_mutex;
    std::map<std::string, UtcTime> m_tokens; // with their end; 0: none
    std::map<std::string, std::int64_t> m_counts;
    std::uint64_t m_nextToken = 0;
    std::uint64_t m_nextRequest = 0;
};

} // namespace aiva::sandbox
