// What must hold before any byte of a mail reaches the MIME library: bounded headers, bounded parts, no nested address
// groups (each level of which costs a stack frame there). Pure scanning, linear in the bytes; called by the decoder.
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace aiva {

struct MailLimits {
    qint64 messageBytes = 50LL * 1024 * 1024;
    qint64 headerBytes = 1024LL * 1024; // of the outermost header block
    int addressColons = 100;            // in one address header, folded lines included
    qint64 addressHeaderBytes = 256LL * 1024;
    int parts = 1000;
    int depth = 50;
};

struct GuardedMail {
    QByteArray raw;       // same length as what came in
    QStringList warnings; // what was neutralised
};

// Invalid ("too many parts", "header too large", "message too large") when the mail must not be parsed at all.
Result<GuardedMail> guardRawMail(QByteArray raw, const MailLimits& limits = {});

} // namespace aiva
