// The webhooks half of a desk for tests of widgets: writes down what it is asked, and answers as it was told.
#pragma once

#include "core/desk/webhooks/webhook_desk.h"
#include "tests/ui/support/fake_mail_desk.h"

namespace aiva::test {

class FakeWebhookDesk final : public WebhookDesk {
    Q_OBJECT
public:
    explicit FakeWebhookDesk(QObject* parent = nullptr) : WebhookDesk(parent) {}

    QStringList calls; // "open tunnel 8787 https://…", "subscribe https://…", in order
    QByteArrayList secrets;
    ToldAnswer<WebhookStatus> status{WebhookStatus()};
    ToldAnswer<bool> opened{true};
    ToldAnswer<SubscriptionReport> subscribed{SubscriptionReport()};
    ToldAnswer<SubscriptionReport> looked{SubscriptionReport()};
    ToldAnswer<SubscriptionReport> stopped{SubscriptionReport()};

    Future<WebhookStatus> webhookStatus(StoreId) override { return status.future(); }
    Future<bool> openWebhooks(StoreId, const WebhookChoice& choice) override {
        const bool isPull = choice.way == WebhookWay::PubSub;
        calls << (isPull ? QStringLiteral("open pubsub %1 %2").arg(choice.place.project, choice.place.subscription)
                         : QStringLiteral("open tunnel %1 %2").arg(QString::number(choice.port), choice.address));
        for (const SecretString* secret : {&choice.account, &choice.key})
            if (!secret->isEmpty())
                secrets << QByteArray(secret->reveal().data(), static_cast<qsizetype>(secret->size()));
        return opened.future();
    }
    Future<SubscriptionReport> subscribeWebhooks(StoreId, const QString& address) override {
        calls << QStringLiteral("subscribe ") + address;
        return subscribed.future();
    }
    Future<SubscriptionReport> lookAtWebhooks(StoreId) override {
        calls << QStringLiteral("look");
        return looked.future();
    }
    Future<SubscriptionReport> stopWebhooks(StoreId) override {
        calls << QStringLiteral("stop");
        return stopped.future();
    }
};

} // namespace aiva::test
