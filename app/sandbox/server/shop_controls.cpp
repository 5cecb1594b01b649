// The part of ShopService that is no shop: faults, touches, deletions, merges, truth, statistics.
#include "app/sandbox/server/record_truth.h"
#include "app/sandbox/server/shop_service.h"
#include "app/sandbox/woocommerce/woo_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <array>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
HttpAnswer jsonAnswer(int status, const QJsonObject& object) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    return answer;
}

namespace {

HttpAnswer refusal(const QString& why) {
    return jsonAnswer(400, QJsonObject{{u"error"_s, why}});
}

// As the shop words them.
struct StatusText {
    std::string_view kind;
    std::string_view body;
    std::string_view retryAfter = {};
};
constexpr std::array kStatusTexts{
    StatusText{"401", "[API] Invalid API key or access token (unrecognized login or wrong password)"},
    StatusText{"402", "This shop is unavailable: the shop's owner has an unpaid balance."},
    StatusText{"403", "[API] This action requires merchant approval for read_orders scope."},
    StatusText{"404", "Not Found"},
    StatusText{"423", "[API] This shop is locked."},
    StatusText{"429",
               "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.",
               "1.0"},
    StatusText{"430", "Security Rejection"},
    StatusText{"500", "Internal Server Error"},
    StatusText{"502", "Bad Gateway"},
    StatusText{"503", "Service Unavailable", "1"},
    StatusText{"504", "Gateway Timeout"},
};

HttpAnswer faultAnswer(const std::string& kind) {
    HttpAnswer answer;
    for (const StatusText& text : kStatusTexts) {
        if (text.kind != kind) continue;
        answer.status = std::stoi(kind);
        answer.body = "{\"errors\":\"" + std::string(text.body) + "\"}";
        if (!text.retryAfter.empty()) answer.headers.emplace_back("Retry-After", text.retryAfter);
        return answer;
    }
    if (kind == "redirect") {
        answer.status = 302;
        answer.headers.emplace_back("Location", "https://elsewhere.example/admin/api/2026-10/graphql.json");
    } else if (kind == "html") {
        answer.body = "<!doctype html><html><head><title>Something went wrong</title></head><body><h1>There's been a "
                      "glitch…</h1></body></html>";
        answer.contentType = "text/html; charset=utf-8";
    } else {
        answer.body = "{\"data\":{\"shop\":{\"name\":\"" + std::string(4096, 'x') + "\"}}}";
        answer.delivery = kind == "reset"     ? HttpAnswer::Delivery::Reset
                          : kind == "trickle" ? HttpAnswer::Delivery::Trickle
                                              : HttpAnswer::Delivery::Truncate;
    }
    return answer;
}

} // namespace

std::optional<HttpAnswer> ShopService::struck(std::string_view label) {
    const auto kind = m_faults.strike(FaultStage::Http, label);
    if (!kind) return std::nullopt;
    countRequest("fault " + *kind);
    if (*kind == "throttled") return throttledAnswer(100);
    return faultAnswer(*kind);
}

HttpAnswer ShopService::control(const HttpQuestion& question) {
    if (question.path == "/sandbox/faults" && question.method == "POST") {
        const auto done = m_faults.order(QByteArray::fromStdString(question.body));
        if (!done) return refusal(done.error().detail);
        return jsonAnswer(200, QJsonObject{{u"pending"_s, m_faults.pending()}});
    }
    if (question.path == "/sandbox/woocommerce" && question.method == "POST") return changeWoo(question.body);
    if (question.path == "/sandbox/oauth" && question.method == "POST") return changeGrant(question.body);
    if (question.path == "/sandbox/touch" && question.method == "POST") return touch(question.body);
    if (question.path == "/sandbox/delete" && question.method == "POST") return remove(question.body);
    if (question.path == "/sandbox/merge" && question.method == "POST") return merge(question.body);
    if (question.path == "/sandbox/webhooks" && question.method == "POST") return sendWebhooks(question.body);
    if (question.path == "/sandbox/webhooks") return listWebhooks();
    if (question.path == "/sandbox/truth") return truth(question.query);
    if (question.path == "/sandbox/stats") return stats();
    return jsonAnswer(404, QJsonObject{{u"error"_s, u"no such control"_s}});
}

