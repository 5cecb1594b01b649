// Which folder is Sent, Drafts …: as the server says (RFC 6154), else by well-known names. Pure.
#pragma once

#include "core/ports/mailbox_port.h"

namespace aiva {

FolderRole roleOfAttribute(const QByteArray& attribute); // "\Sent"; None when it is none

// Gives each role that no folder has to the folder whose last name is well known in English, German, French or Spanish.
void guessMissingRoles(std::vector<MailFolder>& folders);

} // namespace aiva
