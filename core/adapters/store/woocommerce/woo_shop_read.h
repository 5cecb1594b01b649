// WooShopRead: what a site says of itself, and with it the test of a connection: is this WordPress with WooCommerce,
// does the key arrive, is it right, may it read. Made by WooStore, deletes itself once it has answered.
#pragma once

#include "core/adapters/http/answer.h"
#include "core/adapters/store/woocommerce/woo_client.h"
#include "core/ports/store_port.h"

#include <QObject>

namespace aiva {

class WooShopRead : public QObject {
    Q_OBJECT
public:
    // `knownCurrency`: for a shop whose key may not read the settings and that has no order yet.
    WooShopRead(WooClient& client, const QString& knownCurrency, QObject* parent);

    Future<ShopFacts> start();

private:
    void onIndex(const Result<RestAnswer>& answered, const RestRefusal& refusal);
    Result<void> readIndex(const RestAnswer& answered);
    void askStatus();
    void onStatus(const Result<RestAnswer>& answered);
    void askOrders();
    void onOrders(const Result<RestAnswer>& answered);
    void answer(Result<ShopFacts> result);

    WooClient& m_client;
    Answer<ShopFacts> m_answer;
    ShopFacts m_facts;
};

} // namespace aiva
