#include "core/adapters/store/shopify/shopify_store.h"

#include "core/adapters/store/shopify/bulk_answers.h"
#include "core/adapters/store/shopify/bulk_decoder.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// `userScopes`: the shop itself names those of the app alone.
Result<ShopFacts> readShop(const GraphQlAnswer& answer, const std::optional<QStringList>& userScopes) {
    std::string ignored;
    JsonReader data(answer.data, ignored);
    const auto object = data.object("shop");
    if (!object) {
        if (!answer.faults.empty()) return faultError(answer.faults.front());
        return Error{ErrorKind::Invalid, u"the shop says nothing of itself"_s};
    }
    std::string problem;
    JsonReader shop(*object, problem);
    ShopFacts facts;
    facts.externalId = QString::fromStdString(shop.requiredText("id"));
    facts.name = QString::fromStdString(shop.text("name"));
    facts.domain = QString::fromStdString(shop.text("myshopifyDomain"));
    facts.currency = QString::fromStdString(shop.requiredText("currencyCode"));
    facts.timeZone = QString::fromStdString(shop.text("ianaTimezone"));
    if (const auto plan = shop.object("plan"))
        facts.plan = QString::fromStdString(JsonReader(*plan, ignored).text("publicDisplayName"));
    if (!problem.empty()) return Error{ErrorKind::Invalid, u"the shop does not name its id or currency"_s};
    if (const auto app = data.object("currentAppInstallation"))
        if (const auto scopes = JsonReader(*app, ignored).array("accessScopes"))
            for (const JsonElement element : *scopes)
                if (const auto scope = asObject(element))
                    facts.scopes << QString::fromStdString(JsonReader(*scope, ignored).text("handle"));
    if (userScopes) facts.scopes = *userScopes;
    facts.otherApi = answer.otherApi;
    facts.historyLimited = !facts.scopes.contains("read_all_orders"_L1);
    return facts;
}

Result<std::optional<qint64>> readCount(const GraphQlAnswer& answer, const char* root) {
    std::string ignored;
    const auto count = JsonReader(answer.data, ignored).object(std::string(root) + "Count");
    if (!count) {
        if (!answer.faults.empty()) return faultError(answer.faults.front());
        return std::optional<qint64>();
    }
    JsonReader reader(*count, ignored);
    const auto number = reader.integer("count");
    const bool isExact = reader.text("precision") == "EXACT";
    return isExact ? number : std::optional<qint64>();
}

Result<MarkPage> readMarks(const GraphQlAnswer& answer, const char* root) {
    std::string ignored;
    const auto connection = JsonReader(answer.data, ignored).object(root);
    const auto nodes = connection ? JsonReader(*connection, ignored).array("nodes") : std::nullopt;
    // A page with holes would prove records missing that are there.
    if (!answer.faults.empty()) return faultError(answer.faults.front());
    if (!nodes) return Error{ErrorKind::Invalid, u"the answer lacks what was asked for"_s};
    MarkPage page;
    for (const JsonElement element : *nodes) {
        const auto node = asObject(element);
        if (!node) return Error{ErrorKind::Invalid, u"the shop gave nothing for a record"_s};
        std::string problem;
        JsonReader reader(*node, problem);
        RecordMark mark{reader.requiredText("id"), reader.requiredTime("createdAt"), reader.requiredTime("updatedAt")};
        if (!problem.empty()) return Error{ErrorKind::Invalid, QString::fromStdString(problem)};
        page.marks.push_back(std::move(mark));
    }
    page.nextCursor = QString::fromStdString(nextCursor(*connection));
    return page;
}

bool isAlreadyRevoked(const Error& error) {
    return error.cause == ErrorCause::TokenRefused || error.cause == ErrorCause::ScopeMissing ||
           error.cause == ErrorCause::ShopNotFound || error.cause == ErrorCause::SignInOver;
}

std::optional<QStringList> userScopesOf(const ShopifyConnection& connection) {
    const auto* online = std::get_if<ShopifyOnlineGrant>(&connection.credentials);
    return online ? std::optional(online->userScopes) : std::nullopt;
}

} // namespace

ShopifyStore::ShopifyStore(HttpTransport& transport, const Clock& clock, ShopifyEndpoint endpoint,
                           ShopifyConnection connection)
    : m_userScopes(userScopesOf(connection))
    , m_client(transport, clock, std::move(endpoint), std::move(connection.credentials)) {
    m_state.context.shopCurrency = Currency::parse(connection.currency.toStdString()).value_or(Currency());
}

ShopifyStore::~ShopifyStore() = default;

Future<ShopFacts> ShopifyStore::shop() {
    return andThen(m_client.execute("shop", {}), &m_context, [this](const GraphQlAnswer& answer) {
        m_state.learnCurrency(answer.data);
        return readyFuture(readShop(answer, m_userScopes));
    });
}

Future<std::optional<qint64>> ShopifyStore::count(const RecordQuery& query) {
    const ResourceDocuments& documents = documentsOf(query.resource);
    const QString filter = searchText(query);
    const QJsonObject variables{{u"query"_s, filter.isEmpty() ? QJsonValue() : QJsonValue(filter)}};
    return andThen(m_client.execute(documents.count, variables), &m_context, [&documents](const GraphQlAnswer& answer) {
        return readyFuture(readCount(answer, documents.root));
    });
}

