// What others' rows spell out of somebody who is erased: their address or phone in a mail, a note, a draft. Taken out
// where it stands, the rest of the row stays. A part of PersonEraser; runs inside its transaction.
#pragma once

#include "core/base/result.h"
#include "core/storage/database/database.h"

#include <QStringList>

namespace aiva {

// `names`: addresses and phones. Names of people are not looked for: they are not one person's. How many rows changed.
Result<qint64> eraseMentions(Database& writer, const QStringList& names);

} // namespace aiva
