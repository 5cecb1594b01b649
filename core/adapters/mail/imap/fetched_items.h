// What FETCH responses tell of a message, whatever their order and whatever else they name. Pure.
#pragma once

#include "core/adapters/mail/imap/imap_response.h"
#include "core/base/utc_time.h"
#include "core/ports/mailbox_port.h"

#include <optional>

namespace aiva {

MailFlags mailFlagsOf(const ImapValue& list);

// Absent when the response names no UID or no flags: news about a message that was not asked for.
std::optional<FlagUpdate> flagUpdateOf(const ImapResponse& response);

struct FetchedBody {
    quint32 uid = 0;
    ImapValue* body = nullptr; // inside the response
    UtcTime internalDate;
};
// Absent when the response holds no UID or no body.
std::optional<FetchedBody> bodyOf(ImapResponse& response);

// "\Seen" and keywords as STORE and APPEND take them; absent when one of them is no flag.
std::optional<QByteArray> flagList(const QStringList& flags);

} // namespace aiva
