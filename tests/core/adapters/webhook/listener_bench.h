// A listener with one shop's key and an inbox that remembers, and a client to knock at it.
#pragma once

#include "core/adapters/webhook/webhook_listener.h"
#include "tests/support/patience.h"
#include "tests/support/webhook_client.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace aiva::test {

inline constexpr auto kHeardKey = "hush";
inline constexpr auto kHeardShop = "acme.myshopify.com";

class OneShop final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind, const QString& name) const override {
        if (name != QLatin1StringView(kHeardShop)) return std::nullopt;
        return Shop{name, {SecretString(std::string_view(kHeardKey))}};
    }
};

class RememberingInbox final : public WebhookInbox {
public:
    WebhookReceipt accept(const WebhookDelivery& delivery) override {
        ++asked;
        if (holdMs > 0) std::this_thread::sleep_for(std::chrono::milliseconds(holdMs));
        const std::lock_guard lock(m_mutex);
        if (isBroken) return WebhookReceipt::Unavailable;
        const bool isNew = m_deliveries.emplace(delivery.id, delivery).second;
        return isNew ? WebhookReceipt::Stored : WebhookReceipt::Known;
    }
    void noteRefusal(StoreKind source, const QString& reason) override {
        const std::lock_guard lock(m_mutex);
        ++m_refusals[{source, reason}];
    }

    size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_deliveries.size();
    }
    WebhookDelivery delivery(const QString& id) const {
        const std::lock_guard lock(m_mutex);
        return m_deliveries.at(id);
    }
    int refused(const QString& reason) const {
        return refused(reason, StoreKind::Shopify) + refused(reason, StoreKind::WooCommerce);
    }
    int refused(const QString& reason, StoreKind source) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_refusals.find({source, reason});
        return found == m_refusals.end() ? 0 : found->second;
    }

    std::atomic<bool> isBroken = false;
    std::atomic<int> holdMs = 0;
    std::atomic<int> asked = 0;

private:
    mutable std::mutex m_mutex;
    std::map<QString, WebhookDelivery> m_deliveries;
    std::map<std::pair<StoreKind, QString>, int> m_refusals;
};

// Production's limits but for the time: whom they do not cut soon they cut never, however busy the machine is.
inline WebhookLimits timedLimits(int requestMs, int idleMs) {
    WebhookLimits limits;
    limits.requestMs = requestMs;
    limits.idleMs = idleMs;
    return limits;
}
inline const WebhookLimits kQuick = timedLimits(1'000, 800);
inline const WebhookLimits kPatient = timedLimits(120'000, 120'000);

class ListenerBench : public QObject {
protected:
    OneShop m_keys;
    std::unique_ptr<RememberingInbox> m_inbox;
    std::unique_ptr<WebhookListener> m_listener;

    void listen(WebhookLimits limits) {
        m_listener.reset();
        auto listener = listenForWebhooks(0, *m_inbox, m_keys, limits);
        QVERIFY(listener);
        m_listener = *std::move(listener);
    }
    int port() const { return m_listener->port(); }
    static SentWebhook order(const QByteArray& id, const QByteArray& body = R"({"id":1})") {
        return SentWebhook::shopify(kHeardKey, kHeardShop, "orders/updated", id, body);
    }
    int sendOne(const SentWebhook& webhook) const { return WebhookClient(port()).send(webhook); }
    int sendRaw(const QByteArray& bytes) const {
        WebhookClient client(port());
        client.write(bytes);
        return client.status();
    }
    void begin() {
        m_inbox = std::make_unique<RememberingInbox>();
        listen(kPatient);
    }
};

} // namespace aiva::test
