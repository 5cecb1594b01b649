// WooPageRead: one page of records with everything that lies at other addresses: variations, refunds, what customers
// bought. Made by WooStore, deletes itself once it has answered.
//
// Customers cannot be asked for by change (no modified_after). A bounded query reads the newest registrations and then
// the customers of the orders that changed since, which is when addresses and totals change.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/store/woocommerce/woo_client.h"
#include "core/adapters/store/woocommerce/woo_decoders.h"
#include "core/adapters/store/woocommerce/woo_query.h"
#include "core/ports/store_port.h"

#include <QObject>

#include <deque>

namespace aiva {

// What a store learns while it runs and its reads share.
struct WooState {
    WooContext context;
    int pageSize = 100;        // halved where the site needs too long for a page
    bool tellsTotals = true;   // REST v2 is there and says what customers bought
    bool sortsByChange = true; // orderby=modified is understood
};

// Says nothing of the records asked for: it did not come to an answer, nobody wants one any more, or the key is gone.
bool isUnanswered(const Error& error);

class WooPageRead : public QObject {
    Q_OBJECT
public:
    WooPageRead(WooClient& client, WooState& state, const RecordQuery& query, const QString& cursor, QObject* parent);

    Future<RecordPage> start();
    // Instead: the records of these ids, at most a hundred, and which of them are gone.
    Future<RecordPage> startLookup(const std::vector<std::string>& ids);

private:
    // What lies at an address of its own: variations of a product, refunds of an order.
    struct Child {
        size_t index = 0;
        qint64 page = 1;
    };
    using Handler = void (WooPageRead::*)(const RestAnswer&);

    bool isBounded() const { return m_query.updatedSince && m_query.updatedSince->ms() > 0; }
    void fetch(RestRequest request, Handler handler);
    void onPageError(const Error& error, const RestRefusal& refusal = {});
    void fetchPage();
    void onPage(const RestAnswer& answer);
    void take(JsonObject object);
    void setNext(const RestAnswer& answer, size_t received);
    void setNextOfCustomers(bool isLast);
    void fetchBuyers();
    void onChangedOrders(const RestAnswer& answer);
    void onBuyers(const RestAnswer& answer);
    void fetchTotals();
    void onTotals(const Result<RestAnswer>& answer);
    void fetchChildren();
    void fetchChild(const Child& child);
    void onChild(const Child& child, const RestAnswer& answer);
    void onChildError(const Child& child, const Error& error);
    void takeVariations(const Child& child, JsonArray list);
    void onListed(const RestAnswer& answer);
    void fetchMissing();
    void onMissing(const std::string& id, const Result<RestAnswer>& answer);
    void finish();
    void answer(Result<RecordPage> result);

    WooClient& m_client;
    WooState& m_state;
    RecordQuery m_query;
    QString m_cursor;
    WooPlace m_place;
    Answer<RecordPage> m_answer;
    RecordPage m_page;
    std::deque<Child> m_children;
    int m_running = 0;
    std::deque<std::string> m_missing; // of a look-up: not in the list, which does not say why
    std::vector<size_t> m_dropped;     // products that vanished while they were read
};

} // namespace aiva
