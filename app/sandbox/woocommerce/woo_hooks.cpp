#include "app/sandbox/woocommerce/woo_hooks.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace aiva::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostHookFailures = 5;

bool isWooTopic(const std::string& topic) {
    static const QRegularExpression form(
        u"^((order|product|coupon)\\.(created|updated|deleted|restored)|customer\\.(created|updated|deleted))$"_s);
    return form.match(QString::fromStdString(topic)).hasMatch();
}

bool isDeliveryUrl(const std::string& text) {
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

} // namespace

std::vector<WooHook> WooHooks::all() const {
    const std::lock_guard lock(m_mutex);
    return m_hooks;
}

std::optional<WooHook> WooHooks::find(std::int64_t id) const {
    const std::lock_guard lock(m_mutex);
    for (const WooHook& hook : m_hooks)
        if (hook.id == id) return hook;
    return std::nullopt;
}

std::optional<WooHook> WooHooks::save(std::int64_t id, const std::string& body) {
    const QJsonObject given = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const std::lock_guard lock(m_mutex);
    const auto known =
        std::find_if(m_hooks.begin(), m_hooks.end(), [id](const WooHook& hook) { return hook.id == id; });
    WooHook hook = known == m_hooks.end() ? WooHook() : *known;
    const auto take = [&given](const char* name, std::string& into) {
        if (const QJsonValue value = given.value(QLatin1StringView(name)); value.isString())
            into = value.toString().toStdString();
    };
    take("name", hook.name);
    take("status", hook.status);
    take("topic", hook.topic);
    take("delivery_url", hook.deliveryUrl);
    take("secret", hook.secret);
    if (!isWooTopic(hook.topic) || !isDeliveryUrl(hook.deliveryUrl)) return std::nullopt;
    if (hook.status == "active") hook.failures = 0;
    if (known != m_hooks.end()) return *known = hook;
    hook.id = ++m_lastId;
    return m_hooks.emplace_back(hook);
}

bool WooHooks::remove(std::int64_t id) {
    const std::lock_guard lock(m_mutex);
    return std::erase_if(m_hooks, [id](const WooHook& hook) { return hook.id == id; }) > 0;
}

std::vector<WooHook> WooHooks::listenersOf(const std::string& topic) const {
    const std::lock_guard lock(m_mutex);
    std::vector<WooHook> listeners;
    for (const WooHook& hook : m_hooks)
        if (hook.topic == topic && hook.status == "active") listeners.push_back(hook);
    return listeners;
}

void WooHooks::noteDelivery(std::int64_t id, bool isTaken) {
    const std::lock_guard lock(m_mutex);
    for (WooHook& hook : m_hooks) {
        if (hook.id != id) continue;
        hook.failures = isTaken ? 0 : hook.failures + 1;
        if (hook.failures > kMostHookFailures) hook.status = "disabled";
    }
}

void writeWooHook(JsonText& out, const WooHook& hook) {
    const auto member = [&out](const char* name, const std::string& value) {
        out.raw(",\"");
        out.raw(name);
        out.raw("\":");
        out.text(value);
    };
    out.raw("{\"id\":");
    out.integer(hook.id);
    member("name", hook.name);
    member("status", hook.status);
    member("topic", hook.topic);
    member("resource", hook.topic.substr(0, hook.topic.find('.')));
    member("event", hook.topic.substr(hook.topic.find('.') + 1));
    member("delivery_url", hook.deliveryUrl);
    out.raw('}');
}

} // namespace aiva::sandbox
