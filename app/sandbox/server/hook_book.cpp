#include "app/sandbox/server/hook_book.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace aiva::sandbox {

using namespace Qt::StringLiterals;

namespace {

// Topics beyond what this shop grants.
constexpr std::array<std::string_view, 5> kUngranted{"CUSTOMERS_MERGE", "FULFILLMENTS_CREATE", "FULFILLMENTS_UPDATE",
                                                     "FULFILLMENT_EVENTS_CREATE", "DRAFT_ORDERS_CREATE"};
constexpr std::array<std::string_view, 13> kFamilies{
    "APP_UNINSTALLED", "APP_SCOPES_",   "BULK_OPERATIONS_",    "CUSTOMERS_", "CUSTOMER_TAGS_",
    "DRAFT_ORDERS_",   "FULFILLMENTS_", "FULFILLMENT_EVENTS_", "ORDERS_",    "PRODUCTS_",
    "REFUNDS_",        "RETURNS_",      "SHOP_UPDATE"};
// Taken from the app's configuration, not from its API.
constexpr std::array<std::string_view, 3> kCompliance{"CUSTOMERS_DATA_REQUEST", "CUSTOMERS_REDACT", "SHOP_REDACT"};

std::string slashed(std::string topic) {
    if (topic.starts_with("CUSTOMER_TAGS_"))
        topic.replace(8, 1, ".");
    else if (const auto at = topic.find('_'); at != std::string::npos)
        topic[at] = '/';
    for (char& c : topic)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return topic;
}

std::string enumerated(std::string topic) {
    for (char& c : topic)
        c = c == '/' || c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return topic;
}

template <typename List>
bool isAmong(const List& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Why the shop does not deliver there; empty when it does.
std::string wrongAddress(const std::string& uri) {
    const QString text = QString::fromStdString(uri);
    if (text.startsWith("pubsub:"_L1)) {
        static const QRegularExpression form(u"^pubsub://[a-z][a-z0-9-]+:[A-Za-z][A-Za-z0-9._~+%-]{2,254}$"_s);
        return form.match(text).hasMatch()
                   ? std::string()
                   : "Address is not a valid GCP pub/sub format. Format should be pubsub://project:topic";
    }
    const QUrl url(text, QUrl::StrictMode);
    const bool isHere = url.host() == "127.0.0.1"_L1;
    if (!url.isValid() || url.host().isEmpty()) return "Address is invalid";
    if (url.scheme() != "https"_L1 && !(isHere && url.scheme() == "http"_L1))
        return "Address protocol " + url.scheme().toStdString() + ":// is not supported";
    const bool isInternal =
        (isHere && url.scheme() == "https"_L1) || url.host() == "localhost"_L1 || url.host().endsWith("shopify.com"_L1);
    return isInternal ? "Address cannot be a Shopify or an internal domain" : std::string();
}

HookAnswer refusedHook(std::string message) {
    HookAnswer answer;
    answer.errors.push_back({{}, std::move(message)});
    return answer;
}

void assign(HookView& hook, const HookDoor::Input& input) {
    for (const auto& [name, value] : input) {
        if (name == "uri") hook.uri = value;
        if (name == "format") hook.format = value;
        if (name == "name") hook.name = value;
    }
}

} // namespace

std::vector<HookView> HookBook::list() {
    const std::lock_guard lock(m_mutex);
    return m_hooks;
}

HookAnswer HookBook::save(HookView hook) {
    if (std::string wrong = wrongAddress(hook.uri); !wrong.empty()) return refusedHook(std::move(wrong));
    const bool isTaken = std::any_of(m_hooks.begin(), m_hooks.end(), [&](const HookView& other) {
        return other.id != hook.id && other.topic == hook.topic && other.uri == hook.uri;
    });
    if (isTaken) return refusedHook("Address for this topic has already been taken");
    const auto known =
        std::find_if(m_hooks.begin(), m_hooks.end(), [&](const HookView& other) { return other.id == hook.id; });
    if (known != m_hooks.end())
        *known = hook;
    else
        m_hooks.push_back(hook);
    HookAnswer answer;
    answer.hook = std::move(hook);
    return answer;
}

HookAnswer HookBook::create(const std::string& topic, const Input& input) {
    const bool isKnown = std::any_of(kFamilies.begin(), kFamilies.end(),
                                     [&](std::string_view family) { return topic.starts_with(family); });
    if (!isKnown || isAmong(kCompliance, topic)) return refusedHook("Topic is invalid");
    if (isAmong(kUngranted, topic))
        return refusedHook("You do not have permission to create or update webhooks with " + slashed(topic) +
                           " topic. This topic contains protected customer data.");
    const std::lock_guard lock(m_mutex);
    HookView hook;
    hook.id = "gid://shopify/WebhookSubscription/" + std::to_string(++m_lastId);
    hook.topic = topic;
    assign(hook, input);
    return save(std::move(hook));
}

HookAnswer HookBook::update(const std::string& id, const Input& input) {
    const std::lock_guard lock(m_mutex);
    for (const HookView& known : m_hooks) {
        if (known.id != id) continue;
        HookView hook = known;
        assign(hook, input);
        return save(std::move(hook));
    }
    return refusedHook("Webhook subscription does not exist");
}

HookAnswer HookBook::remove(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (std::erase_if(m_hooks, [&](const HookView& hook) { return hook.id == id; }) == 0)
        return refusedHook("Webhook subscription does not exist");
    HookAnswer answer;
    answer.deletedId = id;
    return answer;
}

std::vector<HookView> HookBook::listenersOf(const std::string& topic) {
    const std::lock_guard lock(m_mutex);
    std::vector<HookView> listeners;
    for (const HookView& hook : m_hooks)
        if (hook.topic == enumerated(topic)) listeners.push_back(hook);
    return listeners;
}

} // namespace aiva::sandbox
