// What a screen reader hears of a conversation in the list: everything the row shows, in the order it is looked at.
// Pure.
#pragma once

#include "core/readmodel/inbox_query.h"

#include <QString>

namespace aiva {

QString spokenInboxRow(const InboxRow& row, UtcTime now);

} // namespace aiva
