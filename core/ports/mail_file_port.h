// The door to mail in files.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/message_record.h"

#include <QString>

#include <functional>

namespace aiva {

class MailFilePort {
public:
    virtual ~MailFilePort();

    // A message, or why this one was refused (Invalid). Return false to stop.
    using Handler = std::function<bool(const QString& fileName, Result<MessageRecord> message)>;
    // `path`: an mbox, a Maildir, a folder of .eml files (searched recursively) or one .eml. Blocking; calls handler in
    // file order. NotFound when nothing is there, Invalid when it is none of these.
    virtual Result<void> read(const QString& path, const Handler& handler) = 0;
};

} // namespace aiva
