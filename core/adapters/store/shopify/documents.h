// The GraphQL documents of resources/graphql, embedded, and the search text that goes into them.
#pragma once

#include "core/ports/store_port.h"

#include <QByteArray>
#include <QString>

namespace aiva {

// The one place that names the version of the Admin API. Documents and tests are validated against its schema.
inline constexpr char kShopifyApiVersion[] = "2026-10";

struct Document {
    QString operationName;
    QByteArray text; // comments stripped

    // `name` is the file's, without its suffix. A missing document is our bug.
    static Document load(const char* name);
};

// The most Shopify gives at a time. A page costs about as much as its logarithm, so the largest is by far the cheapest
// for each record.
inline constexpr int kLargestPage = 250;

// What one kind of record is called and fetched with.
struct ResourceDocuments {
    const char* root;     // the connection's field: "orders"
    const char* page;     //
    const char* count;    //
    const char* bulk;     //
    const char* marks;    //
    const char* lookup;   //
    const char* children; // further children of one record; null when it has none
    const char* childOwner;
    const char* childField; // "lineItems"
};
const ResourceDocuments& documentsOf(Resource resource);

// Shopify's search syntax. Timestamps are quoted: unquoted, all after the first colon is read as something else.
QString searchText(const RecordQuery& query);

// The bulk document of the resource with the search text put in.
QByteArray bulkQueryText(const RecordQuery& query);

} // namespace aiva
