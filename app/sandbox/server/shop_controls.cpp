// The part of ShopService that is no shop: faults, touches, truth, statistics.
#include "app/sandbox/server/record_truth.h"
#include "app/sandbox/server/shop_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

HttpAnswer json(int status, const QJsonObject& object) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    return answer;
}

HttpAnswer refusal(const QString& why) {
    return json(400, QJsonObject{{u"error"_s, why}});
}

HttpAnswer shopError(int status, std::string body) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

HttpAnswer faultAnswer(const std::string& kind) {
    HttpAnswer answer;
    if (kind == "401")
        return shopError(401, "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong "
                              "password)\"}");
    if (kind == "402")
        return shopError(402, "{\"errors\":\"This shop is unavailable: the shop's owner has an unpaid balance.\"}");
    if (kind == "403")
        return shopError(403, "{\"errors\":\"[API] This action requires merchant approval for read_orders scope.\"}");
    if (kind == "404") return shopError(404, "{\"errors\":\"Not Found\"}");
    if (kind == "423") return shopError(423, "{\"errors\":\"[API] This shop is locked.\"}");
    if (kind == "429") {
        answer = shopError(429, "{\"errors\":\"Exceeded 2 calls per second for api client. Reduce request rates to "
                                "resume uninterrupted service.\"}");
        answer.headers.emplace_back("Retry-After", "1.0");
        return answer;
    }
    if (kind == "430") return shopError(430, "{\"errors\":\"Security Rejection\"}");
    if (kind == "503") {
        answer = shopError(503, "{\"errors\":\"Service Unavailable\"}");
        answer.headers.emplace_back("Retry-After", "1");
        return answer;
    }
    if (kind == "500" || kind == "502" || kind == "504")
        return shopError(std::stoi(kind), "{\"errors\":\"Internal Server Error\"}");
    if (kind == "redirect") {
        answer = shopError(302, "");
        answer.headers.emplace_back("Location", "https://elsewhere.example/admin/api/2026-10/graphql.json");
        return answer;
    }
    if (kind == "html") {
        answer =
            shopError(200, "<!doctype html><html><head><title>Something went wrong</title></head><body><h1>There's "
                           "been a glitch…</h1></body></html>");
        answer.contentType = "text/html; charset=utf-8";
        return answer;
    }
    answer.body = "{\"data\":{\"shop\":{\"name\":\"" + std::string(4096, 'x') + "\"}}}";
    answer.delivery = kind == "reset"     ? HttpAnswer::Delivery::Reset
                      : kind == "trickle" ? HttpAnswer::Delivery::Trickle
                                          : HttpAnswer::Delivery::Truncate;
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
        return json(200, QJsonObject{{u"pending"_s, m_faults.pending()}});
    }
    if (question.path == "/sandbox/touch" && question.method == "POST") return touch(question.body);
    if (question.path == "/sandbox/truth") return truth(question.query);
    if (question.path == "/sandbox/stats") return stats();
    return json(404, QJsonObject{{u"error"_s, u"no such control"_s}});
}

// The world's own time goes on from its "now", which need not be today.
UtcTime ShopService::worldTime() const {
    return m_world.now().plusMs(m_clock.monotonicMs() - m_startedMs);
}

// {"orders":["#1042","gid://…"]} or {"orders":3}: the newest three. Likewise customers (ids or e-mails) and products.
HttpAnswer ShopService::touch(const std::string& body) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    if (!document.isObject()) return refusal(u"expected {\"orders\":[…]}"_s);
    QJsonObject touched;
    const QJsonObject wanted = document.object();
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        const auto kind = kindOf(it.key().toStdString());
        if (!kind) return refusal(u"unknown resource: "_s + it.key());
        const auto indices = chooseRecords(m_world, *kind, it.value());
        QJsonArray ids;
        for (const std::int64_t index : indices) {
            m_world.touch(*kind, index, worldTime());
            ids.append(QString::fromStdString(recordId(m_world, *kind, index)));
        }
        touched.insert(it.key(), ids);
    }
    return json(200, QJsonObject{{u"touched"_s, touched}});
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
    const std::lock_guard lock(m_mutex);
    for (const auto& [name, count] : m_counts)
        requests.insert(QString::fromStdString(name), static_cast<qint64>(count));
    return json(200, QJsonObject{{u"requests"_s, requests},
                                 {u"customers"_s, static_cast<qint64>(m_world.customerCount())},
                                 {u"orders"_s, static_cast<qint64>(m_world.orderCount())},
                                 {u"products"_s, static_cast<qint64>(m_world.catalogue().products().size())},
                                 {u"available_points"_s, m_throttle.state().available}});
}

} // namespace aiva::sandbox
