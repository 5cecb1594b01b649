// The log: categories of QLoggingCategory, one handler that redacts before anything reaches a terminal or a file.
// Redaction is the last line of defence, not a licence: callers pass no secrets and no customer data.
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace aiva {

Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logNetwork)
Q_DECLARE_LOGGING_CATEGORY(logSync)
Q_DECLARE_LOGGING_CATEGORY(logMail)
Q_DECLARE_LOGGING_CATEGORY(logDesk)

// Replaces what looks like a token (shpat_…, Bearer …, client_secret=…, signed URLs' queries) or an e-mail address
// with "[redacted]".
QString redacted(const QString& text);

// Routes Qt's messages through redacted() to stderr. Call once, first thing in main.
void installLogHandler();

} // namespace aiva
