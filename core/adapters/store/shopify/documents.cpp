#include "core/adapters/store/shopify/documents.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringList>

namespace aiva {

using namespace Qt::StringLiterals;

Document Document::load(const char* name) {
    QFile file(u":/graphql/%1.graphql"_s.arg(QLatin1StringView(name)));
    if (!file.open(QIODevice::ReadOnly)) qFatal("GraphQL document %s is not embedded", name);
    Document document;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (!line.isEmpty() && !line.startsWith('#')) document.text += line + '\n';
    static const QRegularExpression operation(u"^(?:query|mutation) (\\w+)"_s);
    document.operationName = operation.match(QString::fromUtf8(document.text)).captured(1);
    return document;
}

const ResourceDocuments& documentsOf(Resource resource) {
    static const ResourceDocuments customers{"customers",      "customers_page",  "customers_count",
                                             "bulk_customers", "customers_marks", "customers_by_id",
                                             nullptr,          nullptr,           nullptr};
    static const ResourceDocuments orders{"orders",           "orders_page",  "orders_count",
                                          "bulk_orders",      "orders_marks", "orders_by_id",
                                          "order_items_page", "order",        "lineItems"};
    static const ResourceDocuments products{
        "products",       "products_page",         "products_count", "bulk_products", "products_marks",
        "products_by_id", "product_variants_page", "product",        "variants"};
    switch (resource) {
    case Resource::Customers:
        return customers;
    case Resource::Orders:
        return orders;
    case Resource::Products:
        return products;
    }
    return customers;
}

QString searchText(const RecordQuery& query) {
    QStringList terms;
    const auto since = [&terms](QLatin1StringView field, UtcTime time) {
        terms << u"%1:>='%2'"_s.arg(field, time.isoText());
    };
    if (query.updatedSince) since("updated_at"_L1, *query.updatedSince);
    if (query.createdSince)
        since(query.resource == Resource::Customers ? "customer_date"_L1 : "created_at"_L1, *query.createdSince);
    return terms.join(" AND "_L1);
}

QByteArray bulkQueryText(const RecordQuery& query) {
    QByteArray text = Document::load(documentsOf(query.resource).bulk).text;
    return text.replace("%filter%", searchText(query).toUtf8());
}

} // namespace aiva
