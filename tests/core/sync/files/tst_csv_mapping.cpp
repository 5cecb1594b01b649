// Which column means what, and rows of known columns as records.
#include "core/sync/files/csv_columns.h"
#include "core/sync/files/csv_field_names.h"
#include "core/sync/files/csv_key_set.h"
#include "core/sync/files/csv_records.h"
#include "tests/support/patience.h"

#include <QSet>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const Currency kEur = *Currency::parse("EUR");

std::vector<std::string> headerOf(const QString& text) {
    std::vector<std::string> header;
    for (const QString& name : text.split(u','))
        header.push_back(name.trimmed().toStdString());
    return header;
}

// The columns of a header that says enough.
Result<CsvColumns> recognised(Resource resource, const std::vector<std::string>& header,
                              const std::vector<CsvChoice>& choices = std::vector<CsvChoice>()) {
    CsvColumns columns = CsvColumns::of(resource, header, choices);
    AIVA_CHECK(columns.isEnough(resource));
    return columns;
}

// "email=Email total=Total …" of the fields asked for.
QString columnsOf(const CsvColumns& columns, const QStringList& fields) {
    QStringList found;
    for (const auto& [field, column] : columns.used())
        if (fields.contains(field)) found << field + u'=' + column;
    return found.join(u';');
}

// The headers as the shops' own exports have them.
const QString kShopifyOrders =
    u"Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem "
    "price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment "
    "status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,"
    "Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping "
    "Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,"
    "Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,"
    "Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Phone,Receipt Number"_s;
const QString kShopifyCustomers =
    u"Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,"
    "Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags"_s;
const QString kWooOrders =
    u"order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,tax_total,"
    "cart_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,customer_id,customer_user,"
    "customer_email,billing_first_name,billing_last_name,billing_email,billing_phone,shipping_first_name,"
    "shipping_last_name,shipping_company,shipping_address_1,shipping_address_2,shipping_postcode,shipping_city,"
    "shipping_state,shipping_country,customer_note,line_item_1,line_item_2"_s;
const QString kWooAdvancedOrders =
    u"Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email "
    u"(Billing),Phone "
    "(Billing),First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),Postcode (Shipping),"
    "Country Code (Shipping),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,"
    "Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost"_s;

} // namespace

