#include "app/sandbox/woocommerce/woo_service.h"

#include "app/sandbox/server/shop_service.h"
#include "app/sandbox/woocommerce/woo_answers.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

constexpr std::string_view kRestRoot = "/wp-json";
constexpr const char* kNotice =
    "<br />\n<b>Deprecated</b>:  Creation of dynamic property Slider::$cache is deprecated in "
    "<b>/srv/wp-content/plugins/slider/main.php</b> on line <b>12</b><br />\n";

std::string keyOfHex(std::uint64_t seed, const char* prefix) {
    Random random(seed ^ 0x3C0FFEEULL ^ static_cast<std::uint64_t>(prefix[1]));
    std::string text = prefix;
    for (int i = 0; i < 40; ++i)
        text += "0123456789abcdef"[random.below(16)];
    return text;
}

bool isFrontPage(const std::string& path) {
    return path == "/" || path == "/index.php";
}

std::string trimmedRoute(std::string route) {
    while (!route.empty() && route.front() == '/')
        route.erase(0, 1);
    while (!route.empty() && route.back() == '/')
        route.pop_back();
    return route;
}

std::optional<World::Kind> collectionOf(const std::string& name) {
    if (name == "orders") return World::Kind::Order;
    if (name == "customers") return World::Kind::Customer;
    if (name == "products") return World::Kind::Product;
    return std::nullopt;
}

} // namespace

WooService::WooService(const World& world, RecordIndex& index, Faults& faults, const SandboxOptions& options,
                       const Clock& clock)
    : m_world(world)
    , m_index(index)
    , m_faults(faults)
    , m_options(options)
    , m_clock(clock)
    , m_gate(keyOfHex(options.seed, "ck_"), keyOfHex(options.seed, "cs_")) {}

bool WooService::isAddressed(const HttpQuestion& question) {
    return question.path.starts_with(kRestRoot) || isFrontPage(question.path);
}

void WooService::setBaseUrl(const std::string& url) {
    const std::lock_guard lock(m_mutex);
    m_behaviour.home = url;
}

WooService::Behaviour WooService::behaviour() const {
    const std::lock_guard lock(m_mutex);
    return m_behaviour;
}

std::string WooService::Asked::number(const char* name, const char* otherwise) const {
    const auto found = query.find(name);
    return found == query.end() || found->second.empty() ? otherwise : found->second;
}

bool WooService::Behaviour::set(const QString& name, const QJsonValue& value) {
    static const QHash<QString, bool Behaviour::*> flags{
        {u"woocommerce"_s, &Behaviour::hasWooCommerce},
        {u"v2"_s, &Behaviour::hasV2},
        {u"hide_index"_s, &Behaviour::hidesIndex},
        {u"strip_signature"_s, &Behaviour::stripsSignature},
        {u"may_read"_s, &Behaviour::mayRead},
        {u"may_write"_s, &Behaviour::mayWrite},
        {u"manages"_s, &Behaviour::manages},
        {u"revoked"_s, &Behaviour::isRevoked},
        {u"notices"_s, &Behaviour::writesNotices},
        {u"hide_totals"_s, &Behaviour::hidesTotals},
    };
    if (const auto flag = flags.constFind(name); flag != flags.constEnd()) {
        this->*(flag.value()) = value.toBool();
        return value.isBool();
    }
    if (name == "clock_skew"_L1) {
        clockSkew = value.toInteger();
        return value.isDouble();
    }
    const QString word = value.toString();
    if (name == "permalinks"_L1) plainPermalinks = word == "plain"_L1;
    if (name == "language"_L1) speaksGerman = word == "de"_L1;
    if (name == "home"_L1) home = word.toStdString();
    return value.isString() && (name == "permalinks"_L1 || name == "language"_L1 || name == "home"_L1);
}

QString WooService::change(const QJsonObject& wanted) {
    const std::lock_guard lock(m_mutex);
    Behaviour next = m_behaviour;
    for (auto it = wanted.begin(); it != wanted.end(); ++it)
        if (!next.set(it.key(), it.value())) return u"no such control, or no such value of it: "_s + it.key();
    m_behaviour = next;
    return {};
}

