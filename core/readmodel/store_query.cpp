#include "core/readmodel/store_query.h"

namespace aiva {

class StoreQuery::Private {
public:
    std::unique_ptr<StoreRepository> stores;
    Statement counts;
    Statement products;
};

static constexpr std::string_view kCounts = R"sql(
SELECT customers, orders, products FROM store_counts WHERE store_id = ?1)sql";

// Catalogues are small beside orders: one pass, on a person's request, stopped at the limit.
static constexpr std::string_view kProductsFound = R"sql(
SELECT p.store_id, p.external_id, p.title, p.status, v.title, v.sku, v.price_minor, v.currency, v.inventory_quantity
FROM products p JOIN variants v ON v.product_id = p.id
WHERE p.title LIKE ?1 ESCAPE '\' OR v.title LIKE ?1 ESCAPE '\' OR v.sku LIKE ?1 ESCAPE '\'
LIMIT ?2)sql";

StoreQuery::StoreQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

StoreQuery::~StoreQuery() = default;

Result<std::unique_ptr<StoreQuery>> StoreQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->stores, StoreRepository::create(reader));
    AIVA_TRY(priv->counts, reader.prepare(kCounts));
    AIVA_TRY(priv->products, reader.prepare(kProductsFound));
    return std::unique_ptr<StoreQuery>(new StoreQuery(std::move(priv)));
}

Result<std::vector<StoreView>> StoreQuery::stores() {
    AIVA_TRY(const std::vector<StoreRow> rows, d->stores->all());
    std::vector<StoreView> views;
    for (const StoreRow& row : rows) {
        StoreView view{row, 0, 0, 0};
        AIVA_TRY(const bool found, d->counts.bind(1, row.id).step());
        if (found) view = {row, d->counts.integer(0), d->counts.integer(1), d->counts.integer(2)};
        d->counts.reset();
        views.push_back(std::move(view));
    }
    return views;
}

// The text between two '%', its own wildcards taken literally.
static QString containsPattern(const QString& text) {
    QString pattern(u'%');
    for (const QChar c : text.trimmed()) {
        if (c == u'%' || c == u'_' || c == u'\\') pattern += u'\\';
        pattern += c;
    }
    return pattern + u'%';
}

Result<std::vector<ProductView>> StoreQuery::products(const QString& text, int limit) {
    std::vector<ProductView> found;
    d->products.bind(1, containsPattern(text)).bind(2, limit);
    for (;;) {
        AIVA_TRY(const bool more, d->products.step());
        if (!more) return found;
        const Statement& row = d->products;
        ProductView product;
        product.storeId = row.id<StoreId>(0);
        product.externalId = row.text(1);
        product.title = row.text(2);
        product.status = row.text(3);
        product.variant = row.text(4);
        product.sku = row.text(5);
        if (const auto currency = Currency::parse(row.view(7))) product.price = Money(row.integer(6), *currency);
        if (!row.isNull(8)) product.inventory = row.integer(8);
        found.push_back(std::move(product));
    }
}

} // namespace aiva
