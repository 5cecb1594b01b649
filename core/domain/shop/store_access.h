// What Aiva asks of a shop, and where a sign-in in the browser comes back to. Here because the adapter, the wizard and
// aivactl must name the same, letter by letter: the shop compares both with what the app lists.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

// Reading only (C4).
QStringList neededStoreScopes();
// Whether a store works when no more than these are missing: without read_inventory, stock is just not shown.
bool canDoWithout(const QStringList& scopes);

// What a sign-in in the browser asks for, in Shopify's words: the app's own rights for as long as they are renewed, or
// those of whoever signs in, for a day.
enum class StoreAccess { Offline, Online };

// Listed in the app's settings, so it has to stay the same.
constexpr quint16 kStoreRedirectPort = 13'580;
// "http://127.0.0.1:13580/auth/callback"
QString storeRedirect(quint16 port = kStoreRedirectPort);

} // namespace aiva
