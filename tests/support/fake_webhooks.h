// The webhook subscriptions of a shop that leaves the process, without one.
#pragma once

#include "core/ports/webhook_subscription_port.h"

#include <QStringList>

#include <map>
#include <optional>

namespace aiva::test {

// A shop that remembers, and refuses what a test says.
class FakeWebhooks final : public WebhookSubscriptionPort {
public:
    std::vector<WebhookSubscription> known;
    std::map<QString, Error> refusals; // by topic
    std::optional<Error> listError;
    std::optional<Error> removeError;
    QStringList calls;
    QByteArray key;

    Future<std::vector<WebhookSubscription>> subscriptions() override {
        if (listError) return readyFuture<std::vector<WebhookSubscription>>(*listError);
        return readyFuture<std::vector<WebhookSubscription>>(known);
    }
    Future<QString> subscribe(const SubscriptionWish& wish) override {
        calls << QStringLiteral("subscribe ") + wish.topic;
        key = QByteArray(wish.key.reveal().data(), static_cast<qsizetype>(wish.key.size()));
        if (const auto no = refusals.find(wish.topic); no != refusals.end()) return readyFuture<QString>(no->second);
        known.push_back({QString::number(known.size() + 100), wish.topic, wish.address, wish.name, true, true});
        return readyFuture<QString>(known.back().id);
    }
    Future<QString> resubscribe(const QString& id, const SubscriptionWish& wish) override {
        calls << QStringLiteral("resubscribe ") + id;
        key = QByteArray(wish.key.reveal().data(), static_cast<qsizetype>(wish.key.size()));
        for (WebhookSubscription& one : known)
            if (one.id == id) one = {id, wish.topic, wish.address, wish.name, true, true};
        return readyFuture<QString>(id);
    }
    Future<bool> unsubscribe(const QString& id) override {
        calls << QStringLiteral("unsubscribe ") + id;
        if (removeError) return readyFuture<bool>(*removeError);
        std::erase_if(known, [&](const WebhookSubscription& one) { return one.id == id; });
        return readyFuture<bool>(true);
    }
};

} // namespace aiva::test
