// A text people use again and again. `text` may name variables, {{customer.first_name}} (reply_variables.h).
#pragma once

#include "core/domain/ids.h"

#include <QString>

namespace aiva {

struct CannedReply {
    CannedReplyId id;
    QString name;
    QString text;
    qint64 uses = 0;

    bool operator==(const CannedReply&) const = default;
};

} // namespace aiva