HttpAnswer WooService::answer(const HttpQuestion& question) {
    Asked asked;
    asked.behaviour = behaviour();
    asked.method = question.method;
    asked.body = question.body;
    asked.query = readWooQuery(question.query);
    HttpAnswer answer = cleanAnswer(question, asked);
    if (asked.behaviour.hidesTotals)
        std::erase_if(answer.headers, [](const auto& header) { return header.first.starts_with("X-WP-"); });
    if (asked.behaviour.writesNotices && answer.contentType.starts_with("application/json")) {
        answer.body.insert(0, kNotice);
        // What has begun to be written has its status.
        if (answer.status >= 400 && answer.status < 500) answer.status = 200;
    }
    return answer;
}

HttpAnswer WooService::cleanAnswer(const HttpQuestion& question, Asked& asked) {
    const bool isPretty = question.path.starts_with(kRestRoot);
    if (isPretty && asked.behaviour.plainPermalinks) return wooPage(404, "Page not found");
    if (!isPretty && !asked.query.contains("rest_route")) return wooPage(200, m_options.shopName.toStdString());
    asked.route = trimmedRoute(isPretty ? question.path.substr(kRestRoot.size()) : asked.query["rest_route"]);
    if (const auto fields = asked.query.find("_fields"); fields != asked.query.end())
        for (const std::string& field : splitBy(fields->second, ','))
            asked.wanted.insert(field);
    if (auto fault = struck(asked.route)) return *fault;
    const bool isWritable = asked.route == "wc/v3/webhooks" || asked.route.starts_with("wc/v3/webhooks/");
    if (question.method != "GET" && !isWritable)
        return wooRefusal({404, "rest_no_route", kNoRouteText}, asked.behaviour.speaksGerman);
    if (asked.route.empty()) return index(asked);
    if (!asked.behaviour.hasWooCommerce)
        return wooRefusal({404, "rest_no_route", kNoRouteText}, asked.behaviour.speaksGerman);
    if (auto no = refused(question, asked)) return *no;
    return dispatch(asked);
}

std::optional<HttpAnswer> WooService::refused(const HttpQuestion& question, const Asked& asked) {
    WooQuery query = asked.query;
    if (asked.behaviour.stripsSignature)
        std::erase_if(query, [](const auto& one) { return one.first.starts_with("oauth_"); });
    // WordPress signs the front page's address without its slash.
    const std::string path = question.path == "/" ? std::string() : question.path;
    const UtcTime now = m_clock.now().plusSeconds(asked.behaviour.clockSkew);
    std::optional<WooError> error = m_gate.check(question.method, asked.behaviour.home + path, query, now);
    const bool isReading = question.method == "GET";
    if (!error && asked.behaviour.isRevoked)
        error = {401, "woocommerce_rest_authentication_error", "Consumer key is invalid."};
    if (!error && !isReading && !asked.behaviour.mayWrite)
        error = {401, "woocommerce_rest_authentication_error", "The API key provided does not have write permissions."};
    if (!error && isReading && !asked.behaviour.mayRead)
        error = {401, "woocommerce_rest_authentication_error", "The API key provided does not have read permissions."};
    if (!error) return std::nullopt;
    return wooRefusal(*error, asked.behaviour.speaksGerman);
}

