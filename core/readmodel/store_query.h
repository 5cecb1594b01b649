// Stores with their counts and last sync, for the status line, the stores page and `aivactl store list`; products by
// text.
#pragma once

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/storage/database/database.h"
#include "core/storage/stores/store_repository.h"

#include <memory>
#include <vector>

namespace aiva {

struct StoreView {
    StoreRow store;
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 products = 0;
};

struct ProductView {
    StoreId storeId;
    QString externalId;
    QString title;
    QString status;
    QString variant;
    QString sku;
    Money price;
    std::optional<qint64> inventory;
};

class StoreQuery {
public:
    static Result<std::unique_ptr<StoreQuery>> create(Database& reader);
    ~StoreQuery();
    Result<std::vector<StoreView>> stores();
    // One row a variant whose title, product title or SKU holds the text (case-insensitive).
    Result<std::vector<ProductView>> products(const QString& text, int limit);

private:
    class Private;
    explicit StoreQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
