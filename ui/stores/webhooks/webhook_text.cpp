#include "ui/stores/webhooks/webhook_text.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

using Do = SubscriptionStep::Do;

struct WebhookWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::WebhookText)
};

StepSaying failsWith(const QString& sentence) {
    return {StepState::Fails, sentence};
}

StepSaying pullTrouble(const Error& error) {
    if (error.cause == ErrorCause::ClockSkew)
        return failsWith(
            WebhookWords::tr("Google finds this computer's clock wrong. Set date and time, then try again."));
    if (error.kind == ErrorKind::Refused && error.cause == ErrorCause::None)
        return failsWith(
            WebhookWords::tr("Another store delivers into another topic, and one subscription is fetched from. Enter "
                             "the topic of that store, or turn it off there first."));
    if (error.kind == ErrorKind::NotFound)
        return failsWith(
            WebhookWords::tr("This project has no such subscription. Compare both names with the console."));
    if (error.kind == ErrorKind::Invalid)
        return failsWith(
            WebhookWords::tr("Project, subscription or key file is not what it should be. The file is the JSON "
                             "key of a service account, as Google gave it."));
    return failsWith(errorSentence(error));
}

QString plainList(const QStringList& words) {
    return words.join(u", "_s);
}

} // namespace

StepSaying doorTrouble(WebhookWay way, quint16 port, const Error& error) {
    if (way == WebhookWay::PubSub) return pullTrouble(error);
    if (error.kind == ErrorKind::Network || error.kind == ErrorKind::Conflict)
        return failsWith(
            WebhookWords::tr("Another program has port %1. Choose another one, and lead the tunnel there.").arg(port));
    return failsWith(errorSentence(error));
}

StepSaying doorSaying(const WebhookStatus& status, UtcTime now) {
    if (status.way == WebhookWay::PubSub) {
        if (status.pullError) return pullTrouble(*status.pullError);
        if (!status.pull) return failsWith(WebhookWords::tr("Nothing is fetched from Google Pub/Sub."));
        if (status.pull->error) return pullTrouble(*status.pull->error);
        if (!status.pull->answeredAt) return {StepState::Runs, WebhookWords::tr("Asking Google Pub/Sub.")};
        return {StepState::Works, WebhookWords::tr("Fetching from Google Pub/Sub, last answered %1.")
                                      .arg(formatTime(*status.pull->answeredAt, now, QLocale()))};
    }
    if (status.way == WebhookWay::Off) return {StepState::Waits, {}};
    if (status.port > 0)
        return {StepState::Works, WebhookWords::tr("Listening on port %1 of this computer.").arg(status.port)};
    if (status.listenError) return doorTrouble(WebhookWay::Tunnel, status.wantedPort, *status.listenError);
    return failsWith(WebhookWords::tr("This computer does not listen."));
}

StepSaying shopSaying(StoreKind kind, const SubscriptionReport& report) {
    if (report.outcomes.empty()) return {StepState::Waits, WebhookWords::tr("Was not asked to tell anything.")};
    QStringList refused;
    int well = 0;
    for (const SubscriptionOutcome& outcome : report.outcomes) {
        if (outcome.error) refused << outcome.step.topic;
        const bool isDone =
            outcome.step.what == Do::Keep || outcome.step.what == Do::Create || outcome.step.what == Do::Repair;
        if (isDone && !outcome.error) ++well;
    }
    const QStringList scopes = report.missingScopes();
    if (!refused.isEmpty())
        return failsWith(
            WebhookWords::tr("The shop refused: %1. Try again; if it stays, look at the app's permissions.")
                .arg(plainList(refused)));
    if (!scopes.isEmpty())
        return {
            StepState::Limited,
            WebhookWords::tr("Tells about %n things. Without %1 the others stay unheard: add it to the app's scopes, "
                             "release the version, install it again, then mend here.",
                             nullptr, well)
                .arg(plainList(scopes))};
    return {StepState::Works,
            kind == StoreKind::Shopify
                ? WebhookWords::tr("Shopify tells about %n things as they happen.", nullptr, well)
                : WebhookWords::tr("WooCommerce tells about %n things as they happen.", nullptr, well)};
}

