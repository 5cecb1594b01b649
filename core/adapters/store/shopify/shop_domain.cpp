#include "core/adapters/store/shopify/shopify_connection.h"

#include <QRegularExpression>

namespace aiva {

using namespace Qt::StringLiterals;

Result<QString> normalizedShopDomain(const QString& typed) {
    // Every pattern is anchored at both ends; \z, because $ would let a newline pass.
    static const QRegularExpression adminUrl(
        u"\\Ahttps://admin\\.shopify\\.com/store/([a-z0-9][a-z0-9-]*)(?:[/?#].*)?\\z"_s);
    static const QRegularExpression shopUrl(u"\\Ahttps://([^/?#]*)(?:[/?#].*)?\\z"_s);
    static const QRegularExpression domain(u"\\A[a-z0-9][a-z0-9-]*\\.myshopify\\.com\\z"_s);

    QString text = typed.trimmed().toLower();
    if (const auto match = adminUrl.match(text); match.hasMatch())
        text = match.captured(1) + u".myshopify.com"_s;
    else if (const auto url = shopUrl.match(text); url.hasMatch())
        text = url.captured(1);
    else if (text.endsWith(u'/'))
        text.chop(1);
    // A DNS label has at most 63 characters.
    if (text.indexOf(u'.') > 63 || !domain.match(text).hasMatch())
        return Error{ErrorKind::Invalid, u"not the domain of a shop: expected name.myshopify.com"_s};
    return text;
}

} // namespace aiva
