// Which folders of a mailbox are followed. Pure.
#pragma once

#include "core/ports/mailbox_port.h"

#include <vector>

namespace aiva {

// INBOX, then Sent. Never a folder that shows the others' mail again (All Mail), nor what is no conversation yet or any
// more (Drafts, Junk, Trash, Archive).
std::vector<MailFolder> followedFolders(const std::vector<MailFolder>& listed);

QString roleWord(FolderRole role); // none inbox sent drafts archive trash junk all

} // namespace aiva
