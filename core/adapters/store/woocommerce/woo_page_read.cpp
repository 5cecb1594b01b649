#include "core/adapters/store/woocommerce/woo_page_read.h"

#include <algorithm>
#include <unordered_map>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSmallestPage = 25;

// WooCommerce itself says so: a web page and a missing route have a cause.
bool isUnknownRecord(const Error& error) {
    return error.kind == ErrorKind::NotFound && error.cause == ErrorCause::None;
}

} // namespace

bool isUnanswered(const Error& error) {
    const bool mayPassByItself =
        error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Network || error.kind == ErrorKind::RateLimited;
    const bool isCancelled = error.kind == ErrorKind::Refused && error.cause == ErrorCause::None;
    return mayPassByItself || isCancelled || error.cause == ErrorCause::TokenRefused;
}

WooPageRead::WooPageRead(WooClient& client, WooState& state, const RecordQuery& query, const QString& cursor,
                         QObject* parent)
    : QObject(parent), m_client(client), m_state(state), m_query(query), m_cursor(cursor) {}

Future<RecordPage> WooPageRead::start() {
    const auto place = m_cursor.isEmpty() ? WooPlace{false, 1, m_state.pageSize} : WooPlace::fromText(m_cursor);
    if (place) m_place = place->inPagesOf(m_state.pageSize);
    if (!place)
        answer(Error{ErrorKind::Invalid, u"this is no place in the shop's lists"_s});
    else if (m_place.byOrders)
        fetchBuyers();
    else
        fetchPage();
    return m_answer.future();
}

Future<RecordPage> WooPageRead::startLookup(const std::vector<std::string>& ids) {
    QList<QByteArray> wanted;
    for (const std::string& id : ids)
        wanted.append(QByteArray::fromStdString(id));
    m_missing.assign(ids.begin(), ids.end());
    RestParameters parameters{{"include", wanted.join(',')}, {"per_page", "100"}};
    if (m_query.resource == Resource::Customers) parameters.emplace_back("role", "all");
    parameters.emplace_back("_fields", wooFields(m_query.resource));
    fetch({wooPath(m_query.resource), parameters}, &WooPageRead::onListed);
    return m_answer.future();
}

void WooPageRead::fetch(RestRequest request, Handler handler) {
    const auto refusal = std::make_shared<RestRefusal>();
    request.refusal = refusal;
    whenDone(m_client.get(std::move(request)), this, [this, handler, refusal](const Result<RestAnswer>& result) {
        if (m_answer.isSaid()) return;
        if (result) return (this->*handler)(*result);
        onPageError(result.error(), *refusal);
    });
}

void WooPageRead::onPageError(const Error& error, const RestRefusal& refusal) {
    const bool isUnknownWord = refusal.kind == RestRefusal::Kind::BadParameter;
    if (isUnknownWord && m_query.updatedSince && m_state.sortsByChange) {
        m_state.sortsByChange = false;
        return m_place.byOrders ? fetchBuyers() : fetchPage();
    }
    // Whoever asks again gets less at once.
    const bool isTooMuch = error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Network;
    if (isTooMuch && m_state.pageSize > kSmallestPage) m_state.pageSize /= 2;
    answer(error);
}

void WooPageRead::fetchPage() {
    RestParameters parameters = wooFilters(m_query, m_state.sortsByChange);
    parameters.emplace_back("page", QByteArray::number(m_place.page));
    parameters.emplace_back("per_page", QByteArray::number(m_place.size));
    parameters.emplace_back("_fields", wooFields(m_query.resource));
    fetch({wooPath(m_query.resource), parameters}, &WooPageRead::onPage);
}

void WooPageRead::onPage(const RestAnswer& answered) {
    const auto list = asArray(answered.document.root());
    if (!list) return answer(noListError());
    for (const JsonElement element : *list) {
        if (const auto object = asObject(element))
            take(*object);
        else
            m_page.faults.push_back({toWord(m_query.resource).toStdString(), {}, "the shop gave nothing for it"});
    }
    setNext(answered, list->size());
    if (m_query.resource == Resource::Customers) return fetchTotals();
    fetchChildren();
}

void WooPageRead::onListed(const RestAnswer& answered) {
    const auto list = asArray(answered.document.root());
    if (!list) return answer(noListError());
    for (const JsonElement element : *list) {
        const auto object = asObject(element);
        if (!object) continue;
        std::string ignored;
        std::erase(m_missing, JsonReader(*object, ignored).text("id"));
        take(*object);
    }
    if (m_query.resource == Resource::Customers) return fetchTotals();
    fetchChildren();
}

void WooPageRead::take(JsonObject object) {
    const auto keep = [this](auto decoded, auto& records) {
        using Record = typename std::decay_t<decltype(records)>::value_type;
        if (auto* fault = std::get_if<RecordFault>(&decoded)) {
            m_page.faults.push_back(std::move(*fault));
            return false;
        }
        records.push_back(std::get<Record>(std::move(decoded)));
        return true;
    };
    switch (m_query.resource) {
    case Resource::Customers:
        keep(decodeWooCustomer(object), m_page.customers);
        return;
    case Resource::Orders:
        if (!isWooOrder(object)) return;
        if (keep(decodeWooOrder(object, m_state.context), m_page.orders) && !m_page.orders.back().refunds.empty())
            m_children.push_back({m_page.orders.size() - 1, 1});
        return;
    case Resource::Products:
        if (keep(decodeWooProduct(object, m_state.context), m_page.products) && hasWooVariations(object))
            m_children.push_back({m_page.products.size() - 1, 1});
        return;
    }
}

