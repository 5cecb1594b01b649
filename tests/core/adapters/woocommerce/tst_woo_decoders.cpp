#include "core/adapters/store/woocommerce/shipment_items.h"
#include "core/adapters/store/woocommerce/woo_decoders.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kNoMeta = R"("refunds":[],"meta_data":[])";
const WooContext kEuro{*Currency::parse("EUR")};

QByteArray orderJson() {
    return R"({"id":727,"number":"1042","status":"processing","currency":"EUR",
"date_created_gmt":"2026-02-20T14:02:03","date_modified_gmt":"2026-02-21T08:00:00",
"date_paid_gmt":"2026-02-20T14:03:00","date_completed_gmt":null,
"discount_total":"5.00","discount_tax":"0.95","shipping_total":"4.90","shipping_tax":"0.93","total":"62.34","total_tax":"9.95",
"prices_include_tax":false,"customer_id":26,"customer_note":"Ring twice &amp; wait",
"billing":{"first_name":"Ada","last_name":"L&#246;we","address_1":"Weg 1","city":"Berlin","postcode":"10115",
"country":"DE","email":"Ada@Mail.example","phone":"+49 30 1"},
"shipping":{"first_name":"Bea","last_name":"Klein","company":"Klein &amp; Co","address_1":"Platz 2","address_2":"Hof",
"city":"Austin","state":"TX","postcode":"78701","country":"US"},
"payment_method":"paypal",
"line_items":[
{"id":1,"name":"T-Shirt &amp; Cap - Large, Red","parent_name":"T-Shirt &amp; Cap","product_id":50,"variation_id":51,
"quantity":3,"subtotal":"45.00","total":"40.00","total_tax":"7.60","sku":"TS-L","price":13.333333333333334,"meta_data":[]},
{"id":2,"name":"Engraving","product_id":0,"variation_id":0,"quantity":1,"total":"7.49","total_tax":"1.42","sku":""}],
"refunds":[],"meta_data":[]})";
}

// The same order with one text replaced.
QByteArray orderWith(const QByteArray& from, const QByteArray& to) {
    QByteArray json = orderJson();
    if (!json.contains(from)) qFatal("the order does not hold %s", from.constData());
    return json.replace(from, to);
}

// "%%" stands for two slashes, which moc takes for a comment inside a raw string.
JsonDocument parsed(QByteArray json) {
    json.replace("%%", "//");
    const auto document = JsonDocument::parse(json);
    if (!document) qFatal("the test's JSON is broken: %s", json.constData());
    return *document;
}

WooDecoded<OrderRecord> decodedOrder(const QByteArray& json) {
    const JsonDocument document = parsed(json);
    return decodeWooOrder(*asObject(document.root()), kEuro);
}

OrderRecord order(const QByteArray& json) {
    const auto decoded = decodedOrder(json);
    if (const auto* fault = std::get_if<RecordFault>(&decoded)) qFatal("%s", fault->cause.c_str());
    return std::get<OrderRecord>(decoded);
}

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

} // namespace

class TestWooDecoders : public QObject {
    Q_OBJECT private Q_SLOTS : void readsAnOrder() {
        const OrderRecord record = order(orderJson());
        QCOMPARE(text(record.externalId), u"727"_s);
        QCOMPARE(text(record.name), u"#1042"_s);
        QCOMPARE(text(record.customerExternalId), u"26"_s);
        QCOMPARE(text(record.email), u"Ada@Mail.example"_s);
        QCOMPARE(text(record.phone), u"+49 30 1"_s);
        QCOMPARE(text(record.note), u"Ring twice & wait"_s);
        QCOMPARE(text(record.shippingAddressText), u"Bea Klein\nKlein & Co\nPlatz 2\nHof\nAustin TX 78701\nUS"_s);
        QCOMPARE(text(record.financialStatus), u"PROCESSING"_s);
        QCOMPARE(text(record.fulfillmentStatus), u"UNFULFILLED"_s);
        QCOMPARE(record.createdAt.isoText(), u"2026-02-20T14:02:03Z"_s);
        QCOMPARE(record.updatedAt.isoText(), u"2026-02-21T08:00:00Z"_s);
        QCOMPARE(record.processedAt->isoText(), u"2026-02-20T14:03:00Z"_s);
        QVERIFY(!record.cancelledAt && !record.closedAt);
        QCOMPARE(record.total.minor(), 6234);
        QCOMPARE(record.subtotal.minor(), 4749);
        QCOMPARE(record.tax.minor(), 995);
        QCOMPARE(record.discounts.minor(), 500);
        QCOMPARE(record.shipping.minor(), 490);
        QCOMPARE(record.refunded.minor(), 0);
        QCOMPARE(record.items.size(), size_t(2));
        QCOMPARE(text(record.items[0].title), u"T-Shirt & Cap"_s);
        QCOMPARE(text(record.items[0].variantTitle), u"Large, Red"_s);
        QCOMPARE(text(record.items[0].variantExternalId), u"51"_s);
        QCOMPARE(record.items[0].unitPrice.minor(), 1333);
        QCOMPARE(text(record.items[1].variantExternalId), QString());
    }

