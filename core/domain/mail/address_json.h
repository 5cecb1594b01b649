// Mail addresses as rows keep them: [{"name","email"},…]. Pure.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QJsonArray>

namespace aiva {

QJsonArray addressesJson(const QList<MailAddress>& addresses);
// What is no list of them is an empty one.
QList<MailAddress> addressesFrom(const QJsonValue& list);

} // namespace aiva
