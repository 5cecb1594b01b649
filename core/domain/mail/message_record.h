// One mail as the mail adapters decode it and storage writes it.
#pragma once

#include "core/base/utc_time.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

struct MailAddress {
    QString name;  // display name, may be empty
    QString email; // as written; compare through normalizedEmail()

    bool operator==(const MailAddress&) const = default;
};

struct AttachmentRecord {
    QString name;      // safe file name: no path, no control characters
    QString mimeType;  // lower case
    QString contentId; // without angle brackets, empty when none
    bool isInline = false;
    QByteArray content; // decoded
};

// A field that servers wrote on the way, as it stands in the mail from top to bottom: Received,
// Authentication-Results.
struct TraceField {
    QString name;  // lower case
    QString value; // unfolded

    bool operator==(const TraceField&) const = default;
};

// A run of lines of `text` that quotes earlier mail or is a signature: shown folded, never deleted.
struct FoldedRange {
    int firstLine = 0; // zero-based
    int lineCount = 0;
    bool isSignature = false;

    bool operator==(const FoldedRange&) const = default;
};

struct MessageRecord {
    QString messageId;      // without angle brackets; synthetic "<sha256>@missing.aiva" when the mail has none
    QString inReplyTo;      // first id, without brackets
    QStringList references; // oldest first, without brackets
    MailAddress from;
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> replyTo;
    UtcTime date; // Date:, else first Received:, else file time
    QString subject;
    QString text;     // the plain text to read first; made from the HTML when there is no text part
    QString safeHtml; // sanitised, no script, no remote loads; empty when the mail has no HTML part
    std::vector<FoldedRange> folded;
    std::vector<AttachmentRecord> attachments;
    bool isAutomated = false; // Auto-Submitted, Precedence: bulk, List-*, empty return path
    qint64 rawSize = 0;
    std::vector<TraceField> trace; // at most the topmost 100
    int authors = 1;               // mailboxes in all From fields; more than one is unusual and often forged
    QStringList warnings;          // what the guards changed: "nested address groups neutralised"
};

} // namespace aiva
