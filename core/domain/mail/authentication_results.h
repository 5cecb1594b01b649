// Reads Authentication-Results header fields (RFC 8601 §2.2) as servers write them. What it reads was written by
// anybody: whose fields may be believed is core/domain/mail/sender_authentication.h's business. Pure, linear in the
// length.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace aiva {

struct AuthenticationResult {
    QString method; // lower case, without version: spf dkim dmarc …
    QString result; // lower case: pass fail softfail neutral none temperror permerror policy …
    struct Property {
        QString name; // lower case: "smtp.mailfrom", "header.d"; Microsoft's "action" has no dot
        QString value;
    };
    QList<Property> properties;

    QString property(QLatin1String name) const; // empty when absent
};

struct AuthenticationResults {
    // As written, lower case. kUnnamedServer when the field names none, as Microsoft's do.
    QString authservId;
    QList<AuthenticationResult> results; // empty: "none"
};

inline constexpr QLatin1String kUnnamedServer("(unnamed)"); // parentheses are comments: no server can be called this

// `value`: unfolded, without the name of the field. Absent when it is longer than 8 kB, or not of the form: a field
// that is half understood says nothing.
std::optional<AuthenticationResults> parseAuthenticationResults(const QString& value);

} // namespace aiva
