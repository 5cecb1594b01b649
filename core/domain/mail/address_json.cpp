#include "core/domain/mail/address_json.h"

#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

QJsonArray addressesJson(const QList<MailAddress>& addresses) {
    QJsonArray array;
    for (const MailAddress& address : addresses)
        array.append(QJsonObject{{u"name"_s, address.name}, {u"email"_s, address.email}});
    return array;
}

QList<MailAddress> addressesFrom(const QJsonValue& list) {
    QList<MailAddress> addresses;
    const QJsonArray entries = list.toArray();
    for (const QJsonValue& entry : entries)
        addresses.append({entry["name"_L1].toString(), entry["email"_L1].toString()});
    return addresses;
}

} // namespace aiva
