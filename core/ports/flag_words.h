// Flags as IMAP spells them, the form the cache keeps: "\Seen", "\Answered", "$Keyword".
#pragma once

#include "core/ports/mailbox_port.h"

#include <QStringList>

namespace aiva {

QStringList flagWords(const MailFlags& flags);

} // namespace aiva