class TestCsvMapping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNamesStandAtTheirFields() {
        QSet<QString> words;
        for (size_t i = 0; i < kCsvFieldNames.size(); ++i) {
            QCOMPARE(static_cast<size_t>(kCsvFieldNames[i].field), i);
            words.insert(toWord(kCsvFieldNames[i].field));
            for (const char16_t* names : {kCsvFieldNames[i].customers, kCsvFieldNames[i].orders})
                for (const QString& name : QString::fromUtf16(names).split(u' ', Qt::SkipEmptyParts))
                    QCOMPARE(plainColumnName(name), name);
        }
        QCOMPARE(static_cast<size_t>(words.size()), kCsvFields);
    }

    void recognisesHeaders_data() {
        QTest::addColumn<bool>("areOrders");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("flavour");
        QTest::addColumn<QString>("columns");
        QTest::newRow("Shopify's orders")
            << true << kShopifyOrders << u"shopify"_s
            << u"order_id=Id;order_name=Name;financial_status=Financial Status;total=Total;tax=Taxes;shipping=Shipping;"
               "discounts=Discount Amount;refunded=Refunded Amount;fulfilled_at=Fulfilled at;item_name=Lineitem name;"
               "email=Email;phone=Phone;note=Notes;created_at=Created at;address_name=Shipping Name;address1=Shipping "
               "Address1;postal_code=Shipping Zip"_s;
        QTest::newRow("Shopify's customers")
            << false << kShopifyCustomers << u"shopify"_s
            << u"customer_id=Customer ID;first_name=First Name;orders_count=Total Orders;total_spent=Total Spent;email="
               "Email;phone=Phone;note=Note;address1=Default Address Address1;postal_code=Default Address Zip"_s;
        QTest::newRow("WooCommerce Analytics' customers")
            << false
            << u"Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code"_s
            << u"woocommerce_analytics"_s
            << u"name=Name;orders_count=Orders;total_spent=Total Spend;email=Email;created_at=Sign Up;city=City;region="
               "Region;postal_code=Postal Code;country=Country / Region"_s;
        QTest::newRow("WooCommerce's orders, an item a column")
            << true << kWooOrders << u"woocommerce"_s
            << u"customer_id=customer_id;order_id=order_id;order_name=order_number;status=status;total=order_total;tax="
               "tax_total;shipping=shipping_total;email=billing_email;phone=billing_phone;note=customer_note;"
               "created_at=order_date;address1=shipping_address_1;postal_code=shipping_postcode"_s;
        QTest::newRow("WooCommerce's orders, an item a row")
            << true << kWooAdvancedOrders << u"woocommerce"_s
            << u"order_name=Order Number;status=Order Status;total=Order Total Amount;tax=Order Total Tax Amount;"
               "shipping=Order Shipping Amount;discounts=Cart Discount Amount;refunded=Order Refund Amount;item_name="
               "Item Name;email=Email (Billing);phone=Phone (Billing);note=Customer Note;created_at=Order Date;"
               "address1=Address 1&2 (Shipping);postal_code=Postcode (Shipping)"_s;
        QTest::newRow("German") << true
                                << u"Bestellnummer,Bestelldatum,E-Mail,Gesamtsumme,Währung,Artikel,Menge,Einzelpreis"_s
                                << u"generic"_s
                                << u"order_name=Bestellnummer;total=Gesamtsumme;item_name=Artikel;email=E-Mail;"
                                   "created_at=Bestelldatum"_s;
        QTest::newRow("by hand") << false << u"Customer,Mail address,Phone no."_s << u"generic"_s
                                 << u"name=Customer;email=Mail address"_s;
    }
    void recognisesHeaders() {
        QFETCH(const bool, areOrders);
        QFETCH(const QString, header);
        QFETCH(const QString, flavour);
        QFETCH(const QString, columns);
        const auto found = recognised(areOrders ? Resource::Orders : Resource::Customers, headerOf(header),
                                      {{CsvField::Email, u"mail address"_s}});
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        QCOMPARE(toWord(found->flavour()), flavour);
        QStringList asked;
        for (const QString& pair : columns.split(u';'))
            asked << pair.section(u'=', 0, 0);
        QCOMPARE(columnsOf(*found, asked), columns);
    }

    void saysWhichColumnIsMissing_data() {
        QTest::addColumn<bool>("areOrders");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("word");
        QTest::newRow("nothing to know a customer by") << false << u"Colour,Size"_s << u"--map email="_s;
        QTest::newRow("no order number") << true << u"Email,Total,Date"_s << u"--map order_name="_s;
        QTest::newRow("no total") << true << u"Order,Date,Email"_s << u"--map total="_s;
        QTest::newRow("no date") << true << u"Order,Total,Email"_s << u"--map created_at="_s;
        QTest::newRow("WooCommerce Analytics' orders")
            << true
            << u"Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue"_s
            << u"WooCommerce Analytics"_s;
    }
    void saysWhichColumnIsMissing() {
        QFETCH(const bool, areOrders);
        QFETCH(const QString, header);
        QFETCH(const QString, word);
        const auto found = recognised(areOrders ? Resource::Orders : Resource::Customers, headerOf(header));
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Invalid);
        QVERIFY2(found.error().detail.contains(word), qPrintable(found.error().detail));
    }

    void aColumnChosenByHandMeansNothingElse() {
        const auto found =
            recognised(Resource::Orders, headerOf(u"Order,Date,Total,Amount"_s), {{CsvField::Subtotal, u"TOTAL"_s}});
        QVERIFY(found);
        QCOMPARE(columnsOf(*found, {u"total"_s, u"subtotal"_s}), u"total=Amount;subtotal=Total"_s);
        QCOMPARE(found->unused(), QStringList());
    }

    void aColumnLeftOutByHandMeansNothing() {
        const std::vector<CsvChoice> choices{{std::nullopt, u"E-MAIL"_s, Resource::Orders}};
        const auto header = headerOf(u"Order,Date,Total,E-Mail,Email"_s);
        const auto found = recognised(Resource::Orders, header, choices);
        QVERIFY(found);
        QCOMPARE(columnsOf(*found, {u"email"_s}), u"email=Email"_s); // the other of that name
        QCOMPARE(found->unused(), QStringList{u"E-Mail"_s});
        QVERIFY(found->follows(choices.front()));
        const CsvColumns elsewhere = CsvColumns::of(Resource::Customers, header, choices); // said of the other file
        QCOMPARE(columnsOf(elsewhere, {u"email"_s}), u"email=E-Mail"_s);
        const CsvColumns needed = CsvColumns::of(Resource::Orders, header, {{std::nullopt, u"Total"_s}});
        QVERIFY(needed.missing(Resource::Orders) == CsvField::Total);
    }

    void seesKeysASecondTime() {
        CsvKeySet keys;
        for (int i = 0; i < 100'000; ++i)
            QVERIFY(keys.add("#" + std::to_string(i)));
        for (int i = 0; i < 100'000; ++i)
            QVERIFY(!keys.add("#" + std::to_string(i)));
    }

    void readsACustomer() {
        const auto columns = recognised(Resource::Customers, headerOf(kShopifyCustomers));
        QVERIFY(columns);
        const CsvConventions conventions;
        FileRow row{2,
                    {"'7210",      "Ada",
                     "Larsen",     "Ada.Larsen@home.example",
                     "yes",        "",
                     "Elm Road 3", "",
                     "Oslo",       "",
                     "NO",         "0150",
                     "",           "'+4722334455",
                     "no",         "1234.50",
                     "3",          "Likes oak",
                     "no",         "vip, oak"},
                    {}};
        const auto customer = customerIn(row, {*columns, conventions, kEur});
        QVERIFY2(customer, customer ? "" : qPrintable(customer.error().detail));
        QCOMPARE(customer->externalId, std::string("7210"));
        QCOMPARE(customer->displayName, std::string("Ada Larsen"));
        QCOMPARE(customer->email, std::string("Ada.Larsen@home.example"));
        QCOMPARE(customer->phone, std::string("+4722334455"));
        QCOMPARE(customer->addressText, std::string("Elm Road 3\n0150 Oslo\nNO"));
        QCOMPARE(customer->amountSpent, Money(123'450, kEur));
        QCOMPARE(customer->ordersCount, 3);
        QCOMPARE(customer->tags, (std::vector<std::string>{"vip", "oak"}));
        row.fields[3] = "nobody";
        QCOMPARE(customerIn(row, {*columns, conventions, kEur}).error().detail, u"“Email” is no e-mail address"_s);
    }

    // Nobody has an id in a hand-made list.
    void knowsACustomerByItsAddress() {
        const auto columns = recognised(Resource::Customers, headerOf(u"Name,E-Mail"_s));
        const CsvConventions conventions;
        const auto customer = customerIn({2, {"Ada", "ADA@home.example"}, {}}, {*columns, conventions, {}});
        QCOMPARE(customer->externalId, std::string("ada@home.example"));
        QVERIFY(!customerIn({3, {"Ada", ""}, {}}, {*columns, conventions, {}}));
    }

    void doesNotTakeAnAmountWithoutACurrency() {
        const auto columns = recognised(Resource::Customers, headerOf(u"E-Mail,Total spent,Currency"_s));
        const CsvConventions conventions;
        const CsvReading reading{*columns, conventions, {}};
        const auto rich = customerIn({2, {"ada@home.example", "5.00", ""}, {}}, reading);
        QVERIFY(!rich);
        QCOMPARE(rich.error().detail, u"“Currency” is not known; say --currency"_s);
        QVERIFY(customerIn({3, {"ben@home.example", "0.00", ""}, {}}, reading));
        QCOMPARE(customerIn({4, {"cem@home.example", "5.00", "EUR"}, {}}, reading)->amountSpent, Money(500, kEur));
    }

    // All guests of a shop would be one customer, and but the first of them refused.
    void anAccountOfNumberNoughtIsNone() {
        const auto columns = recognised(Resource::Customers, headerOf(u"Customer ID,E-Mail"_s));
        const CsvConventions conventions;
        const auto guest = customerIn({2, {"0", "ada@home.example"}, {}}, {*columns, conventions, {}});
        QVERIFY2(guest, guest ? "" : qPrintable(guest.error().detail));
        QCOMPARE(guest->externalId, std::string("ada@home.example"));
    }

    void readsItemsPackedIntoColumns() {
        const auto columns =
            recognised(Resource::Orders,
                       headerOf(u"order_id,order_number,order_date,status,order_total,order_currency,customer_id,"
                                "billing_email,line_item_1,line_item_2"_s));
        QVERIFY(columns);
        const CsvConventions conventions;
        FileRow row{2,
                    {"88", "1088", "2026-02-20 10:00:00", "wc-completed", "25.00", "EUR", "0", "a@home.example",
                     "name:Lamp|product_id:4|sku:L-1|quantity:2|total:20.00|sub_total:20.00", ""},
                    {}};
        const auto order = orderIn(row, {*columns, conventions, {}});
        QVERIFY2(order, order ? "" : qPrintable(order.error().detail));
        QCOMPARE(order->externalId, std::string("88"));
        QCOMPARE(order->name, std::string("1088"));
        QCOMPARE(order->customerExternalId, std::string());
        QCOMPARE(order->financialStatus, std::string("COMPLETED"));
        QCOMPARE(order->fulfillmentStatus, std::string("FULFILLED"));
        QCOMPARE(order->items.size(), 1U);
        QCOMPARE(order->items[0].title, std::string("Lamp"));
        QCOMPARE(order->items[0].sku, std::string("L-1"));
        QCOMPARE(order->items[0].quantity, 2);
        QCOMPARE(order->items[0].unitPrice, Money(1'000, kEur));
        for (const char* broken :
             {"name:Lamp|quantity:two|total:20.00", "name:Lamp|quantity:2|total:a lot", "quantity:2"}) {
            row.fields[8] = broken;
            const auto refused = orderIn(row, {*columns, conventions, {}});
            QVERIFY(!refused);
            QCOMPARE(refused.error().detail, u"a line item cannot be read"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestCsvMapping)
#include "tst_csv_mapping.moc"
