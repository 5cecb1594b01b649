#include "core/team/team_folder.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr auto kName = "Aiva"_L1;

QString inboxName(const std::vector<MailFolder>& folders) {
    const auto inbox = std::find_if(folders.begin(), folders.end(),
                                    [](const MailFolder& folder) { return folder.role == FolderRole::Inbox; });
    return inbox == folders.end() ? u"INBOX"_s : inbox->name;
}

TeamFolderPlan teamFolderPlan(const std::vector<MailFolder>& folders) {
    TeamFolderPlan plan;
    const QString inbox = inboxName(folders);
    const QStringList names{kName, inbox + u'.' + kName, inbox + u'/' + kName};
    for (const QString& name : names)
        for (const MailFolder& folder : folders)
            if (plan.existing.isEmpty() && folder.name == name && folder.canSelect) plan.existing = name;
    // Some servers keep everything below INBOX ("INBOX.Sent") and refuse folders beside it.
    for (const QChar separator : {QChar(u'.'), QChar(u'/')}) {
        const bool below = folders.size() > 1 && std::all_of(folders.begin(), folders.end(), [&](const MailFolder& f) {
                               return f.name == inbox || f.name.startsWith(inbox + separator);
                           });
        if (below) plan.toCreate << inbox + separator + kName;
    }
    for (const QString& name : names)
        if (!plan.toCreate.contains(name)) plan.toCreate << name;
    return plan;
}

} // namespace aiva
