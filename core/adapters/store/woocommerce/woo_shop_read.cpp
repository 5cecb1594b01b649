#include "core/adapters/store/woocommerce/woo_shop_read.h"

#include "core/adapters/store/woocommerce/html_text.h"
#include "core/adapters/store/woocommerce/site_url.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The whole index lists every route of the site; nobody needs those.
const RestRequest kIndex{
    .path = "", .parameters = {{"_fields", "name,url,home,namespaces,timezone_string,gmt_offset"}}, .isOptional = true};
const RestRequest kStatus{
    .path = "wc/v3/system_status", .parameters = {{"_fields", "environment,settings"}}, .isOptional = true};
const RestRequest kNewestOrder{"wc/v3/orders", {{"per_page", "1"}, {"_fields", "id,currency"}}};

bool hasWooCommerce(const std::vector<std::string>& namespaces) {
    return std::find(namespaces.begin(), namespaces.end(), "wc/v3") != namespaces.end();
}

// A city where the shop chose one, else its distance from UTC, in hours that may be halves.
QString siteTimeZone(JsonReader& reader) {
    const std::string city = reader.text("timezone_string");
    if (!city.empty()) return QString::fromStdString(city);
    const auto offset = reader.find("gmt_offset");
    double hours = 0;
    if (!offset || offset->get(hours) != simdjson::SUCCESS) {
        bool isNumber = false;
        hours = QString::fromStdString(reader.text("gmt_offset")).toDouble(&isNumber);
        if (!isNumber) return {};
    }
    const int minutes = qRound(hours * 60);
    if (minutes == 0) return u"UTC"_s;
    const QChar sign = minutes < 0 ? u'-' : u'+';
    return u"UTC%1%2:%3"_s.arg(sign)
        .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
        .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

// A key may be good and its owner still not see the shop's settings.
bool mayStillReadOrders(const Error& error) {
    return error.cause == ErrorCause::ScopeMissing || error.kind == ErrorKind::Timeout ||
           error.kind == ErrorKind::Network ||
           (error.kind == ErrorKind::NotFound && error.cause != ErrorCause::NoRestApi);
}

} // namespace

WooShopRead::WooShopRead(WooClient& client, const QString& knownCurrency, QObject* parent)
    : QObject(parent), m_client(client) {
    m_facts.domain = siteDomain(client.endpoint().site);
    m_facts.externalId = m_facts.domain;
    m_facts.currency = knownCurrency;
    m_facts.historyLimited = false;
}

Future<ShopFacts> WooShopRead::start() {
    RestRequest index = kIndex;
    index.refusal = std::make_shared<RestRefusal>();
    whenDone(m_client.get(index), this,
             [this, refusal = index.refusal](const Result<RestAnswer>& answered) { onIndex(answered, *refusal); });
    return m_answer.future();
}

void WooShopRead::onIndex(const Result<RestAnswer>& answered, const RestRefusal& refusal) {
    if (answered) {
        if (const auto read = readIndex(*answered); !read) return answer(read.error());
    } else if (refusal.status == 0 || refusal.status >= 500) { // no word of WordPress itself
        return answer(answered.error());
    }
    // A site may hide what it is from strangers; the key decides.
    askStatus();
}

Result<void> WooShopRead::readIndex(const RestAnswer& answered) {
    const auto object = asObject(answered.document.root());
    std::string ignored;
    if (!object || !JsonReader(*object, ignored).array("namespaces"))
        return noRestApiError(u"the address answers, but not as WordPress does"_s);
    JsonReader reader(*object, ignored);
    m_facts.name = QString::fromStdString(plainText(reader.text("name")));
    const auto home = normalizedSiteUrl(QString::fromStdString(reader.text("home")));
    if (home) m_client.setHome(*home);
    if (!hasWooCommerce(reader.texts("namespaces")))
        return noRestApiError(u"WordPress answers, but WooCommerce's REST API v3 is not there"_s);
    m_facts.timeZone = siteTimeZone(reader);
    return {};
}

void WooShopRead::askStatus() {
    whenDone(m_client.get(kStatus), this, [this](const Result<RestAnswer>& answered) { onStatus(answered); });
}

void WooShopRead::onStatus(const Result<RestAnswer>& answered) {
    if (!answered) {
        if (mayStillReadOrders(answered.error())) return askOrders();
        return answer(answered.error());
    }
    std::string ignored;
    const auto object = asObject(answered->document.root());
    const auto environment = object ? JsonReader(*object, ignored).object("environment") : std::nullopt;
    const auto settings = object ? JsonReader(*object, ignored).object("settings") : std::nullopt;
    if (environment) {
        const std::string version = JsonReader(*environment, ignored).text("version");
        const std::string named = version.empty() ? JsonReader(*environment, ignored).text("wc_version") : version;
        m_facts.plan = named.empty() ? u"WooCommerce"_s : u"WooCommerce "_s + QString::fromStdString(named);
    }
    const std::string code = settings ? JsonReader(*settings, ignored).text("currency") : std::string();
    if (!Currency::parse(code)) return askOrders();
    m_facts.currency = QString::fromStdString(code);
    answer(m_facts);
}

void WooShopRead::askOrders() {
    whenDone(m_client.get(kNewestOrder), this, [this](const Result<RestAnswer>& answered) { onOrders(answered); });
}

void WooShopRead::onOrders(const Result<RestAnswer>& answered) {
    if (!answered) return answer(answered.error());
    const auto list = asArray(answered->document.root());
    if (!list) return answer(noRestApiError(u"the address answers, but not as WooCommerce does"_s));
    for (const JsonElement element : *list) {
        const auto object = asObject(element);
        std::string ignored;
        const std::string code = object ? JsonReader(*object, ignored).text("currency") : std::string();
        if (Currency::parse(code)) m_facts.currency = QString::fromStdString(code);
    }
    if (m_facts.plan.isEmpty()) m_facts.plan = u"WooCommerce"_s;
    answer(m_facts);
}

void WooShopRead::answer(Result<ShopFacts> result) {
    m_answer.say(std::move(result));
    deleteLater();
}

} // namespace aiva
