#include "tests/support/fake_shop.h"

#include <array>
#include <string>

namespace aiva::test {
namespace {

constexpr std::array kNames{"Ada Brown", "Zoë Müller", "李 雷", "Søren Ågård", "Nadia O'Neil", "João Conceição"};

std::string gid(const char* type, int number) {
    return std::string("gid://shopify/") + type + "/9007199254" + std::to_string(1'000'000 + number);
}

class ShopMaker {
public:
    ShopMaker(UtcTime now, Currency currency) : m_now(now), m_currency(currency) {}

    CustomerRecord customer(int i) const {
        CustomerRecord c;
        c.externalId = gid("Customer", i);
        c.displayName = kNames.at(static_cast<size_t>(i) % kNames.size());
        c.firstName = c.displayName.substr(0, c.displayName.find(' '));
        c.lastName = c.displayName.substr(c.displayName.find(' ') + 1);
        // Every tenth shares the address of the one before, spelled otherwise; every fifteenth has none.
        const int address = i % 10 == 1 ? i - 1 : i;
        if (i % 15 != 7) c.email = (i % 10 == 1 ? "Person" : "person") + std::to_string(address) + "@Example.com";
        if (i % 3 == 0) c.phone = "+4930" + std::to_string(1'000'000 + i);
        c.note = i % 20 == 0 ? "likes\n\"quotes\"" : "";
        c.locale = "de";
        c.state = i % 2 ? "ENABLED" : "SOMETHING_NEW";
        if (i % 25 == 0) c.tags = {"vip", "wholesale"};
        c.addressText = "Hauptstraße " + std::to_string(i) + "\n10115 Berlin";
        c.ordersCount = i % 5;
        c.amountSpent = Money(i * 137, m_currency);
        c.createdAt = m_now.plusSeconds(-3'600LL * (40 * 24) + i * 600LL);
        c.updatedAt = c.createdAt.plusSeconds(3'600 + (i * 7'919) % 86'400);
        return c;
    }

    OrderRecord order(int i, int customers, int items) const {
        OrderRecord o;
        o.externalId = gid("Order", i);
        o.name = "#" + std::to_string(1'000 + i);
        const bool isGuest = i % 8 == 3;
        const int buyer = i % customers;
        if (!isGuest) o.customerExternalId = gid("Customer", buyer);
        if (i % 40 != 19) o.email = isGuest ? "Guest" + std::to_string(i) + "@example.org" : customer(buyer).email;
        o.note = i % 30 == 0 ? "leave at the door" : "";
        o.financialStatus = i % 9 == 0 ? "" : "PAID";
        o.fulfillmentStatus = i % 2 ? "FULFILLED" : "UNFULFILLED";
        o.statusPageUrl = "https://shop.example/orders/" + std::to_string(i);
        o.shippingAddressText = "Allee " + std::to_string(i) + "\n20095 Hamburg";
        o.tags = i % 11 == 0 ? std::vector<std::string>{"gift"} : std::vector<std::string>{};
        o.currency = m_currency;
        o.subtotal = money(items * 100);
        o.tax = money(items * 19);
        o.discounts = money(i % 4);
        o.shipping = money(490);
        o.total = money(items * 119 + 490 - i % 4);
        o.createdAt = m_now.plusSeconds(-3'600LL * (40 * 24) + i * 900LL);
        o.updatedAt = o.createdAt.plusSeconds(60 + (i * 104'729) % 86'400);
        o.processedAt = o.createdAt;
        if (i % 17 == 0) {
            o.cancelledAt = o.updatedAt;
            o.cancelReason = "CUSTOMER";
        }
        for (int n = 0; n < items; ++n)
            o.items.push_back(item(i, n));
        if (i % 2) addParcels(o, i);
        if (i % 13 == 0) {
            o.refunded = money(100);
            o.refunds.push_back({gid("Refund", i), o.updatedAt, money(100), "damaged"});
        } else {
            o.refunded = money(0);
        }
        return o;
    }

    ProductRecord product(int i) const {
        ProductRecord p;
        p.externalId = gid("Product", i);
        p.title = "Lamp " + std::to_string(i);
        p.handle = "lamp-" + std::to_string(i);
        p.status = "ACTIVE";
        p.vendor = "Licht & Co";
        p.productType = "Lighting";
        p.tags = {"new", "brass"};
        p.createdAt = m_now.plusSeconds(-3'600LL * (40 * 24) + i * 60LL);
        p.updatedAt = p.createdAt.plusSeconds(i * 61LL);
        for (int n = 0; n < 1 + i % 4; ++n) {
            VariantRecord v;
            v.externalId = gid("ProductVariant", i * 10 + n);
            v.title = "Size " + std::to_string(n);
            v.sku = "SKU-" + std::to_string(i) + "-" + std::to_string(n);
            v.price = money(1'000 + n);
            if (n % 2) v.inventoryQuantity = n * 3;
            v.updatedAt = p.updatedAt;
            p.variants.push_back(v);
        }
        return p;
    }

private:
    Money money(qint64 minor) const { return {minor, m_currency}; }

    OrderItemRecord item(int order, int n) const {
        OrderItemRecord item;
        item.externalId = gid("LineItem", order * 1'000 + n);
        item.title = "Lamp " + std::to_string(n);
        item.variantTitle = n % 2 ? "Size 1" : "";
        item.sku = "SKU-" + std::to_string(n) + "-1";
        item.variantExternalId = n % 5 ? gid("ProductVariant", n * 10 + 1) : "";
        item.quantity = 1 + n % 3;
        item.currentQuantity = item.quantity - (n % 7 == 0 ? 1 : 0);
        item.unitPrice = money(100 + n);
        return item;
    }

    void addParcels(OrderRecord& o, int i) const {
        FulfillmentRecord f;
        f.externalId = gid("Fulfillment", i);
        f.name = o.name + "-F1";
        f.status = "SUCCESS";
        f.displayStatus = "IN_TRANSIT";
        f.createdAt = o.createdAt.plusSeconds(7'200);
        f.updatedAt = o.updatedAt;
        f.inTransitAt = f.createdAt.plusSeconds(600);
        for (int n = 0; n <= i % 3; ++n)
            f.tracking.push_back(
                {"DHL", "00340434" + std::to_string(i * 10 + n), "https://dhl.example/" + std::to_string(n)});
        o.fulfillments.push_back(f);
    }

    UtcTime m_now;
    Currency m_currency;
};

} // namespace

FakeShop makeShop(int customers, int orders, int products, UtcTime now, const QString& currency) {
    FakeShop shop;
    shop.facts = {QStringLiteral("gid://shopify/Shop/1"),
                  QStringLiteral("Licht & Co"),
                  QStringLiteral("licht.myshopify.com"),
                  currency,
                  QStringLiteral("Asia/Tokyo"),
                  QStringLiteral("Basic"),
                  {QStringLiteral("read_customers"), QStringLiteral("read_orders")},
                  {},
                  true};
    const ShopMaker maker(now, *Currency::parse(currency.toStdString()));
    for (int i = 0; i < customers; ++i)
        shop.customers.push_back(maker.customer(i));
    for (int i = 0; i < orders; ++i)
        shop.orders.push_back(maker.order(i, customers, i == orders / 2 ? 300 : 1 + i % 4));
    for (int i = 0; i < products; ++i)
        shop.products.push_back(maker.product(i));
    return shop;
}

} // namespace aiva::test
