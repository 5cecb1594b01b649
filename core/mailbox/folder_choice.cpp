#include "core/mailbox/folder_choice.h"

namespace aiva {

using namespace Qt::StringLiterals;

std::vector<MailFolder> followedFolders(const std::vector<MailFolder>& listed) {
    std::vector<MailFolder> followed;
    const auto takeFirst = [&](const auto& fits, FolderRole role) {
        for (const MailFolder& folder : listed) {
            if (!folder.canSelect || !fits(folder)) continue;
            followed.push_back(folder);
            followed.back().role = role;
            return;
        }
    };
    // INBOX is a name of the protocol (RFC 3501 §5.1), whatever role the server says.
    takeFirst([](const MailFolder& folder) { return folder.name.compare("INBOX"_L1, Qt::CaseInsensitive) == 0; },
              FolderRole::Inbox);
    takeFirst([](const MailFolder& folder) { return folder.role == FolderRole::Sent; }, FolderRole::Sent);
    return followed;
}

QString roleWord(FolderRole role) {
    switch (role) {
    case FolderRole::Inbox:
        return u"inbox"_s;
    case FolderRole::Sent:
        return u"sent"_s;
    case FolderRole::Drafts:
        return u"drafts"_s;
    case FolderRole::Archive:
        return u"archive"_s;
    case FolderRole::Trash:
        return u"trash"_s;
    case FolderRole::Junk:
        return u"junk"_s;
    case FolderRole::All:
        return u"all"_s;
    case FolderRole::None:
        break;
    }
    return u"none"_s;
}

} // namespace aiva