void WooPageRead::setNext(const RestAnswer& answered, size_t received) {
    const bool isShort = received < static_cast<size_t>(m_place.size);
    const bool isLast = received == 0 || (answered.totalPages ? m_place.page >= *answered.totalPages : isShort);
    if (m_query.resource == Resource::Customers && isBounded() && !m_place.byOrders) return setNextOfCustomers(isLast);
    if (!isLast) m_page.nextCursor = WooPlace{m_place.byOrders, m_place.page + 1, m_place.size}.text();
}

// The walk over registrations ends at the first page that reaches behind the bound.
void WooPageRead::setNextOfCustomers(bool isLast) {
    const UtcTime bound = *m_query.updatedSince;
    const auto isOlder = [bound](const CustomerRecord& customer) { return customer.createdAt < bound; };
    const bool reachesBack = std::any_of(m_page.customers.begin(), m_page.customers.end(), isOlder);
    std::erase_if(m_page.customers, [bound](const CustomerRecord& customer) { return customer.updatedAt < bound; });
    const bool isOver = isLast || reachesBack;
    const WooPlace next =
        isOver ? WooPlace{true, 1, m_state.pageSize} : WooPlace{false, m_place.page + 1, m_place.size};
    m_page.nextCursor = next.text();
}

void WooPageRead::fetchBuyers() {
    RecordQuery changed;
    changed.resource = Resource::Orders;
    changed.updatedSince = m_query.updatedSince;
    RestParameters parameters = wooFilters(changed, m_state.sortsByChange);
    parameters.emplace_back("page", QByteArray::number(m_place.page));
    parameters.emplace_back("per_page", QByteArray::number(m_place.size));
    parameters.emplace_back("_fields", "id,customer_id");
    fetch({wooPath(Resource::Orders), parameters}, &WooPageRead::onChangedOrders);
}

void WooPageRead::onChangedOrders(const RestAnswer& answered) {
    const auto list = asArray(answered.document.root());
    if (!list) return answer(noListError());
    QList<QByteArray> ids;
    for (const JsonElement element : *list) {
        const auto object = asObject(element);
        if (!object) continue;
        std::string ignored;
        JsonReader reader(*object, ignored);
        const QByteArray id = QByteArray::fromStdString(wooId(reader, "customer_id"));
        if (!id.isEmpty() && !ids.contains(id)) ids.append(id);
    }
    setNext(answered, list->size());
    if (ids.isEmpty()) return finish();
    fetch({wooPath(Resource::Customers),
           {{"include", ids.join(',')},
            {"role", "all"},
            {"per_page", "100"},
            {"_fields", wooFields(Resource::Customers)}}},
          &WooPageRead::onBuyers);
}

void WooPageRead::onBuyers(const RestAnswer& answered) {
    const auto list = asArray(answered.document.root());
    if (!list) return answer(noListError());
    for (const JsonElement element : *list)
        if (const auto object = asObject(element)) take(*object);
    fetchTotals();
}

void WooPageRead::fetchTotals() {
    if (!m_state.tellsTotals || m_page.customers.empty() || !m_state.context.shopCurrency.isValid()) return finish();
    QList<QByteArray> ids;
    for (const CustomerRecord& customer : m_page.customers)
        ids.append(QByteArray::fromStdString(customer.externalId));
    RestRequest request{
        "wc/v2/customers",
        {{"include", ids.join(',')}, {"role", "all"}, {"per_page", "100"}, {"_fields", "id,orders_count,total_spent"}}};
    whenDone(m_client.get(std::move(request)), this, [this](const Result<RestAnswer>& result) {
        if (!m_answer.isSaid()) onTotals(result);
    });
}

void WooPageRead::onTotals(const Result<RestAnswer>& answered) {
    if (!answered) {
        // Else every customer of this page would look new.
        if (isUnanswered(answered.error())) return onPageError(answered.error());
        m_state.tellsTotals = false;
        return finish();
    }
    std::unordered_map<std::string, WooTotals> totals;
    if (const auto list = asArray(answered->document.root()))
        for (const JsonElement element : *list)
            if (const auto object = asObject(element))
                if (auto one = decodeWooTotals(*object, m_state.context)) totals.emplace(one->externalId, *one);
    for (CustomerRecord& customer : m_page.customers) {
        const auto found = totals.find(customer.externalId);
        if (found == totals.end()) continue;
        customer.ordersCount = found->second.ordersCount;
        customer.amountSpent = found->second.spent;
    }
    finish();
}

// A list leaves out what it may not show as well as what is not there; the record's own address tells the two apart.
void WooPageRead::fetchMissing() {
    const std::string id = m_missing.front();
    m_missing.pop_front();
    RestRequest request{wooPath(m_query.resource) + '/' + QByteArray::fromStdString(id), {{"_fields", "id,status"}}};
    whenDone(m_client.get(std::move(request)), this, [this, id](const Result<RestAnswer>& result) {
        if (!m_answer.isSaid()) onMissing(id, result);
    });
}

void WooPageRead::onMissing(const std::string& id, const Result<RestAnswer>& answered) {
    if (!answered && isUnanswered(answered.error())) return answer(answered.error());
    const bool isUnknown = !answered && isUnknownRecord(answered.error());
    bool isInBin = false;
    std::string ignored;
    if (answered)
        if (const auto object = asObject(answered->document.root()))
            isInBin = JsonReader(*object, ignored).text("status") == "trash";
    if (isUnknown || isInBin) m_page.gone.push_back(id);
    finish();
}

void WooPageRead::finish() {
    if (!m_missing.empty()) return fetchMissing();
    std::sort(m_dropped.begin(), m_dropped.end(), std::greater<>());
    for (const size_t index : m_dropped)
        m_page.products.erase(m_page.products.begin() + static_cast<std::ptrdiff_t>(index));
    answer(std::move(m_page));
}

void WooPageRead::answer(Result<RecordPage> result) {
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
