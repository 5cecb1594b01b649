#include "core/adapters/store/woocommerce/woo_webhooks.h"

#include "core/adapters/store/woocommerce/html_text.h"
#include "core/adapters/store/woocommerce/woo_json.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr const char* kWebhooksPath = "wc/v3/webhooks";
constexpr int kWebhooksPage = 100;
// A site with more is not one we can be sure about.
constexpr int kMostWebhookPages = 20;

WebhookSubscription readWooWebhook(JsonObject object) {
    std::string ignored;
    JsonReader reader(object, ignored);
    WebhookSubscription one;
    one.id = QString::fromStdString(wooId(reader, "id"));
    one.name = QString::fromStdString(decodedText(reader, "name"));
    one.isActive = reader.text("status") == "active";
    one.topic = QString::fromStdString(reader.text("topic"));
    one.address = QString::fromStdString(reader.text("delivery_url"));
    return one;
}

QByteArray bodyOf(const SubscriptionWish& wish) {
    QJsonObject body{{u"name"_s, wish.name},
                     {u"status"_s, u"active"_s},
                     {u"topic"_s, wish.topic},
                     {u"delivery_url"_s, wish.address}};
    if (!wish.key.isEmpty()) {
        const std::string_view key = wish.key.reveal();
        body.insert(u"secret"_s, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

// What a key that only reads is told, in words of what was tried.
Error webhookError(const Error& error) {
    if (error.cause != ErrorCause::ScopeMissing) return error;
    return {ErrorKind::Auth, u"webhooks need a key with the permission Read/Write, of a user who manages the shop"_s,
            ErrorCause::KeyReadsOnly};
}

// Chains like andThen, with the error in those words.
template <typename T, typename Fn>
Future<T> readOf(const Future<RestAnswer>& asked, QObject* context, Fn read) {
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    whenDone(asked, context, [promise, read](const Result<RestAnswer>& answer) {
        promise->addResult(answer ? read(*answer) : Result<T>(webhookError(answer.error())));
        promise->finish();
    });
    return promise->future();
}

QByteArray webhookPath(const QString& id) {
    return QByteArray(kWebhooksPath) + '/' + id.toLatin1();
}

// An id comes from the site itself; it goes into an address all the same.
bool isWebhookId(const QString& id) {
    bool isNumber = false;
    return id.toLongLong(&isNumber) > 0 && isNumber;
}

Error noSuchWebhook() {
    return {ErrorKind::NotFound, u"the shop has no such webhook"_s};
}

} // namespace

Future<std::vector<WebhookSubscription>> WooWebhooks::subscriptions() {
    return pagesFrom(1, {});
}

Future<std::vector<WebhookSubscription>> WooWebhooks::pagesFrom(int page, std::vector<WebhookSubscription> known) {
    using Found = std::vector<WebhookSubscription>;
    struct Page {
        Found found;
        bool isLast = true;
    };
    RestRequest request{kWebhooksPath,
                        {{"per_page", QByteArray::number(kWebhooksPage)},
                         {"page", QByteArray::number(page)},
                         {"orderby", "id"},
                         {"order", "asc"},
                         {"status", "all"}}};
    const auto read = [page, known = std::move(known)](const RestAnswer& answer) -> Result<Page> {
        const auto list = asArray(answer.document.root());
        if (!list) return noListError();
        Page made{known, true};
        for (const JsonElement element : *list)
            if (const auto object = asObject(element)) made.found.push_back(readWooWebhook(*object));
        made.isLast = answer.totalPages ? page >= *answer.totalPages : list->size() < kWebhooksPage;
        return made;
    };
    return andThen(readOf<Page>(m_client.send(std::move(request)), &m_context, read), &m_context,
                   [this, page](const Page& made) -> Future<Found> {
                       if (made.isLast) return readyFuture<Found>(made.found);
                       if (page >= kMostWebhookPages)
                           return readyFuture<Found>(Error{ErrorKind::Invalid, u"the list of webhooks has no end"_s});
                       return pagesFrom(page + 1, made.found);
                   });
}

Future<QString> WooWebhooks::write(RestRequest request) {
    return readOf<QString>(
        m_client.send(std::move(request)), &m_context, [](const RestAnswer& answer) -> Result<QString> {
            const auto object = asObject(answer.document.root());
            if (!object) return Error{ErrorKind::Invalid, u"the shop answered something else than a webhook"_s};
            const WebhookSubscription made = readWooWebhook(*object);
            if (made.id.isEmpty()) return Error{ErrorKind::Invalid, u"the shop names no webhook"_s};
            return made.id;
        });
}

// Where something on the way sent the request twice, the refusal may be the second one's: the first made the webhook.
Future<QString> WooWebhooks::subscribe(const SubscriptionWish& wish) {
    RestRequest request{kWebhooksPath, {}, HttpRequest::Method::Post, bodyOf(wish)};
    request.mayRepeat = false;
    request.refusal = std::make_shared<RestRefusal>();
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const auto say = [promise](const Result<QString>& id) {
        promise->addResult(id);
        promise->finish();
    };
    whenDone(write(request), &m_context, [this, say, wish, refusal = request.refusal](const Result<QString>& id) {
        // In another language it cannot be told from a key that only reads.
        if (id || refusal->code != "woocommerce_rest_authentication_error") return say(id);
        whenDone(made(wish, id.error()), &m_context, say);
    });
    return promise->future();
}

Future<QString> WooWebhooks::made(const SubscriptionWish& wish, const Error& otherwise) {
    return andThen(subscriptions(), &m_context, [wish, otherwise](const std::vector<WebhookSubscription>& listed) {
        for (const WebhookSubscription& one : listed)
            if (one.isActive && one.name == wish.name && one.topic == wish.topic && one.address == wish.address)
                return readyFuture<QString>(one.id);
        return readyFuture<QString>(otherwise);
    });
}

Future<QString> WooWebhooks::resubscribe(const QString& id, const SubscriptionWish& wish) {
    if (!isWebhookId(id)) return readyFuture<QString>(noSuchWebhook());
    return write({webhookPath(id), {}, HttpRequest::Method::Post, bodyOf(wish)});
}

Future<bool> WooWebhooks::unsubscribe(const QString& id) {
    if (!isWebhookId(id)) return readyFuture<bool>(noSuchWebhook());
    RestRequest request{webhookPath(id), {{"force", "true"}}, HttpRequest::Method::Delete};
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    whenDone(m_client.send(std::move(request)), &m_context, [promise](const Result<RestAnswer>& answer) {
        const bool isDone = answer || answer.error().kind == ErrorKind::NotFound;
        promise->addResult(isDone ? Result<bool>(true) : Result<bool>(webhookError(answer.error())));
        promise->finish();
    });
    return promise->future();
}

} // namespace aiva
