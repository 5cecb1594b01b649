// Settings: mailboxes, canned replies, where the workspace is, and About with the licences of what comes along.
#pragma once

#include "ui/mailboxes/canned_replies_section.h"
#include "ui/mailboxes/mailboxes_section.h"
#include "ui/widgets/page.h"

namespace aiva {

class SettingsPage final : public Page {
    Q_OBJECT
public:
    SettingsPage(MailDesk& mail, const Clock& clock, const QString& workspaceDir, QWidget* parent = nullptr);

    MailboxesSection* mailboxes() const { return m_mailboxes; }
    CannedRepliesSection* cannedReplies() const { return m_replies; }

private:
    void addWorkspace(const QString& dir);
    void addAbout();
    void addHeading(const QString& text);
    void addLicense(const QString& name, const QString& license, const QString& text);

    MailboxesSection* m_mailboxes;
    CannedRepliesSection* m_replies;
};

} // namespace aiva