StepSaying shopTrouble(const Error& error) {
    if (error.cause == ErrorCause::HostNotAllowed)
        return failsWith(
            WebhookWords::tr("The shop does not deliver to this address. It has to be public and begin with "
                             "https://."));
    if (error.kind == ErrorKind::Refused && error.cause == ErrorCause::None)
        return failsWith(
            WebhookWords::tr("Nothing proves what this shop sends: it was connected by a token, and signs with "
                             "the app's client secret. Enter it above."));
    if (error.kind == ErrorKind::Invalid && error.cause == ErrorCause::None)
        return failsWith(WebhookWords::tr("This is no address a shop can deliver to."));
    return failsWith(errorSentence(error));
}

StepSaying deliverySaying(const WebhookStatus& status, UtcTime now) {
    if (status.way == WebhookWay::Off) return {StepState::Waits, {}};
    const QString last = status.lastDeliveryAt
                             ? WebhookWords::tr("Last one %1.").arg(formatTime(*status.lastDeliveryAt, now, QLocale()))
                             : WebhookWords::tr("None has come yet. Change something in the shop to see one.");
    if (status.refusedToday == 0) return {status.lastDeliveryAt ? StepState::Works : StepState::Waits, last};
    return {StepState::Limited,
            WebhookWords::tr("%1 Refused today: %2, mostly because %3.")
                .arg(last, QLocale().toString(status.refusedToday), refusalText(status.refusedWhy))};
}

QString refusalText(const QString& reason) {
    if (reason == "wrong_signature"_L1) return WebhookWords::tr("the signature is wrong");
    if (reason == "no_signature"_L1) return WebhookWords::tr("they were not signed");
    if (reason == "unknown_shop"_L1) return WebhookWords::tr("they name a shop that is not connected");
    if (reason == "no_key"_L1) return WebhookWords::tr("the client secret that proves them is missing");
    if (reason == "too_large"_L1 || reason == "header_too_large"_L1) return WebhookWords::tr("they are too large");
    if (reason == "too_slow"_L1) return WebhookWords::tr("they came too slowly");
    if (reason == "too_many_connections"_L1) return WebhookWords::tr("too many came at once");
    return WebhookWords::tr("they are not what a shop sends");
}

QString waySteps(WebhookWay way, StoreKind kind, quint16 port) {
    const QString path = kind == StoreKind::Shopify ? u"/webhooks/shopify"_s : u"/webhooks/woocommerce"_s;
    if (way == WebhookWay::Tunnel)
        return WebhookWords::tr("Start a tunnel or reverse proxy of your choice that leads from a public https address "
                                "to http://127.0.0.1:%1 on this computer. Shops deliver to its path %2; what is not "
                                "signed by your shop is refused.")
            .arg(QString::number(port), path);
    if (way == WebhookWay::PubSub)
        return QStringList{
            WebhookWords::tr("1. In Google Cloud make a topic and a pull subscription to it."),
            WebhookWords::tr("2. Let delivery@shopify-pubsub-webhooks.iam.gserviceaccount.com publish there (role "
                             "Pub/Sub Publisher on the topic)."),
            WebhookWords::tr(
                "3. Make a service account with the role Pub/Sub Subscriber on the subscription, and a JSON "
                "key for it.")}
            .join(u'\n');
    return WebhookWords::tr("Aiva asks the shop as often as the store's frequency says. Nothing can come in.");
}

QString complianceNote(StoreKind kind) {
    if (kind != StoreKind::Shopify) return {};
    return WebhookWords::tr(
        "Requests about personal data (customers/data_request, customers/redact, shop/redact) no app "
        "can ask for: enter the same address under compliance webhooks in the app's version in the "
        "Dev Dashboard.");
}

} // namespace aiva