HttpAnswer ShopService::changeWoo(const std::string& body) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    if (!document.isObject()) return refusal(u"expected {\"permalinks\":\"plain\", …}"_s);
    const QString wrong = m_woo->change(document.object());
    return wrong.isEmpty() ? jsonAnswer(200, document.object()) : refusal(wrong);
}

// The world's own time goes on from its "now", which need not be today.
UtcTime ShopService::worldTime() const {
    return m_world.now().plusMs(m_clock.monotonicMs() - m_startedMs);
}

// {"orders":["#1042","gid://…"]} or {"orders":3}: the newest three. Likewise customers (ids or e-mails) and products.
HttpAnswer ShopService::change(const std::string& body, const QString& done,
                               const std::function<void(World::Kind, std::int64_t)>& change) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    if (!document.isObject()) return refusal(u"expected {\"orders\":[…]}"_s);
    QJsonObject changed;
    const QJsonObject wanted = document.object();
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        const auto kind = kindOf(it.key().toStdString());
        if (!kind) return refusal(u"unknown resource: "_s + it.key());
        const auto indices = chooseRecords(m_world, *kind, it.value());
        QJsonArray ids;
        for (const std::int64_t index : indices) {
            change(*kind, index);
            ids.append(QString::fromStdString(recordId(m_world, *kind, index)));
        }
        changed.insert(it.key(), ids);
    }
    return jsonAnswer(200, QJsonObject{{done, changed}});
}

HttpAnswer ShopService::touch(const std::string& body) {
    return change(body, u"touched"_s,
                  [this](World::Kind kind, std::int64_t index) { m_world.touch(kind, index, worldTime()); });
}

HttpAnswer ShopService::remove(const std::string& body) {
    return change(body, u"deleted"_s, [this](World::Kind kind, std::int64_t index) { m_world.remove(kind, index); });
}

// {"from":"a@example.com","into":"b@example.com"}
HttpAnswer ShopService::merge(const std::string& body) {
    const QJsonObject wanted = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const auto find = [&](const QString& key) {
        const auto found = chooseRecords(m_world, World::Kind::Customer, QJsonArray{wanted.value(key)});
        return found.empty() ? std::int64_t(-1) : found.front();
    };
    const std::int64_t from = find(u"from"_s);
    const std::int64_t into = find(u"into"_s);
    if (from < 0 || into < 0 || from == into) return refusal(u"expected two customers, from and into"_s);
    m_world.mergeCustomers(from, into, worldTime());
    return jsonAnswer(200, QJsonObject{{u"from"_s, QString::fromStdString(m_world.customerGid(from))},
                                       {u"into"_s, QString::fromStdString(m_world.customerGid(into))}});
}

HttpAnswer ShopService::truth(const std::string& query) {
    const QUrlQuery asked(QString::fromStdString(query));
    const auto kind = kindOf(asked.queryItemValue(u"resource"_s).toStdString());
    if (!kind) return refusal(u"resource=customers|orders|products"_s);
    FieldArguments arguments;
    arguments.query = asked.queryItemValue(u"query"_s, QUrl::FullyDecoded).toStdString();
    HttpAnswer answer;
    answer.body = truthOf(m_context, m_index, *kind, arguments.query);
    return answer;
}

HttpAnswer ShopService::stats() {
    QJsonObject requests;
    const Throttle::State points = m_throttle.state();
    const std::lock_guard lock(m_mutex);
    for (const auto& [name, count] : m_counts)
        requests.insert(QString::fromStdString(name), static_cast<qint64>(count));
    return jsonAnswer(200, QJsonObject{{u"requests"_s, requests},
                                       {u"customers"_s, static_cast<qint64>(m_world.customerCount())},
                                       {u"orders"_s, static_cast<qint64>(m_world.orderCount())},
                                       {u"products"_s, static_cast<qint64>(m_world.catalogue().products().size())},
                                       {u"available_points"_s, points.available},
                                       {u"spent_points"_s, points.spent}});
}

} // namespace aiva::sandbox
