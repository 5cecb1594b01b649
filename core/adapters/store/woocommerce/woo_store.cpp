#include "core/adapters/store/woocommerce/woo_store.h"

#include "core/adapters/store/woocommerce/woo_shop_read.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Invalid, because asking another way is right and asking again is not: sync then pages.
Error noBulkError() {
    return {ErrorKind::Invalid, u"WooCommerce has no bulk export"_s, ErrorCause::NotSupported};
}

Result<MarkPage> readWooMarks(const RestAnswer& answer, const WooPlace& place) {
    const auto list = asArray(answer.document.root());
    if (!list) return noListError();
    MarkPage page;
    for (const JsonElement element : *list) {
        const auto object = asObject(element);
        if (!object || !isWooOrder(*object)) continue; // a cart is no record
        std::string ignored;
        JsonReader reader(*object, ignored);
        RecordMark mark;
        mark.externalId = reader.text("id");
        const auto created = gmtTime(reader, "date_created_gmt");
        const auto modified = gmtTime(reader, "date_modified_gmt");
        mark.createdAt = created.value_or(modified.value_or(UtcTime()));
        mark.updatedAt = std::max(mark.createdAt, modified.value_or(mark.createdAt));
        if (!mark.externalId.empty()) page.marks.push_back(std::move(mark));
    }
    const bool isLast =
        answer.totalPages ? place.page >= *answer.totalPages : list->size() < static_cast<size_t>(place.size);
    if (!isLast && list->size() > 0) page.nextCursor = WooPlace{false, place.page + 1, place.size}.text();
    return page;
}

// Asked of by nobody, since no bulk operation ever starts.
class NoBulkDecoder final : public BulkDecoder {
public:
    explicit NoBulkDecoder(Resource resource) : m_resource(toWord(resource).toStdString()) {}
    std::variant<BulkRecord, RecordFault> decode(std::string_view) override {
        return RecordFault{m_resource, {}, "WooCommerce has no bulk export"};
    }

private:
    std::string m_resource;
};

} // namespace

WooStore::WooStore(HttpTransport& transport, const Clock& clock, WooEndpoint endpoint, const QString& currency)
    : m_currency(currency), m_client(transport, clock, std::move(endpoint)) {
    m_state.context.shopCurrency = Currency::parse(currency.toStdString()).value_or(Currency());
}

WooStore::~WooStore() = default;

Future<ShopFacts> WooStore::shop() {
    auto* read = new WooShopRead(m_client, m_currency, &m_context);
    return andThen(read->start(), &m_context, [this](const ShopFacts& facts) {
        m_currency = facts.currency;
        m_state.context.shopCurrency = Currency::parse(facts.currency.toStdString()).value_or(Currency());
        return readyFuture<ShopFacts>(facts);
    });
}

Future<std::optional<qint64>> WooStore::count(const RecordQuery& query) {
    return andThen(m_client.get({wooPath(query.resource), wooCountParameters(query)}), &m_context,
                   [](const RestAnswer& answer) { return readyFuture<std::optional<qint64>>(answer.total); });
}

Future<RecordPage> WooStore::page(const RecordQuery& query, const QString& cursor) {
    auto* read = new WooPageRead(m_client, m_state, query, cursor, &m_context);
    return read->start();
}

Future<MarkPage> WooStore::marks(const RecordQuery& query, const QString& cursor) {
    const auto place = cursor.isEmpty() ? WooPlace() : WooPlace::fromText(cursor);
    if (!place) return readyFuture<MarkPage>(Error{ErrorKind::Invalid, u"this is no place in the shop's lists"_s});
    return andThen(m_client.get({wooPath(query.resource), wooMarkParameters(query, *place)}), &m_context,
                   [place = *place](const RestAnswer& answer) { return readyFuture(readWooMarks(answer, place)); });
}

Future<RecordPage> WooStore::lookup(Resource resource, const std::vector<std::string>& ids) {
    auto* read = new WooPageRead(m_client, m_state, RecordQuery{resource, {}, {}}, {}, &m_context);
    return read->startLookup(ids);
}

Future<BulkStatus> WooStore::startBulk(const RecordQuery&) {
    return readyFuture<BulkStatus>(noBulkError());
}

Future<BulkStatus> WooStore::bulkStatus(const QString&) {
    return readyFuture<BulkStatus>(noBulkError());
}

Future<bool> WooStore::cancelBulk(const QString&) {
    return readyFuture<bool>(noBulkError());
}

Future<qint64> WooStore::download(const QString&, qint64, std::shared_ptr<ByteSink>) {
    return readyFuture<qint64>(noBulkError());
}

std::unique_ptr<BulkDecoder> WooStore::bulkDecoder(Resource resource) const {
    return std::make_unique<NoBulkDecoder>(resource);
}

void WooStore::setThrottleListener(std::function<void(qint64 waitMs)> listener) {
    m_client.setThrottleListener(std::move(listener));
}

void WooStore::setApiListener(std::shared_ptr<ApiListener> listener) {
    m_client.setApiListener(std::move(listener));
}

Future<bool> WooStore::revoke() {
    return readyFuture<bool>(false);
}

void WooStore::cancelAll() {
    m_client.cancelAll();
}

} // namespace aiva
