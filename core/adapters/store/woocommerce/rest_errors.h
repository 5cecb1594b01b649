// What a WordPress site means by a status and an error body. Pure. Messages are read to classify and never kept; they
// come in the site's own language, so codes decide wherever they can.
#pragma once

#include "core/adapters/store/json/json_document.h"
#include "core/base/result.h"

#include <QByteArray>

#include <optional>
#include <string>

namespace aiva {

// {"code":"woocommerce_rest_…","message":"…","data":{"status":401}}
struct RestRefusal {
    enum class Kind {
        KeyUnknown,    // or its secret is wrong
        BadSignature,  // the signed address is not what the site thinks it is, or the secret is wrong
        BadTimestamp,  //
        NonceUsed,     // the same request came twice
        NotSignedIn,   // nobody: no key arrived, or WordPress knows none like it
        PartsMissing,  // some of the signature's parameters did not arrive
        MayNotRead,    // a key or a person without the permission
        RouteMissing,  // WordPress, but no WooCommerce
        PageBeyondEnd, //
        BadParameter,  // the site does not know a parameter's value
        Unclear,       // the key was refused in a language we do not read
        Other,
    };
    Kind kind = Kind::Other;
    int status = 0;
    std::string code; // [a-z_]+ or empty
};

// The status of an answer. PHP that has begun to write, a notice for example, cannot set one any more and says 200 to
// a refusal: its body knows better.
int statusWithin(JsonElement root, int httpStatus);

// Absent when the body is no such object.
std::optional<RestRefusal> readRefusal(JsonElement root, int status);

Error refusalError(const RestRefusal& refusal);
// Of an answer that is no JSON: a web page, a firewall, a server in trouble.
Error foreignError(int status);
Error keyNeverArrivedError();
Error clockSkewError();
Error noRestApiError(const QString& why);
Error noListError();

} // namespace aiva
