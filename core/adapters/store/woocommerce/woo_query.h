// What is asked of a list: path, filters, order, and the place in it. Pure; used by WooStore and WooPageRead.
#pragma once

#include "core/adapters/store/woocommerce/oauth_signature.h"
#include "core/ports/store_port.h"

#include <QString>

#include <optional>

namespace aiva {

// A cursor: which page of which size, and for customers of which walk. Smaller pages go on at the same record.
struct WooPlace {
    bool byOrders = false;
    qint64 page = 1;
    int size = 100;

    QString text() const;
    static std::optional<WooPlace> fromText(const QString& text);
    WooPlace inPagesOf(int smaller) const;
};

// Filters and order of a query, without paging; `dates` in UTC without zone, since WordPress expects them so.
RestParameters wooFilters(const RecordQuery& query, bool sortsByChange);
// One record of a query: the answer says how many there are.
RestParameters wooCountParameters(const RecordQuery& query);
// "wc/v3/orders"
QByteArray wooPath(Resource resource);
// A page of all records by id, which does not move while it is walked, and only what a comparison needs of them.
RestParameters wooMarkParameters(const RecordQuery& query, const WooPlace& place);
// `_fields` of a page: what is read of a record; the rest can be many times as long.
QByteArray wooFields(Resource resource);

} // namespace aiva
