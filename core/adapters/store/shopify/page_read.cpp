#include "core/adapters/store/shopify/page_read.h"

#include <QJsonArray>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLeastAfterTimeout = 25;
constexpr int kLookupSize = 40; // each id is charged for by itself

// A partial failure inside node `index` of the connection `root`, other than a field we may not see.
const ApiFault* damageOf(const std::vector<ApiFault>& faults, std::string_view root, size_t index) {
    for (const ApiFault& fault : faults) {
        const auto& path = fault.path;
        if (fault.kind != ApiFault::Kind::AccessDenied && path.size() > 3 && path[0] == root && path[1] == "nodes" &&
            path[2] == std::to_string(index))
            return &fault;
    }
    return nullptr;
}

// Something went wrong with id `index` of a look-up, or with all of it; a field we may not see is no reason to doubt a
// record that is there.
bool isDoubtful(const std::vector<ApiFault>& faults, size_t index, bool isThere) {
    return std::any_of(faults.begin(), faults.end(), [=](const ApiFault& fault) {
        const auto& path = fault.path;
        if (path.size() < 2 || path[0] != "nodes") return true;
        const bool isHiddenField = fault.kind == ApiFault::Kind::AccessDenied && path.size() > 2;
        return path[1] == std::to_string(index) && !(isThere && isHiddenField);
    });
}

Error missingData(const std::vector<ApiFault>& faults) {
    if (!faults.empty()) return faultError(faults.front());
    return {ErrorKind::Invalid, u"the answer lacks what was asked for"_s};
}

template <typename Record>
void eraseIndices(std::vector<Record>& records, std::vector<size_t> indices) {
    std::sort(indices.begin(), indices.end(), std::greater<>());
    for (const size_t index : indices)
        if (index < records.size()) records.erase(records.begin() + static_cast<std::ptrdiff_t>(index));
}

} // namespace

void ShopState::learnCurrency(JsonObject data) {
    std::string ignored;
    const auto shop = JsonReader(data, ignored).object("shop");
    if (!shop) return;
    if (const auto currency = Currency::parse(JsonReader(*shop, ignored).text("currencyCode")))
        context.shopCurrency = *currency;
}

