// Reads mail from files for import: mbox, Maildir, .eml. Built by app, called by sync on the core thread. Decoding runs
// on a thread of its own with a deep stack and stays at most a few messages ahead of the handler.
#pragma once

#include "core/ports/mail_file_port.h"

namespace aiva {

class MailFileReader final : public MailFilePort {
public:
    Result<void> read(const QString& path, const Handler& handler) override;
};

} // namespace aiva
