// A workspace with one shop behind its webhooks: deliveries in, rows out. The shop that can be asked is a fake one.
#pragma once

#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/webhook/webhook_station.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

#include <functional>
#include <memory>
#include <vector>

namespace aiva::test {

class WebhookFixture {
public:
    WebhookFixture() : store(workspace.addStore()), shop(makeShop(6, 12, 3, clock.now(), QStringLiteral("EUR"))) {
        connectStore(store);
    }

    enum class History { Whole, Limited };
    void connectStore(StoreId id, History history = History::Whole) {
        auto stores = StoreRepository::create(workspace.writer());
        StoreRow row = workspace.store(id);
        row.currency = QStringLiteral("EUR");
        row.status = StoreStatus::Connected;
        row.historyLimited = history == History::Limited;
        if (!(*stores)->save(row)) qWarning("the store was not saved");
    }

    bool open() {
        auto made = WebhookStation::create(
            workspace.writer(), clock,
            [this](StoreKind kind) { return kind == StoreKind::Shopify ? decoder.get() : nullptr; },
            [this](const StoreRow& row) -> Result<std::unique_ptr<StorePort>> {
                if (portError) return *portError;
                auto port = std::make_unique<FakeStorePort>(shop);
                lastPort = port.get();
                if (prepare) prepare(*port);
                if (prepareOf) prepareOf(row.id, *port);
                return std::unique_ptr<StorePort>(std::move(port));
            });
        if (!made) return false;
        station = *std::move(made);
        QObject::connect(station.get(), &WebhookStation::settled, station.get(),
                         [this](const SettledDelivery& delivery) { settled.push_back(delivery); });
        return true;
    }

    static WebhookDelivery delivery(const QString& topic, const QByteArray& body, const QString& id = {}) {
        static int number = 0;
        WebhookDelivery made;
        made.shop = QStringLiteral("licht.myshopify.com");
        made.topic = topic;
        made.id = id.isEmpty() ? QStringLiteral("w%1").arg(++number) : id;
        made.body = body;
        return made;
    }
    // An order as its webhook tells it: `number` as its id, `minute` of its last change, one item.
    static QByteArray orderBody(int number, int minute, const QByteArray& note, const QByteArray& parcels = "[]") {
        const QByteArray at = "2026-11-20T12:" + QByteArray::number(minute).rightJustified(2, '0') + ":00Z";
        return R"({"id":)" + QByteArray::number(number) + R"(,"name":"#)" + QByteArray::number(number) +
               R"(","email":"guest@mail.example","currency":"EUR","financial_status":"paid","fulfillment_status":null,"note":")" +
               note + R"(","created_at":"2026-11-20T11:00:00Z","updated_at":")" + at +
               R"(","current_total_price":"10.00","line_items":[{"id":)" + QByteArray::number(number * 10) +
               R"(,"title":"Lamp","quantity":1,"price":"10.00"}],"fulfillments":)" + parcels + "}";
    }

    // Takes it in and applies everything; what became of it.
    QString apply(const WebhookDelivery& one) {
        if (!station->deliver(one)) return QStringLiteral("not stored");
        settle();
        for (auto it = settled.rbegin(); it != settled.rend(); ++it)
            if (it->deliveryId == one.id) return it->result;
        return {};
    }
    QString apply(const QString& topic, const QByteArray& body) { return apply(delivery(topic, body)); }
    bool settle() {
        return QTest::qWaitFor(
            [this] {
                return station->isIdle() && rowsOf("SELECT 1 FROM webhook_deliveries WHERE state = 'queued'").isEmpty();
            },
            30'000);
    }
    QStringList rowsOf(const QByteArray& sql) { return rows(workspace.writer(), sql); }

    SystemClock clock;
    TemporaryWorkspace workspace;
    StoreId store;
    FakeShop shop;
    FakeStorePort* lastPort = nullptr;
    std::function<void(FakeStorePort&)> prepare;
    std::function<void(StoreId, FakeStorePort&)> prepareOf;
    std::optional<Error> portError;
    std::unique_ptr<WebhookDecoder> decoder = makeShopifyWebhookDecoder();
    std::unique_ptr<WebhookStation> station; // before the writer
    std::vector<SettledDelivery> settled;
};

} // namespace aiva::test