PageRead::PageRead(GraphQlClient& client, ShopState& state, const RecordQuery& query, const QString& cursor,
                   QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_state(state)
    , m_query(query)
    , m_documents(documentsOf(query.resource))
    , m_cursor(cursor) {}

Future<RecordPage> PageRead::start() {
    fetchPage();
    return m_answer.future();
}

Future<RecordPage> PageRead::startLookup(const std::vector<std::string>& ids) {
    m_ids = ids;
    fetchIds();
    return m_answer.future();
}

void PageRead::fetchIds() {
    if (m_firstAsked >= m_ids.size()) return fetchChildren();
    const char* document = m_documents.lookup;
    const int size = m_state.pageSizes.value(QLatin1StringView(document), kLookupSize);
    m_asked = std::min(static_cast<size_t>(size), m_ids.size() - m_firstAsked);
    QJsonArray ids;
    for (size_t i = m_firstAsked; i < m_firstAsked + m_asked; ++i)
        ids.append(QString::fromStdString(m_ids[i]));
    whenDone(m_client.execute(document, {{u"ids"_s, ids}}), this,
             [this, document, size](const Result<GraphQlAnswer>& result) {
                 if (result) return onIds(*result);
                 const bool isTooCostly = result.error().cause == ErrorCause::QueryTooCostly;
                 if (isTooCostly && shrink(document, size, 1)) return fetchIds();
                 answer(result.error());
             });
}

void PageRead::onIds(const GraphQlAnswer& result) {
    m_state.learnCurrency(result.data);
    std::string ignored;
    const auto nodes = JsonReader(result.data, ignored).array("nodes");
    if (!nodes || nodes->size() != m_asked) return answer(missingData(result.faults));
    size_t index = 0;
    for (const JsonElement element : *nodes)
        takeAsked(element, index++, result.faults);
    m_firstAsked += m_asked;
    fetchIds();
}

// Null without any complaint is the shop's word that it does not have the record. Everything else proves nothing.
void PageRead::takeAsked(JsonElement element, size_t index, const std::vector<ApiFault>& faults) {
    const std::string& id = m_ids[m_firstAsked + index];
    const auto node = asObject(element);
    const bool doubtful = isDoubtful(faults, index, node.has_value());
    std::string ignored;
    if (element.is_null() && !doubtful)
        m_page.gone.push_back(id);
    else if (node && !doubtful && JsonReader(*node, ignored).text("id") == id)
        take(*node);
    else
        m_page.faults.push_back({m_documents.root, id, "the shop did not say what became of it"});
}

void PageRead::fetch(const char* document, QJsonObject variables, Handler handler) {
    const int size = m_state.pageSizes.value(QLatin1StringView(document), kLargestPage);
    variables.insert("first"_L1, size);
    whenDone(m_client.execute(document, variables), this,
             [this, document, variables, size, handler](const Result<GraphQlAnswer>& result) {
                 if (result) return (this->*handler)(*result);
                 const bool isTooCostly = result.error().cause == ErrorCause::QueryTooCostly;
                 if (isTooCostly && shrink(document, size, 1)) return fetch(document, variables, handler);
                 // Too much for the shop to gather in its time: whoever asks again gets less at once.
                 if (result.error().kind == ErrorKind::Timeout) shrink(document, size, kLeastAfterTimeout);
                 answer(result.error());
             });
}

bool PageRead::shrink(const char* document, int size, int least) {
    if (size <= least) return false;
    m_state.pageSizes.insert(QString::fromLatin1(document), std::max(size / 2, least));
    return true;
}

void PageRead::fetchPage() {
    QJsonObject variables{{u"after"_s, m_cursor.isEmpty() ? QJsonValue() : QJsonValue(m_cursor)}};
    const QString filter = searchText(m_query);
    variables.insert("query"_L1, filter.isEmpty() ? QJsonValue() : QJsonValue(filter));
    if (m_query.resource == Resource::Orders)
        variables.insert("sortKey"_L1, m_query.updatedSince ? u"UPDATED_AT"_s : u"CREATED_AT"_s);
    fetch(m_documents.page, variables, &PageRead::onPage);
}

void PageRead::onPage(const GraphQlAnswer& result) {
    m_state.learnCurrency(result.data);
    std::string ignored;
    const auto connection = JsonReader(result.data, ignored).object(m_documents.root);
    const auto nodes = connection ? JsonReader(*connection, ignored).array("nodes") : std::nullopt;
    if (!nodes) return answer(missingData(result.faults));
    takeNodes(*nodes, result.faults);
    m_page.nextCursor = QString::fromStdString(nextCursor(*connection));
    // Going on from the same place would never end.
    if (!m_page.nextCursor.isEmpty() && m_page.nextCursor == m_cursor)
        return answer(Error{ErrorKind::Invalid, u"the shop's cursor does not advance"_s});
    fetchChildren();
}

void PageRead::takeNodes(JsonArray nodes, const std::vector<ApiFault>& faults) {
    size_t index = 0;
    for (const JsonElement element : nodes) {
        const auto* damage = damageOf(faults, m_documents.root, index++);
        const auto node = asObject(element);
        if (node && !damage) {
            take(*node);
            continue;
        }
        std::string ignored;
        m_page.faults.push_back({m_documents.root, node ? JsonReader(*node, ignored).text("id") : std::string(),
                                 damage ? "the shop failed to give all of it: " + damage->code
                                        : std::string("the shop gave nothing for it")});
    }
}

template <typename Record>
void PageRead::keep(std::vector<Record>& records, Decoded<Record> decoded, const std::string& childrenAfter) {
    if (auto* fault = std::get_if<RecordFault>(&decoded)) {
        m_page.faults.push_back(std::move(*fault));
        return;
    }
    auto& record = std::get<Record>(decoded);
    if (!childrenAfter.empty())
        m_open.push_back({records.size(), QString::fromStdString(record.externalId), childrenAfter});
    records.push_back(std::move(record));
}

void PageRead::take(JsonObject node) {
    ChildCursor children;
    const DecodeContext& context = m_state.context;
    switch (m_query.resource) {
    case Resource::Customers:
        return keep(m_page.customers, decodeCustomer(node, context), {});
    case Resource::Orders: {
        auto order = decodeOrder(node, context, children);
        return keep(m_page.orders, std::move(order), children.after);
    }
    case Resource::Products: {
        auto product = decodeProduct(node, context, children);
        return keep(m_page.products, std::move(product), children.after);
    }
    }
}

void PageRead::fetchChildren() {
    if (m_open.empty()) return finish();
    const Open& open = m_open.back();
    const QJsonObject variables{{u"id"_s, open.id}, {u"after"_s, QString::fromStdString(open.cursor)}};
    fetch(m_documents.children, variables, &PageRead::onChildren);
}

void PageRead::onChildren(const GraphQlAnswer& result) {
    std::string ignored;
    const auto owner = JsonReader(result.data, ignored).object(m_documents.childOwner);
    const auto connection = owner ? JsonReader(*owner, ignored).object(m_documents.childField) : std::nullopt;
    if (!connection || !result.faults.empty()) {
        drop(connection ? "the shop failed to give all of it" : "it vanished while it was read");
        return fetchChildren();
    }
    ChildCursor next;
    const std::string problem = appendChildren(*connection, next);
    if (!problem.empty())
        drop(problem);
    else if (next.after == m_open.back().cursor)
        drop("the shop's cursor does not advance");
    else if (next.after.empty())
        m_open.pop_back();
    else
        m_open.back().cursor = next.after;
    fetchChildren();
}

std::string PageRead::appendChildren(JsonObject connection, ChildCursor& next) {
    std::string problem;
    const size_t index = m_open.back().index;
    if (m_query.resource == Resource::Orders) {
        OrderRecord& order = m_page.orders[index];
        appendItems(connection, DecodeContext{order.currency}, order.items, next, problem);
    } else {
        appendVariants(connection, m_state.context, m_page.products[index].variants, next, problem);
    }
    return problem;
}

void PageRead::drop(std::string cause) {
    m_page.faults.push_back({m_documents.root, m_open.back().id.toStdString(), std::move(cause)});
    m_dropped.push_back(m_open.back().index);
    m_open.pop_back();
}

void PageRead::finish() {
    if (m_query.resource == Resource::Orders) eraseIndices(m_page.orders, m_dropped);
    if (m_query.resource == Resource::Products) eraseIndices(m_page.products, m_dropped);
    answer(std::move(m_page));
}

void PageRead::answer(Result<RecordPage> result) {
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
