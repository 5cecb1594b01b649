#include "app/sandbox/woocommerce/woo_gate.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QUrl>

#include <array>
#include <cstdlib>

namespace aiva::sandbox {
namespace {

constexpr std::int64_t kWindowSeconds = 15 * 60;
constexpr std::array<const char*, 5> kSignatureParts{"oauth_consumer_key", "oauth_timestamp", "oauth_nonce",
                                                     "oauth_signature", "oauth_signature_method"};

WooError keyError(std::string message) {
    return {401, "woocommerce_rest_authentication_error", std::move(message)};
}

std::string phpRawUrlEncode(const std::string& text) {
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

std::string phpUrlDecode(std::string text) {
    for (char& c : text)
        if (c == '+') c = ' ';
    return QByteArray::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
}

// Encoded twice, as WooCommerce does it: once each, then every % again.
std::string normalizedPart(const std::string& text) {
    std::string twice;
    for (const char c : phpRawUrlEncode(text))
        twice += c == '%' ? std::string("%25") : std::string(1, c);
    return twice;
}

std::string expectedSignature(const std::string& method, const std::string& url, const WooQuery& query,
                              const std::string& secret) {
    std::map<std::string, std::string> sorted;
    for (const auto& [name, value] : query)
        if (name != "oauth_signature") sorted[normalizedPart(name)] = normalizedPart(value);
    std::string joined;
    for (const auto& [name, value] : sorted) {
        if (!joined.empty()) joined += "%26";
        joined += name + "%3D" + value;
    }
    const std::string base = method + '&' + phpRawUrlEncode(url) + '&' + joined;
    const bool isSha1 = query.at("oauth_signature_method") == "HMAC-SHA1";
    return QMessageAuthenticationCode::hash(QByteArray::fromStdString(base), QByteArray::fromStdString(secret + '&'),
                                            isSha1 ? QCryptographicHash::Sha1 : QCryptographicHash::Sha256)
        .toBase64()
        .toStdString();
}

} // namespace

WooQuery readWooQuery(const std::string& query) {
    WooQuery fields;
    std::size_t from = 0;
    while (from < query.size()) {
        const std::size_t end = std::min(query.find('&', from), query.size());
        const std::string part = query.substr(from, end - from);
        const std::size_t equals = part.find('=');
        const std::string value = equals == std::string::npos ? std::string() : part.substr(equals + 1);
        if (!part.empty()) fields[phpUrlDecode(part.substr(0, equals))] = phpUrlDecode(value);
        from = end + 1;
    }
    return fields;
}

std::optional<WooError> WooGate::check(const std::string& method, const std::string& url, const WooQuery& query,
                                       UtcTime now) {
    std::string missing;
    std::size_t present = 0;
    for (const char* part : kSignatureParts) {
        const auto found = query.find(part);
        if (found != query.end() && !found->second.empty())
            ++present;
        else
            missing += missing.empty() ? part : std::string(", ") + part;
    }
    // Not even an attempt: a stranger.
    if (present == 0) return WooError{401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."};
    if (!missing.empty())
        return WooError{401, "woocommerce_rest_authentication_missing_parameter", "Missing OAuth parameter " + missing};
    if (query.at("oauth_consumer_key") != m_key) return keyError("Consumer key is invalid.");
    const std::string& signing = query.at("oauth_signature_method");
    if (signing != "HMAC-SHA1" && signing != "HMAC-SHA256")
        return keyError("Invalid signature - signature method is invalid.");
    if (expectedSignature(method, url, query, m_secret) != query.at("oauth_signature"))
        return keyError("Invalid signature - provided signature does not match.");
    return checkNonce(std::atoll(query.at("oauth_timestamp").c_str()), query.at("oauth_nonce"), now);
}

std::optional<WooError> WooGate::checkNonce(std::int64_t timestamp, const std::string& nonce, UtcTime now) {
    const std::int64_t seconds = now.ms() / 1000;
    if (std::llabs(timestamp - seconds) > kWindowSeconds) return keyError("Invalid timestamp.");
    const std::lock_guard lock(m_mutex);
    if (m_nonces.contains(nonce)) return keyError("Invalid nonce - nonce has already been used.");
    std::erase_if(m_nonces, [&](const auto& known) { return known.second < seconds - 2 * kWindowSeconds; });
    m_nonces[nonce] = timestamp;
    return std::nullopt;
}

} // namespace aiva::sandbox
