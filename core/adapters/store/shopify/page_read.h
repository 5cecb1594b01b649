// PageRead: one page of records, or records by their ids, with every nested connection completed. Halves the page when
// the shop finds it too costly and goes on from the same place. Made by ShopifyStore, deletes itself once it has
// answered.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/store/shopify/graphql_client.h"
#include "core/adapters/store/shopify/record_decoders.h"
#include "core/ports/store_port.h"

#include <QHash>
#include <QObject>

namespace aiva {

// What a store learns while it runs and its reads share.
struct ShopState {
    DecodeContext context;
    QHash<QString, int> pageSizes; // by document, where the shop found the usual size too costly

    void learnCurrency(JsonObject data); // of {shop{currencyCode}}
};

class PageRead : public QObject {
    Q_OBJECT
public:
    PageRead(GraphQlClient& client, ShopState& state, const RecordQuery& query, const QString& cursor, QObject* parent);

    Future<RecordPage> start();
    // Instead of start(): these records. What the shop says it does not have is `gone`.
    Future<RecordPage> startLookup(const std::vector<std::string>& ids);

private:
    // A record whose children go on after `cursor`.
    struct Open {
        size_t index = 0;
        QString id;
        std::string cursor;
    };
    using Handler = void (PageRead::*)(const GraphQlAnswer&);

    void fetch(const char* document, QJsonObject variables, Handler handler);
    bool shrink(const char* document, int size, int least);
    void fetchIds();
    void onIds(const GraphQlAnswer& result);
    void takeAsked(JsonElement element, size_t index, const std::vector<ApiFault>& faults);
    void fetchPage();
    void onPage(const GraphQlAnswer& result);
    void takeNodes(JsonArray nodes, const std::vector<ApiFault>& faults);
    void take(JsonObject node);
    template <typename Record>
    void keep(std::vector<Record>& records, Decoded<Record> decoded, const std::string& childrenAfter);
    void fetchChildren();
    void onChildren(const GraphQlAnswer& result);
    std::string appendChildren(JsonObject connection, ChildCursor& next);
    void drop(std::string cause);
    void finish();
    void answer(Result<RecordPage> result);

    GraphQlClient& m_client;
    ShopState& m_state;
    RecordQuery m_query;
    const ResourceDocuments& m_documents;
    QString m_cursor;
    Answer<RecordPage> m_answer;
    RecordPage m_page;
    std::vector<Open> m_open; // the last one is being completed
    std::vector<size_t> m_dropped;
    std::vector<std::string> m_ids; // of a look-up
    size_t m_firstAsked = 0;        // of those under way
    size_t m_asked = 0;
};

} // namespace aiva