HttpAnswer WooService::dispatch(const Asked& asked) {
    const std::vector<std::string> parts = splitBy(asked.route, '/');
    const bool isV3 = parts.size() > 2 && parts[0] == "wc" && parts[1] == "v3";
    const bool isV2 = parts.size() == 3 && parts[0] == "wc" && parts[1] == "v2" && parts[2] == "customers";
    const WooError none{404, "rest_no_route", kNoRouteText};
    if (!isV3 && !(isV2 && asked.behaviour.hasV2)) return wooRefusal(none, asked.behaviour.speaksGerman);
    if (parts[2] == "system_status" && parts.size() == 3) {
        if (asked.behaviour.manages) return systemStatus();
        return wooRefusal({403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."},
                          asked.behaviour.speaksGerman);
    }
    if (parts[2] == "webhooks" && parts.size() <= 4) return webhooks(asked, parts);
    const auto kind = collectionOf(parts[2]);
    if (kind && parts.size() == 3) return list(asked, *kind);
    if (kind && parts.size() <= 5)
        return single(asked, parts[2], numberIn(parts[3], -1), parts.size() == 5 ? parts[4] : std::string());
    return wooRefusal(none, asked.behaviour.speaksGerman);
}

HttpAnswer WooService::index(const Asked& asked) const {
    if (asked.behaviour.hidesIndex)
        return wooRefusal({401, "rest_cannot_access", "Only authenticated users can access the REST API."},
                          asked.behaviour.speaksGerman);
    JsonText out;
    out.raw("{\"name\":");
    out.text(m_options.shopName.toStdString() + " &amp; Friends");
    out.raw(",\"description\":\"\",\"url\":");
    out.text(asked.behaviour.home);
    out.raw(",\"home\":");
    out.text(asked.behaviour.home);
    out.raw(",\"gmt_offset\":\"-7\",\"timezone_string\":\"America/Denver\",\"namespaces\":[\"oembed/1.0\"");
    if (asked.behaviour.hasWooCommerce) out.raw(",\"wc/v1\",\"wc/v2\",\"wc/v3\",\"wc-analytics\"");
    out.raw(",\"wp/v2\"],\"authentication\":{}}");
    return wooJson(std::move(out.string()));
}

HttpAnswer WooService::systemStatus() const {
    JsonText out;
    out.raw("{\"environment\":{\"home_url\":");
    out.text(behaviour().home);
    out.raw(
        ",\"version\":\"10.3.0\",\"wp_version\":\"6.8.3\",\"default_timezone\":\"UTC\"},\"settings\":{\"currency\":");
    out.text(m_world.currency().code());
    out.raw("}}");
    return wooJson(std::move(out.string()));
}

void WooService::write(JsonText& out, const Asked& asked, World::Kind kind, std::int64_t index) const {
    switch (kind) {
    case World::Kind::Customer: {
        const bool isV2 = asked.route.starts_with("wc/v2");
        return writeWooCustomer(out, m_world.customer(index), isV2 ? CustomerVersion::V2 : CustomerVersion::V3,
                                asked.wanted);
    }
    case World::Kind::Order:
        return writeWooOrder(out, m_world, m_world.order(index), asked.wanted);
    case World::Kind::Product:
        return writeWooProduct(out, m_world, index, asked.wanted);
    }
}

HttpAnswer WooService::single(const Asked& asked, const std::string& collection, std::int64_t id,
                              const std::string& rest) {
    const World::Kind kind = *collectionOf(collection);
    const std::int64_t index = kind == World::Kind::Order      ? wooOrderIndex(m_world, id)
                               : kind == World::Kind::Customer ? wooCustomerIndex(m_world, id)
                                                               : wooProductIndex(m_world, id);
    const bool isGone = index < 0 || m_world.isGone(kind, index);
    if (isGone)
        return wooRefusal({404, "woocommerce_rest_shop_" + collection.substr(0, collection.size() - 1) + "_invalid_id",
                           "Invalid ID."},
                          asked.behaviour.speaksGerman);
    JsonText out;
    std::int64_t total = 0;
    const std::int64_t size = std::clamp<std::int64_t>(numberIn(asked.number("per_page", "10"), 10), 1, 100);
    const std::int64_t page = std::max<std::int64_t>(1, numberIn(asked.number("page", "1"), 1));
    if (rest == "variations" && kind == World::Kind::Product) {
        const auto from = static_cast<std::size_t>((page - 1) * size);
        total = static_cast<std::int64_t>(m_world.product(static_cast<std::size_t>(index)).variants.size());
        writeWooVariations(out, m_world, index, from, static_cast<std::size_t>(size));
    } else if (rest == "refunds" && kind == World::Kind::Order) {
        const WorldOrder order = m_world.order(index);
        total = static_cast<std::int64_t>(order.record.refunds.size());
        writeWooRefunds(out, order);
    } else if (rest.empty()) {
        write(out, asked, kind, index);
        return wooJson(std::move(out.string()));
    } else {
        return wooRefusal({404, "rest_no_route", kNoRouteText}, asked.behaviour.speaksGerman);
    }
    HttpAnswer answer = wooJson(std::move(out.string()));
    addPaging(answer, total, page, size, asked.behaviour.home + '/' + asked.route);
    return answer;
}

std::optional<HttpAnswer> WooService::struck(const std::string& route) {
    const auto kind = m_faults.strike(FaultStage::Http, faultLabel(route));
    return kind ? std::optional(wooFault(*kind)) : std::nullopt;
}

} // namespace aiva::sandbox
