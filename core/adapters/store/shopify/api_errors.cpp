#include "core/adapters/store/shopify/api_errors.h"

#include <QRegularExpression>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;
using Kind = ApiFault::Kind;

std::string cleanCode(const std::string& code) {
    const bool clean =
        !code.empty() && code.size() <= 60 &&
        code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return clean ? code : std::string();
}

std::string scopesIn(const std::string& text) {
    static const QRegularExpression scope(u"\\b(?:read|write)_[a-z_]{2,60}\\b"_s);
    QStringList scopes;
    auto matches = scope.globalMatch(QString::fromUtf8(text));
    while (matches.hasNext() && scopes.size() < 8)
        scopes << matches.next().captured();
    scopes.removeDuplicates();
    return scopes.join(u' ').toStdString();
}

bool mentions(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

Kind kindOf(const std::string& code, const std::string& message) {
    if (code == "THROTTLED" || message == "Throttled") return Kind::Throttled;
    if (code == "MAX_COST_EXCEEDED") return Kind::TooCostly;
    if (mentions(message, "Invalid API key or access token")) return Kind::Unauthorized;
    if (code == "ACCESS_DENIED" || mentions(message, "Access denied") || mentions(message, "not approved to access"))
        return Kind::AccessDenied;
    if (code == "INTERNAL_SERVER_ERROR" || code == "TIMEOUT" || mentions(message, "Internal error"))
        return Kind::ServerFailure;
    return Kind::Other;
}

std::vector<std::string> readPath(JsonReader& reader) {
    std::vector<std::string> path;
    if (const auto list = reader.array("path")) {
        for (const JsonElement element : *list) {
            std::string_view name;
            int64_t index = 0;
            if (element.get(name) == simdjson::SUCCESS)
                path.emplace_back(name);
            else if (element.get(index) == simdjson::SUCCESS)
                path.push_back(std::to_string(index));
        }
    }
    return path;
}

ApiFault readFault(JsonElement element) {
    ApiFault fault;
    std::string_view bare;
    if (element.get(bare) == simdjson::SUCCESS) {
        fault.kind = kindOf({}, std::string(bare));
        return fault;
    }
    const auto object = asObject(element);
    if (!object) return fault;
    std::string ignored;
    JsonReader reader(*object, ignored);
    const std::string message = reader.text("message");
    std::string access = message;
    if (const auto extensions = reader.object("extensions")) {
        JsonReader details(*extensions, ignored);
        fault.code = cleanCode(details.text("code"));
        access += ' ' + details.text("requiredAccess");
    }
    fault.kind = kindOf(fault.code, message);
    if (fault.kind == Kind::AccessDenied) fault.scopes = scopesIn(access);
    fault.path = readPath(reader);
    return fault;
}

double numberAt(JsonReader& reader, std::string_view key) {
    const auto element = reader.find(key);
    double number = 0;
    return element && element->get(number) == simdjson::SUCCESS ? number : 0;
}

} // namespace

std::vector<ApiFault> readFaults(JsonElement root) {
    std::vector<ApiFault> faults;
    const auto object = asObject(root);
    if (!object) return faults;
    std::string ignored;
    const auto errors = JsonReader(*object, ignored).find("errors");
    if (!errors) return faults;
    if (const auto list = asArray(*errors)) {
        for (const JsonElement element : *list)
            faults.push_back(readFault(element));
    } else {
        faults.push_back(readFault(*errors));
    }
    return faults;
}

QueryCost readCost(JsonElement root) {
    QueryCost result;
    std::string ignored;
    const auto object = asObject(root);
    const auto extensions = object ? JsonReader(*object, ignored).object("extensions") : std::nullopt;
    const auto cost = extensions ? JsonReader(*extensions, ignored).object("cost") : std::nullopt;
    if (!cost) return result;
    JsonReader reader(*cost, ignored);
    result.requested = numberAt(reader, "requestedQueryCost");
    if (const auto status = reader.object("throttleStatus")) {
        JsonReader bucket(*status, ignored);
        result.maximum = numberAt(bucket, "maximumAvailable");
        result.available = numberAt(bucket, "currentlyAvailable");
        result.restorePerSecond = numberAt(bucket, "restoreRate");
    }
    return result;
}

Error faultError(const ApiFault& fault) {
    const QString code = QString::fromStdString(fault.code);
    switch (fault.kind) {
    case Kind::Throttled:
        return {ErrorKind::RateLimited, u"the shop's rate limit stayed exhausted"_s};
    case Kind::TooCostly:
        return {ErrorKind::Refused, u"the query costs more than the shop allows"_s, ErrorCause::QueryTooCostly};
    case Kind::Unauthorized:
        return statusError(401, {});
    case Kind::AccessDenied:
        return {ErrorKind::Auth, u"access denied; needed: %1"_s.arg(QString::fromStdString(fault.scopes)),
                ErrorCause::ScopeMissing};
    case Kind::ServerFailure:
        return {ErrorKind::Network, u"the shop failed internally (%1)"_s.arg(code)};
    case Kind::Other:
        break;
    }
    return {ErrorKind::Invalid, u"the shop refused the query (%1)"_s.arg(code)};
}

Error statusError(int status, const QString& requestId) {
    QString detail = u"the shop answered HTTP %1"_s.arg(status);
    if (!requestId.isEmpty()) detail += u" (request %1)"_s.arg(requestId);
    switch (status) {
    case 401:
        return {ErrorKind::Auth, detail, ErrorCause::TokenRefused};
    case 402:
        return {ErrorKind::Refused, detail, ErrorCause::ShopFrozen};
    case 403:
        return {ErrorKind::Auth, detail, ErrorCause::ScopeMissing};
    case 404:
        return {ErrorKind::NotFound, detail, ErrorCause::ShopNotFound};
    case 423:
        return {ErrorKind::Refused, detail, ErrorCause::ShopLocked};
    case 429:
        return {ErrorKind::RateLimited, detail};
    case 430:
        return {ErrorKind::Refused, detail, ErrorCause::ShopWary}; // Security Rejection: asking again makes it worse
    case 504:
        return {ErrorKind::Timeout, detail};
    default:
        break;
    }
    if (status >= 500) return {ErrorKind::Network, detail};
    return {ErrorKind::Invalid, detail};
}

std::optional<Error> userError(JsonObject payload) {
    std::string ignored;
    const auto errors = JsonReader(payload, ignored).array("userErrors");
    if (!errors || errors->size() == 0) return {};
    const auto first = asObject(errors->at(0).value_unsafe());
    std::string code;
    std::string message;
    if (first) {
        JsonReader reader(*first, ignored);
        code = cleanCode(reader.text("code"));
        message = reader.text("message");
    }
    if (code == "OPERATION_IN_PROGRESS" || code == "LIMIT_REACHED" || mentions(message, "already in progress"))
        return Error{ErrorKind::Conflict, u"the shop runs as many bulk operations as it allows"_s,
                     ErrorCause::BulkBusy};
    return Error{ErrorKind::Invalid, u"the shop refused the operation (%1)"_s.arg(QString::fromStdString(code))};
}

} // namespace aiva
