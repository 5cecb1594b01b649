#include "core/webhook/subscription_plan.h"

#include "core/webhook/subscription_topics.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

using Do = SubscriptionStep::Do;

bool leadsTo(const WebhookSubscription& subscription, const QString& address) {
    return subscription.address == address;
}

// What is wrong with one of ours; empty when nothing is.
QString fault(const SubscriptionGoal& goal, const WebhookSubscription& subscription) {
    if (!leadsTo(subscription, goal.address)) return u"address"_s;
    if (!subscription.isJson) return u"format"_s;
    if (!subscription.isActive) return u"paused"_s;
    return goal.isKeyNew ? u"key"_s : QString();
}

// Shopify takes one subscription for a topic and an address. Whoever made it, it tells us what we want.
bool servesAlready(const SubscriptionGoal& goal, const WebhookSubscription& subscription) {
    return goal.kind == StoreKind::Shopify && leadsTo(subscription, goal.address) && subscription.isJson;
}

std::vector<SubscriptionStep> stepsFor(const SubscriptionGoal& goal, const WantedTopic& wanted,
                                       const std::vector<WebhookSubscription>& listed) {
    std::vector<SubscriptionStep> steps;
    std::vector<const WebhookSubscription*> ours;
    const WebhookSubscription* anothers = nullptr;
    for (const WebhookSubscription& one : listed) {
        if (one.topic != wanted.topic) continue;
        if (isMarked(one, goal.mark))
            ours.push_back(&one);
        else if (servesAlready(goal, one))
            anothers = &one;
    }
    // One that is well comes first; the others are too many.
    std::stable_sort(ours.begin(), ours.end(), [&](const auto* a, const auto* b) {
        return fault(goal, *a).isEmpty() > fault(goal, *b).isEmpty();
    });
    const auto step = [&](Do what, const QString& id, const QString& reason) {
        steps.push_back({what, wanted.topic, id, reason, wanted.isEssential});
    };
    const bool isFirstNeeded = !anothers && !ours.empty();
    if (anothers) {
        step(Do::Keep, anothers->id, u"anothers"_s);
    } else if (isFirstNeeded) {
        const QString wrong = fault(goal, *ours.front());
        step(wrong.isEmpty() ? Do::Keep : Do::Repair, ours.front()->id, wrong);
    } else if (goal.kind == StoreKind::Shopify && !isGranted(wanted.anyScope, goal.granted)) {
        step(Do::Skip, {}, wanted.anyScope.join(u' '));
    } else {
        step(Do::Create, {}, {});
    }
    for (size_t i = isFirstNeeded ? 1 : 0; i < ours.size(); ++i)
        step(Do::Remove, ours[i]->id, u"twice"_s);
    return steps;
}

Error badAddress(const QString& why) {
    return {ErrorKind::Invalid, why};
}

bool isThisMachine(const QString& host) {
    static const QRegularExpression loopback(u"^(localhost|127(\\.\\d{1,3}){3}|::1)$"_s);
    return loopback.match(host).hasMatch();
}

} // namespace

QString subscriptionName(const QString& mark, const QString& topic) {
    QString words = topic;
    return mark + u'-' + words.replace(u'/', u'-').replace(u'.', u'-');
}

bool isMarked(const WebhookSubscription& subscription, const QString& mark) {
    return !mark.isEmpty() && subscription.name.startsWith(mark + u'-');
}

std::vector<SubscriptionStep> planSubscriptions(const SubscriptionGoal& goal,
                                                const std::vector<WebhookSubscription>& listed) {
    std::vector<SubscriptionStep> steps;
    const std::vector<WantedTopic>& wanted = wantedTopics(goal.kind);
    // First: a shop that allows so many makes room for what comes next.
    for (const WebhookSubscription& one : listed) {
        const bool isWanted = std::any_of(wanted.begin(), wanted.end(),
                                          [&](const WantedTopic& topic) { return topic.topic == one.topic; });
        if (isMarked(one, goal.mark) && !isWanted) steps.push_back({Do::Remove, one.topic, one.id, u"unwanted"_s});
    }
    for (const WantedTopic& topic : wanted)
        for (SubscriptionStep& step : stepsFor(goal, topic, listed))
            steps.push_back(std::move(step));
    return steps;
}

std::vector<SubscriptionStep> planUnsubscribing(const QString& mark, const std::vector<WebhookSubscription>& listed) {
    std::vector<SubscriptionStep> steps;
    for (const WebhookSubscription& one : listed)
        if (isMarked(one, mark)) steps.push_back({Do::Remove, one.topic, one.id, u"unwanted"_s});
    return steps;
}

Result<QString> webhookAddress(StoreKind kind, const QString& typed, const QString& shopUrl) {
    const QString text = typed.trimmed();
    if (text.startsWith("pubsub:"_L1)) {
        if (kind != StoreKind::Shopify) return badAddress(u"WooCommerce cannot deliver to Google Pub/Sub"_s);
        if (!pubSubTopic(text)) return badAddress(u"a Pub/Sub address has the form pubsub://project:topic"_s);
        return text;
    }
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return badAddress(u"the address has to begin with https:// and name a host"_s);
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return badAddress(u"the address may hold neither a user nor a query"_s);
    const bool isHere = isThisMachine(url.host());
    if (isHere && !isThisMachine(QUrl(shopUrl).host()))
        return badAddress(u"a shop cannot reach this computer by that name: give the tunnel's public address"_s);
    if (url.scheme() == "http"_L1 && !isHere) return badAddress(u"the address has to be https"_s);
    if (url.path().isEmpty() || url.path() == "/"_L1)
        url.setPath(kind == StoreKind::Shopify ? u"/webhooks/shopify"_s : u"/webhooks/woocommerce"_s);
    return url.toString(QUrl::FullyEncoded);
}

std::optional<PubSubTopic> pubSubTopic(const QString& address) {
    static const QRegularExpression form(
        u"^pubsub://([a-z][a-z0-9-]{4,28}[a-z0-9]):([A-Za-z][A-Za-z0-9._~+-]{2,254})$"_s);
    const auto match = form.match(address);
    if (!match.hasMatch() || match.captured(2).startsWith("goog"_L1)) return std::nullopt;
    return PubSubTopic{match.captured(1), match.captured(2)};
}

} // namespace aiva
