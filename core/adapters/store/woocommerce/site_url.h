// The address of a WooCommerce site, made of what people paste. Pure; used by the connection and by app.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>

namespace aiva {

// "https://shop.example/path" without a slash at the end: https unless http was typed, no default port, no wp-admin,
// wp-json or query. Invalid for everything that is no web address, or carries a user name.
Result<QUrl> normalizedSiteUrl(const QString& typed);

// The store's name among others: "shop.example", "shop.example/de", "127.0.0.1:8080".
QString siteDomain(const QUrl& site);

// Plain http to another machine: what is read there can be read on the way, too. This machine is no way.
bool isInsecureSite(const QUrl& site);

} // namespace aiva
