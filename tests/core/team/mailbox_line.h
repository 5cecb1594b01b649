// A line of the product's own IMAP client to a mailbox of the rig.
#pragma once

#include "core/ports/mailbox_port.h"
#include "tests/support/mail_rig.h"

#include <memory>

namespace aiva::test {

std::unique_ptr<MailboxPort> lineTo(const MailRig& rig, const QString& user);

} // namespace aiva::test
