// The shop's mailbox as a Maildir: hand-written threads of the demo's people first, then letters of the other customers
// about their own orders. Same options, same bytes.
#pragma once

#include "app/sandbox/sandbox_options.h"

#include <QString>

namespace aiva {

// Creates cur, new and tmp below `directory`. The newest mails are in new, the rest in cur, marked as read.
// Answers how many were written. Storage when the folder cannot be written.
Result<qint64> writeMaildir(const SandboxOptions& options, const QString& directory);

} // namespace aiva
