#include "core/adapters/store/woocommerce/woo_query.h"

#include <QDateTime>
#include <QRegularExpression>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr const char* kCustomerFields =
    "id,date_created_gmt,date_modified_gmt,email,first_name,last_name,role,username,billing,shipping";
constexpr const char* kOrderFields =
    "id,number,status,currency,date_created_gmt,date_modified_gmt,date_paid_gmt,date_completed_gmt,discount_total,"
    "discount_tax,shipping_total,shipping_tax,total,total_tax,prices_include_tax,customer_id,customer_note,billing,"
    "shipping,payment_method,line_items,refunds,meta_data";
constexpr const char* kProductFields =
    "id,name,slug,permalink,status,date_created_gmt,date_modified_gmt,sku,global_unique_id,price,stock_quantity,"
    "categories,tags,brands,variations";

// The second before: "after" excludes the moment itself, the port's bounds do not.
QByteArray secondBefore(UtcTime time) {
    return time.plusSeconds(-1).toDateTime().toString(u"yyyy-MM-ddTHH:mm:ss"_s).toLatin1();
}

} // namespace

QString WooPlace::text() const {
    return u"%1%2/%3"_s.arg(byOrders ? u"o"_s : QString()).arg(page).arg(size);
}

std::optional<WooPlace> WooPlace::fromText(const QString& text) {
    static const QRegularExpression shape(u"^(o?)([1-9][0-9]{0,8})/([1-9][0-9]{0,2})$"_s);
    const auto match = shape.match(text);
    if (!match.hasMatch()) return {};
    return WooPlace{!match.captured(1).isEmpty(), match.captured(2).toLongLong(), match.captured(3).toInt()};
}

WooPlace WooPlace::inPagesOf(int smaller) const {
    if (smaller >= size || size % smaller != 0) return *this;
    return {byOrders, (page - 1) * (size / smaller) + 1, smaller};
}

QByteArray wooPath(Resource resource) {
    return "wc/v3/" + toWord(resource).toLatin1();
}

RestParameters wooFilters(const RecordQuery& query, bool sortsByChange) {
    RestParameters filters;
    if (query.resource == Resource::Customers)
        return {{"orderby", "registered_date"}, {"order", "desc"}, {"role", "all"}};
    const bool byChange = query.updatedSince && sortsByChange;
    filters = {{"orderby", byChange ? "modified" : "date"}, {"order", "desc"}};
    if (query.updatedSince && query.updatedSince->ms() > 0)
        filters.emplace_back("modified_after", secondBefore(*query.updatedSince));
    if (query.createdSince) filters.emplace_back("after", secondBefore(*query.createdSince));
    if (filters.size() > 2) filters.emplace_back("dates_are_gmt", "true");
    return filters;
}

RestParameters wooCountParameters(const RecordQuery& query) {
    RestParameters parameters = wooFilters(query, false);
    // In which order is all the same, and not every site knows every order.
    parameters.removeIf([](const auto& one) { return one.first == "orderby" || one.first == "order"; });
    parameters.emplace_back("per_page", "1");
    parameters.emplace_back("_fields", "id");
    return parameters;
}

RestParameters wooMarkParameters(const RecordQuery& query, const WooPlace& place) {
    RestParameters parameters{{"orderby", "id"},
                              {"order", "asc"},
                              {"page", QByteArray::number(place.page)},
                              {"per_page", QByteArray::number(place.size)},
                              {"_fields", "id,status,date_created_gmt,date_modified_gmt"}};
    if (query.resource == Resource::Customers) parameters.emplace_back("role", "all");
    if (query.resource != Resource::Orders || !query.createdSince) return parameters;
    parameters.emplace_back("after", secondBefore(*query.createdSince));
    parameters.emplace_back("dates_are_gmt", "true");
    return parameters;
}

QByteArray wooFields(Resource resource) {
    switch (resource) {
    case Resource::Customers:
        return kCustomerFields;
    case Resource::Orders:
        return kOrderFields;
    case Resource::Products:
        break;
    }
    return kProductFields;
}

} // namespace aiva
