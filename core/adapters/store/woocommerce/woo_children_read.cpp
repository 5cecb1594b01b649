// The part of WooPageRead that reads what lies at addresses of its own: variations of products, refunds of orders.
#include "core/adapters/store/woocommerce/woo_page_read.h"

namespace aiva {
namespace {

constexpr int kMostAtOnce = 4; // questions about children under way
constexpr qint64 kChildrenAtOnce = 100;
// No product has more; a site that answers the same page to every question does.
constexpr qint64 kMostChildPages = 100;

} // namespace

void WooPageRead::fetchChildren() {
    while (m_running < kMostAtOnce && !m_children.empty()) {
        const Child child = m_children.front();
        m_children.pop_front();
        ++m_running;
        fetchChild(child);
    }
    if (m_running == 0) finish();
}

void WooPageRead::fetchChild(const Child& child) {
    const bool isOrder = m_query.resource == Resource::Orders;
    const std::string& id = isOrder ? m_page.orders[child.index].externalId : m_page.products[child.index].externalId;
    RestRequest request;
    request.path =
        wooPath(m_query.resource) + '/' + QByteArray::fromStdString(id) + (isOrder ? "/refunds" : "/variations");
    request.parameters = {{"page", QByteArray::number(child.page)}, {"per_page", QByteArray::number(kChildrenAtOnce)}};
    whenDone(m_client.get(std::move(request)), this, [this, child](const Result<RestAnswer>& result) {
        if (m_answer.isSaid()) return;
        --m_running;
        if (result)
            onChild(child, *result);
        else
            onChildError(child, result.error());
    });
}

void WooPageRead::onChild(const Child& child, const RestAnswer& answered) {
    const auto list = asArray(answered.document.root());
    if (!list) return onChildError(child, noListError());
    if (m_query.resource == Resource::Orders) applyWooRefunds(*list, m_page.orders[child.index]);
    if (m_query.resource == Resource::Products) takeVariations(child, *list);
    // Proxies and caches drop the headers of a list: a full page may then have another behind it.
    const bool isFull = list->size() >= static_cast<size_t>(kChildrenAtOnce);
    const bool hasMore = answered.totalPages ? child.page < *answered.totalPages : isFull;
    if (hasMore && child.page < kMostChildPages) m_children.push_front({child.index, child.page + 1});
    fetchChildren();
}

void WooPageRead::takeVariations(const Child& child, JsonArray list) {
    ProductRecord& product = m_page.products[child.index];
    for (const JsonElement element : list) {
        const auto object = asObject(element);
        if (!object) continue;
        auto decoded = decodeWooVariation(*object, m_state.context);
        if (auto* fault = std::get_if<RecordFault>(&decoded)) {
            m_page.faults.push_back(std::move(*fault));
            continue;
        }
        VariantRecord variant = std::get<VariantRecord>(std::move(decoded));
        if (variant.updatedAt == UtcTime()) variant.updatedAt = product.updatedAt;
        product.variants.push_back(std::move(variant));
    }
}

// Without its refunds' details an order is still true; a product without its variations is not.
void WooPageRead::onChildError(const Child& child, const Error& error) {
    if (isUnanswered(error) || error.kind == ErrorKind::Refused) return onPageError(error);
    if (m_query.resource == Resource::Products) {
        m_page.faults.push_back({"products", m_page.products[child.index].externalId, "its variations cannot be read"});
        m_dropped.push_back(child.index);
    }
    fetchChildren();
}

} // namespace aiva