    void saysPricesAsCustomersSeeThem() {
        const OrderRecord record = order(orderWith("\"prices_include_tax\":false", "\"prices_include_tax\":true"));
        QCOMPARE(record.items[0].unitPrice.minor(), 1587); // 47.60 for three
        QCOMPARE(record.subtotal.minor(), 5651);
        QCOMPARE(record.shipping.minor(), 583);
        QCOMPARE(record.discounts.minor(), 595);
    }

    void takesWhatIsSoldByLengthForOnePiece() {
        OrderRecord record = order(orderWith("\"quantity\":3", "\"quantity\":2.5"));
        QCOMPARE(record.items[0].quantity, 1);
        QCOMPARE(record.items[0].currentQuantity, 1);
        QCOMPARE(text(record.items[0].variantTitle), u"Large, Red \u00D7 2.5"_s);
        QCOMPARE(record.items[0].unitPrice.minor(), 4000);
        record = order(orderWith("\"quantity\":3", "\"quantity\":3.0"));
        QCOMPARE(record.items[0].quantity, 3);
        QCOMPARE(text(record.items[0].variantTitle), u"Large, Red"_s);
    }

    void keepsTheStatusOfTheShop_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("financial");
        QTest::addColumn<QString>("fulfillment");
        const auto row = [](const char* status, const QString& financial, const QString& fulfillment) {
            QTest::newRow(status) << QByteArray(status) << financial << fulfillment;
        };
        row("pending", u"PENDING"_s, u"UNFULFILLED"_s);
        row("processing", u"PROCESSING"_s, u"UNFULFILLED"_s);
        row("on-hold", u"ON-HOLD"_s, u"ON_HOLD"_s);
        row("completed", u"COMPLETED"_s, u"FULFILLED"_s);
        row("cancelled", u"CANCELLED"_s, u"UNFULFILLED"_s);
        row("refunded", u"REFUNDED"_s, u"UNFULFILLED"_s);
        row("failed", u"FAILED"_s, u"UNFULFILLED"_s);
        row("partial-shipped", u"PAID"_s, u"PARTIALLY_FULFILLED"_s);
        row("delivered", u"PAID"_s, u"FULFILLED"_s);
        row("wc-completed", u"COMPLETED"_s, u"FULFILLED"_s);
        row("awaiting-engraving", u"PAID"_s, u"AWAITING-ENGRAVING"_s);
    }
    void keepsTheStatusOfTheShop() {
        QFETCH(const QByteArray, status);
        QFETCH(const QString, financial);
        QFETCH(const QString, fulfillment);
        const OrderRecord record = order(orderWith("\"processing\"", '"' + status + '"'));
        QCOMPARE(text(record.financialStatus), financial);
        QCOMPARE(text(record.fulfillmentStatus), fulfillment);
        QCOMPARE(record.cancelledAt.has_value(), status == "cancelled");
    }

    void doesNotTakeCashOnDeliveryForPaid() {
        QByteArray json = orderWith("\"2026-02-20T14:03:00\"", "null");
        json.replace("\"paypal\"", "\"cod\"");
        QCOMPARE(text(order(json).financialStatus), u"PENDING"_s);
    }

    void countsRefunds() {
        const QByteArray part = R"("refunds":[{"id":801,"reason":"Broken &amp; late","total":"-10.00"}])";
        OrderRecord record = order(orderWith("\"refunds\":[]", part));
        QCOMPARE(text(record.financialStatus), u"PARTIALLY_REFUNDED"_s);
        QCOMPARE(record.refunded.minor(), 1000);
        QCOMPARE(record.total.minor(), 6234);
        QCOMPARE(text(record.refunds.at(0).note), u"Broken & late"_s);
        QCOMPARE(record.refunds.at(0).createdAt, record.updatedAt);

        const JsonDocument details = parsed(R"([{"id":801,"date_created_gmt":"2026-02-22T10:00:00","amount":"10.00",
"reason":"","line_items":[{"id":9,"quantity":-2,"meta_data":[{"key":"_refunded_item_id","value":"1"}]}]},
{"id":999,"amount":"99.00"}])");
        applyWooRefunds(*asArray(details.root()), record);
        QCOMPARE(record.refunds.size(), size_t(1));
        QCOMPARE(record.refunds[0].createdAt.isoText(), u"2026-02-22T10:00:00Z"_s);
        QCOMPARE(record.items[0].currentQuantity, 1);
        QCOMPARE(record.items[0].quantity, 3);
        QCOMPARE(record.items[1].currentQuantity, 1);

        const QByteArray whole = R"("refunds":[{"id":801,"reason":"","total":"-62.34"}])";
        QCOMPARE(text(order(orderWith("\"refunds\":[]", whole)).financialStatus), u"REFUNDED"_s);
    }

    void knowsAGuestByTheBillingName() {
        QByteArray json = orderWith("\"customer_id\":26", "\"customer_id\":0");
        json.replace(R"("shipping":{"first_name":"Bea")", R"("shipping":{},"x":{"first_name":"Bea")");
        const OrderRecord record = order(json);
        QCOMPARE(text(record.customerExternalId), QString());
        QCOMPARE(text(record.shippingAddressText), u"Ada Löwe"_s);
        QCOMPARE(text(record.email), u"Ada@Mail.example"_s);
    }

    void readsMoneyInItsCurrency_data() {
        QTest::addColumn<QByteArray>("currency");
        QTest::addColumn<QByteArray>("total");
        QTest::addColumn<qint64>("minor");
        QTest::newRow("yen without decimals") << QByteArray("JPY") << QByteArray("\"1250\"") << qint64(1250);
        QTest::newRow("yen with them") << QByteArray("JPY") << QByteArray("\"1250.00\"") << qint64(1250);
        QTest::newRow("dinar") << QByteArray("BHD") << QByteArray("\"1.505\"") << qint64(1505);
        QTest::newRow("more digits than it has") << QByteArray("EUR") << QByteArray("\"10.125\"") << qint64(1013);
        QTest::newRow("a number") << QByteArray("EUR") << QByteArray("19.9") << qint64(1990);
        QTest::newRow("beyond a float") << QByteArray("EUR") << QByteArray("\"90071992547409.93\"")
                                        << qint64(9007199254740993);
    }
    void readsMoneyInItsCurrency() {
        QFETCH(const QByteArray, currency);
        QFETCH(const QByteArray, total);
        QFETCH(const qint64, minor);
        QByteArray json = orderWith("\"currency\":\"EUR\"", "\"currency\":\"" + currency + '"');
        json.replace(R"("total":"62.34")", "\"total\":" + total);
        QCOMPARE(order(json).total.minor(), minor);
    }

    void refusesWhatCannotBeUsed_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char* name, const char* from, const char* to, const char* field) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(field);
        };
        row("comma for a point", R"("total":"62.34")", R"("total":"62,34")", "total");
        row("words for money", R"("total":"40.00")", R"("total":"forty")", "total");
        row("no total", R"("total":"62.34",)", "", "total");
        row("no status", R"("status":"processing",)", "", "status");
        row("no time", R"("date_created_gmt":"2026-02-20T14:02:03",)", "", "date_created_gmt");
        row("no such time", R"("date_created_gmt":"2026-02-20T14:02:03")", R"("date_created_gmt":"yesterday")",
            "date_created_gmt");
        row("a line without id", R"({"id":1,)", "{", "id");
    }
    void refusesWhatCannotBeUsed() {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QFETCH(const QByteArray, field);
        const auto decoded = decodedOrder(orderWith(from, to));
        const auto* fault = std::get_if<RecordFault>(&decoded);
        QVERIFY(fault);
        QCOMPARE(text(fault->resource), u"orders"_s);
        QCOMPARE(text(fault->externalId), u"727"_s);
        QVERIFY2(QByteArray::fromStdString(fault->cause).startsWith(field + ':'), fault->cause.c_str());
        QVERIFY(!text(fault->cause).contains(u"forty"_s)); // causes carry no data
    }

    void readsParcels_data() {
        QTest::addColumn<QByteArray>("meta");
        QTest::addColumn<QStringList>("parcels"); // carrier|number|link|day
        const auto row = [](const char* name, const char* meta, const QStringList& parcels) {
            QTest::newRow(name) << QByteArray(meta) << parcels;
        };
        row("advanced shipment tracking",
            R"([{"key":"_wc_shipment_tracking_items","value":[{"tracking_provider":"usps","custom_tracking_provider":"",
"formatted_tracking_provider":"USPS","ast_tracking_link":"https:%%t.example/?a=1&amp;b=2","tracking_number":"9400",
"date_shipped":"1771632000","tracking_id":"abc"}]}])",
            {u"USPS|9400|https://t.example/?a=1&b=2|2026-02-21"_s});
        row("a carrier of the shop's own",
            R"([{"key":"_wc_shipment_tracking_items","value":[{"tracking_provider":"","custom_tracking_provider":"Dropp",
"custom_tracking_link":"https:%%dropp.example/1","tracking_number":"D1","date_shipped":1771632000}]}])",
            {u"Dropp|D1|https://dropp.example/1|2026-02-21"_s});
        row("a list with gaps",
            R"([{"key":"_wc_shipment_tracking_items","value":{"0":{"tracking_provider":"dhl-de","tracking_number":"1"},
"2":{"tracking_provider":"fedex","tracking_number":22}}}])",
            {u"DHL DE|1||2026-02-21"_s, u"FedEx|22||2026-02-21"_s});
        row("links that are none", R"x([{"key":"_wc_shipment_tracking_items","value":[{"tracking_number":"1",
"custom_tracking_link":"javascript:alert(1)"}]}])x",
            {u"|1||2026-02-21"_s});
        row("single fields",
            R"([{"key":"_tracking_provider","value":"royal-mail"},{"key":"_tracking_number","value":"RM1"},
{"key":"_tracking_url","value":"https:%%rm.example/RM1"},{"key":"_date_shipped","value":"2026-02-19"}])",
            {u"Royal Mail|RM1|https://rm.example/RM1|2026-02-19"_s});
        row("nothing in it", R"([{"key":"_wc_shipment_tracking_items","value":[]}])", {});
        row("nonsense", R"([{"key":"_wc_shipment_tracking_items","value":"a:0:{}"},{"key":"_tracking_number"},7,null])",
            {});
        row("an empty parcel", R"([{"key":"_wc_shipment_tracking_items","value":[{"tracking_provider":"ups"}]}])", {});
    }
    void readsParcels() {
        QFETCH(const QByteArray, meta);
        QFETCH(const QStringList, parcels);
        const OrderRecord record = order(orderWith(kNoMeta, "\"refunds\":[],\"meta_data\":" + meta));
        QStringList found;
        for (const FulfillmentRecord& shipment : record.fulfillments)
            for (const TrackingRecord& parcel : shipment.tracking)
                found.append(QStringList{text(parcel.company), text(parcel.number), text(parcel.url),
                                         shipment.createdAt.isoText().left(10)}
                                 .join(u'|'));
        QCOMPARE(found, parcels);
        QCOMPARE(text(record.fulfillmentStatus), parcels.isEmpty() ? u"UNFULFILLED"_s : u"FULFILLED"_s);
    }

    void followsParcelsWhereSomebodyDoes() {
        const OrderRecord record = order(orderWith(kNoMeta, R"("refunds":[],"meta_data":[
{"key":"_wc_shipment_tracking_items","value":[{"tracking_number":"1","tracking_id":"a"},{"tracking_number":"2","tracking_id":"b"}]},
{"key":"shipment_status","value":[{"status":"out_for_delivery"},{"status":"available_for_pickup"}]}])"));
        QCOMPARE(record.fulfillments.size(), size_t(2));
        QCOMPARE(text(record.fulfillments[0].displayStatus), u"OUT_FOR_DELIVERY"_s);
        QCOMPARE(text(record.fulfillments[1].displayStatus), u"READY_FOR_PICKUP"_s);
        QCOMPARE(text(record.fulfillments[0].externalId), u"727-a"_s);
    }

    void leavesCartsOut_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isOrder");
        QTest::newRow("cart") << QByteArray("checkout-draft") << false;
        QTest::newRow("bin") << QByteArray("trash") << false;
        QTest::newRow("unknown") << QByteArray("picking") << true;
    }
    void leavesCartsOut() {
        QFETCH(const QByteArray, status);
        QFETCH(const bool, isOrder);
        const JsonDocument document = parsed("{\"status\":\"" + status + "\"}");
        QCOMPARE(isWooOrder(*asObject(document.root())), isOrder);
    }

    void readsACustomer() {
        const JsonDocument document =
            parsed(R"({"id":26,"date_created_gmt":"2026-01-02T03:04:05","date_modified_gmt":null,
"email":"ada@mail.example","first_name":"Ada","last_name":"O&rsquo;Neil","role":"wholesale_customer","username":"ada",
"billing":{"first_name":"A","last_name":"N","address_1":"Weg 1","city":"Ulm","postcode":"89073","country":"DE","phone":"1"},
"shipping":{}})");
        const auto decoded = decodeWooCustomer(*asObject(document.root()));
        const auto& customer = std::get<CustomerRecord>(decoded);
        QCOMPARE(text(customer.externalId), u"26"_s);
        QCOMPARE(text(customer.displayName), u"Ada O’Neil"_s);
        QCOMPARE(text(customer.addressText), u"A N\nWeg 1\nUlm 89073\nDE"_s);
        QCOMPARE(customer.tags, std::vector<std::string>{"wholesale_customer"});
        QCOMPARE(customer.updatedAt, customer.createdAt);
        QVERIFY(!customer.amountSpent.currency().isValid()); // the shop does not say
    }

    void readsWhatACustomerBought() {
        const JsonDocument document = parsed(R"([{"id":26,"orders_count":3,"total_spent":"750.50"},{"id":27}])");
        const JsonArray list = *asArray(document.root());
        const auto totals = decodeWooTotals(*asObject(list.at(0).value_unsafe()), kEuro);
        QVERIFY(totals);
        QCOMPARE(totals->ordersCount, 3);
        QCOMPARE(totals->spent.minor(), 75050);
        QVERIFY(!decodeWooTotals(*asObject(list.at(1).value_unsafe()), kEuro));
        QVERIFY(!decodeWooTotals(*asObject(list.at(0).value_unsafe()), WooContext()));
    }

    void readsProducts() {
        const JsonDocument simple =
            parsed(R"({"id":50,"name":"Cap &amp; Hat","slug":"cap","permalink":"https:%%s.example/cap",
"status":"publish","date_created_gmt":"2026-01-02T03:04:05","date_modified_gmt":"2026-01-03T03:04:05","sku":"CAP",
"price":"","stock_quantity":7,"categories":[{"id":1,"name":"Hats"}],"tags":[{"name":"summer"}],"variations":[]})");
        const auto decodedCap = decodeWooProduct(*asObject(simple.root()), kEuro);
        const auto& cap = std::get<ProductRecord>(decodedCap);
        QCOMPARE(text(cap.title), u"Cap & Hat"_s);
        QCOMPARE(text(cap.status), u"ACTIVE"_s);
        QCOMPARE(text(cap.productType), u"Hats"_s);
        QCOMPARE(cap.variants.size(), size_t(1));
        QCOMPARE(text(cap.variants[0].externalId), u"50"_s);
        QVERIFY(!cap.variants[0].price.currency().isValid()); // nobody set one: it does not cost nothing
        QCOMPARE(cap.variants[0].inventoryQuantity, std::optional<qint64>(7));
        QVERIFY(!hasWooVariations(*asObject(simple.root())));

        const JsonDocument variable = parsed(R"({"id":60,"name":"Tee","status":"private","date_created_gmt":null,
"date_modified_gmt":"2026-01-03T03:04:05","permalink":"https:%%s.example/tee","variations":[61,62]})");
        const auto decodedTee = decodeWooProduct(*asObject(variable.root()), kEuro);
        const auto& tee = std::get<ProductRecord>(decodedTee);
        QVERIFY(tee.variants.empty() && hasWooVariations(*asObject(variable.root())));
        const JsonDocument gaps = parsed(R"({"variations":{"0":61,"2":63}})");
        QVERIFY(hasWooVariations(*asObject(gaps.root())));
        QCOMPARE(text(tee.status), u"ARCHIVED"_s);
        QCOMPARE(text(tee.onlineStoreUrl), QString());

        const JsonDocument variation = parsed(R"({"id":61,"sku":"T-L","price":"12.50","stock_quantity":null,
"date_modified_gmt":"2026-01-03T03:04:05","attributes":[{"name":"Size","option":"Large"},{"name":"Colour","option":"Red"}]})");
        const auto decodedLarge = decodeWooVariation(*asObject(variation.root()), kEuro);
        const auto& large = std::get<VariantRecord>(decodedLarge);
        QCOMPARE(text(large.title), u"Large / Red"_s);
        QCOMPARE(large.price.minor(), 1250);
        QVERIFY(!large.inventoryQuantity);
        QVERIFY(std::holds_alternative<RecordFault>(decodeWooVariation(*asObject(variation.root()), WooContext())));
    }
};

QTEST_GUILESS_MAIN(TestWooDecoders)
#include "tst_woo_decoders.moc"
