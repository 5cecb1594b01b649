#include "core/adapters/store/woocommerce/rest_errors.h"

#include <array>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;
using Kind = RestRefusal::Kind;

std::string cleanRestCode(const std::string& code) {
    const bool clean =
        code.size() <= 80 && code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
    return clean ? code : std::string();
}

struct Phrase {
    std::string_view words;
    Kind kind;
};

// As WooCommerce words it in English.
constexpr std::array kPhrases{
    Phrase{"Consumer key is", Kind::KeyUnknown},
    Phrase{"Consumer secret is", Kind::KeyUnknown},
    Phrase{"Invalid signature", Kind::BadSignature},
    Phrase{"Invalid timestamp", Kind::BadTimestamp},
    Phrase{"Invalid nonce", Kind::NonceUsed},
    Phrase{"does not have", Kind::MayNotRead},
    Phrase{"cannot be used to access", Kind::MayNotRead},
};

Kind kindOfKeyTrouble(const std::string& message) {
    for (const Phrase& phrase : kPhrases)
        if (message.find(phrase.words) != std::string::npos) return phrase.kind;
    return Kind::Unclear;
}

Kind kindOfRefusal(const std::string& code, const std::string& message, int status) {
    if (code == "woocommerce_rest_authentication_error") return kindOfKeyTrouble(message);
    if (code == "woocommerce_rest_authentication_missing_parameter") return Kind::PartsMissing;
    if (code == "rest_no_route") return Kind::RouteMissing;
    if (code == "rest_post_invalid_page_number" || code == "rest_user_invalid_page_number") return Kind::PageBeyondEnd;
    if (code == "rest_invalid_param") return Kind::BadParameter;
    if (status == 401) return Kind::NotSignedIn;
    if (status == 403) return Kind::MayNotRead;
    return Kind::Other;
}

QString described(const RestRefusal& refusal) {
    QString text = u"the shop answered HTTP %1"_s.arg(refusal.status);
    if (!refusal.code.empty()) text += u" (%1)"_s.arg(QString::fromStdString(refusal.code));
    return text;
}

Error statusFailure(int status, const QString& detail) {
    if (status == 404) return {ErrorKind::NotFound, detail};
    if (status == 429) return {ErrorKind::RateLimited, detail};
    if (status == 408 || status == 504 || status == 524) return {ErrorKind::Timeout, detail};
    if (status >= 500) return {ErrorKind::Network, detail};
    return {ErrorKind::Invalid, detail};
}

} // namespace

int statusWithin(JsonElement root, int httpStatus) {
    const auto object = asObject(root);
    if (httpStatus < 200 || httpStatus >= 300 || !object) return httpStatus;
    std::string ignored;
    JsonReader reader(*object, ignored);
    if (reader.text("code").empty() || !reader.find("message")) return httpStatus;
    const auto data = reader.object("data");
    const auto said = data ? JsonReader(*data, ignored).integer("status") : std::nullopt;
    return said && *said >= 400 && *said < 600 ? static_cast<int>(*said) : httpStatus;
}

std::optional<RestRefusal> readRefusal(JsonElement root, int status) {
    const auto object = asObject(root);
    if (!object) return {};
    std::string ignored;
    JsonReader reader(*object, ignored);
    RestRefusal refusal;
    refusal.status = status;
    const std::string code = reader.text("code");
    if (code.empty()) return {};
    refusal.code = cleanRestCode(code);
    refusal.kind = kindOfRefusal(code, reader.text("message"), status);
    return refusal;
}

Error refusalError(const RestRefusal& refusal) {
    const QString detail = described(refusal);
    switch (refusal.kind) {
    case Kind::KeyUnknown:
    case Kind::BadSignature:
    case Kind::Unclear:
        return {ErrorKind::Auth, detail, ErrorCause::TokenRefused};
    case Kind::BadTimestamp:
        return clockSkewError();
    case Kind::NotSignedIn:
    case Kind::PartsMissing:
        return keyNeverArrivedError();
    case Kind::MayNotRead:
        return {ErrorKind::Auth, u"the key may not read this; "_s + detail, ErrorCause::ScopeMissing};
    case Kind::RouteMissing:
        return noRestApiError(u"WordPress answers, but WooCommerce's REST API v3 is not there"_s);
    case Kind::NonceUsed:
        return {ErrorKind::Network, u"the request arrived twice"_s};
    case Kind::PageBeyondEnd:
    case Kind::BadParameter:
    case Kind::Other:
        break;
    }
    return statusFailure(refusal.status, detail);
}

Error foreignError(int status) {
    // A sign-in of the server itself takes the place in the header where the key should travel.
    if (status == 401)
        return {ErrorKind::Auth, u"the server itself asks for a sign-in (HTTP 401)"_s, ErrorCause::HeaderBlocked};
    if (status == 403)
        return {ErrorKind::Refused, u"something in front of the shop refuses (HTTP 403)"_s, ErrorCause::NoRestApi};
    if (status >= 500 || status == 408 || status == 429)
        return statusFailure(status, u"the server answered HTTP %1"_s.arg(status));
    return noRestApiError(u"a web page came back (HTTP %1)"_s.arg(status));
}

Error keyNeverArrivedError() {
    return {ErrorKind::Auth, u"the shop sees no key in our requests"_s, ErrorCause::HeaderBlocked};
}

Error clockSkewError() {
    return {ErrorKind::Auth, u"the shop's clock and this one differ by more than a quarter of an hour"_s,
            ErrorCause::ClockSkew};
}

Error noRestApiError(const QString& why) {
    return {ErrorKind::NotFound, why, ErrorCause::NoRestApi};
}

Error noListError() {
    return {ErrorKind::Invalid, u"the shop answered something else than a list"_s};
}

} // namespace aiva