Future<RecordPage> ShopifyStore::page(const RecordQuery& query, const QString& cursor) {
    auto* read = new PageRead(m_client, m_state, query, cursor, &m_context);
    return read->start();
}

Future<MarkPage> ShopifyStore::marks(const RecordQuery& query, const QString& cursor) {
    const ResourceDocuments& documents = documentsOf(query.resource);
    const QString filter = searchText(query);
    const QJsonObject variables{{u"first"_s, kLargestPage},
                                {u"after"_s, cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)},
                                {u"query"_s, filter.isEmpty() ? QJsonValue() : QJsonValue(filter)}};
    return andThen(m_client.execute(documents.marks, variables), &m_context, [&documents](const GraphQlAnswer& answer) {
        return readyFuture(readMarks(answer, documents.root));
    });
}

Future<RecordPage> ShopifyStore::lookup(Resource resource, const std::vector<std::string>& ids) {
    auto* read = new PageRead(m_client, m_state, RecordQuery{resource, {}, {}}, {}, &m_context);
    return read->startLookup(ids);
}

Future<BulkStatus> ShopifyStore::startBulk(const RecordQuery& query) {
    const QJsonObject variables{{u"query"_s, QString::fromUtf8(bulkQueryText(query))}};
    return andThen(m_client.execute("bulk_start", variables), &m_context,
                   [](const GraphQlAnswer& answer) { return readyFuture(readBulkStarted(answer)); });
}

Future<BulkStatus> ShopifyStore::bulkStatus(const QString& operationId) {
    return andThen(m_client.execute("bulk_status", {{u"id"_s, operationId}}), &m_context,
                   [this](const GraphQlAnswer& answer) {
                       m_state.learnCurrency(answer.data);
                       return readyFuture(readBulkStatus(answer));
                   });
}

Future<bool> ShopifyStore::cancelBulk(const QString& operationId) {
    return andThen(m_client.execute("bulk_cancel", {{u"id"_s, operationId}}), &m_context,
                   [](const GraphQlAnswer& answer) { return readyFuture(readBulkCancelled(answer)); });
}

Future<qint64> ShopifyStore::download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) {
    HttpRequest request;
    request.url = QUrl(url, QUrl::StrictMode);
    // Signed links into Google's storage, or wherever the shop on this machine keeps its files.
    request.policy.hosts = {u"storage.googleapis.com"_s, u".storage.googleapis.com"_s, u".shopify.com"_s};
    request.policy.loopback = m_client.endpoint().policy.loopback;
    request.timeouts = HttpTimeouts::forDownload();
    request.group = m_client.endpoint().group;
    request.maxBodyBytes = 0;
    return m_client.transport().download(std::move(request), offset, std::move(sink));
}

std::unique_ptr<BulkDecoder> ShopifyStore::bulkDecoder(Resource resource) const {
    return std::make_unique<ShopifyBulkDecoder>(resource, m_state.context);
}

void ShopifyStore::setThrottleListener(std::function<void(qint64 waitMs)> listener) {
    m_client.setThrottleListener(std::move(listener));
}

void ShopifyStore::setApiListener(std::shared_ptr<ApiListener> listener) {
    m_client.setApiListener(std::move(listener));
}

Future<bool> ShopifyStore::revoke() {
    const auto answer = std::make_shared<Answer<bool>>();
    revokeWith(m_client.token().current(), Try::First, answer);
    return answer->future();
}

void ShopifyStore::revokeWith(const Future<SecretString>& asked, Try which,
                              const std::shared_ptr<Answer<bool>>& answer) {
    whenDone(asked, &m_context, [this, which, answer](const Result<SecretString>& token) {
        // No token to be had any more: the credentials are void already.
        if (!token) return answer->say(isAlreadyRevoked(token.error()) ? Result<bool>(true) : token.error());
        HttpRequest request =
            m_client.endpoint().request(HttpRequest::Method::Delete, u"/admin/api_permissions/current.json"_s);
        const std::string_view text = token->reveal();
        request.headers.emplace_back("X-Shopify-Access-Token",
                                     QByteArray(text.data(), static_cast<qsizetype>(text.size())));
        whenDone(m_client.transport().send(std::move(request)), &m_context,
                 [this, which, used = *token, answer](const Result<HttpResponse>& response) {
                     if (!response) return answer->say(response.error());
                     // One token that ended early proves nothing about the app: it may still be installed.
                     if (response->status == 401 && which == Try::First)
                         return revokeWith(m_client.token().renewedAfter(used), Try::Renewed, answer);
                     const bool isOk = response->status >= 200 && response->status < 300;
                     const Error refusal = statusError(response->status, response->requestId);
                     if (!isOk && !isAlreadyRevoked(refusal)) return answer->say(refusal);
                     m_client.token().forget();
                     answer->say(true);
                 });
    });
}

void ShopifyStore::cancelAll() {
    m_client.cancelAll();
}

} // namespace aiva
