// What a person's export looks like: the rows of each part with times and amounts as people and programs read them, and
// one page to look through them without a program of ours. Pure; English, as the export's own names are.
#pragma once

#include "core/base/utc_time.h"
#include "core/storage/privacy/person_records.h"

#include <QStringList>

namespace aiva {

// Milliseconds become ISO 8601, minor units {"amount","currency"}; a part's amounts without a currency of their own are
// in their order's.
void makeReadable(std::vector<PersonPart>& parts);

// A whole HTML document: no script, nothing remote, everything escaped. `files`: names below files/.
QByteArray exportPage(const std::vector<PersonPart>& parts, const QStringList& files, UtcTime madeAt);

// A name every file system takes, of the one a mail gave: never a path, never hidden, never longer than 100 characters.
QString safeFileName(const QString& name);

} // namespace aiva
