#include "core/domain/shop/store_access.h"

namespace aiva {

QStringList neededStoreScopes() {
    return {QStringLiteral("read_customers"), QStringLiteral("read_orders"), QStringLiteral("read_products"),
            QStringLiteral("read_inventory")};
}

bool canDoWithout(const QStringList& scopes) {
    return scopes.isEmpty() || scopes == QStringList{QStringLiteral("read_inventory")};
}

QString storeRedirect(quint16 port) {
    return QStringLiteral("http://127.0.0.1:%1/auth/callback").arg(port);
}

} // namespace aiva
