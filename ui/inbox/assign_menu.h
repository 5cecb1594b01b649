// The popover that assigns: me, colleagues, nobody; a digit or the arrows choose. Where nobody shares the mailbox it
// says so. The triage page opens it.
#pragma once

#include "ui/inbox/team_names.h"

#include <QMenu>

namespace aiva {

class AssignMenu final : public QMenu {
    Q_OBJECT
public:
    // Only people who share `mailbox`; `assigned` is checked.
    AssignMenu(const std::vector<MailboxView>& mailboxes, MailboxId mailbox, int assigned, QWidget* parent);

Q_SIGNALS:
    void chosen(int slot, const QString& name); // slot 0: nobody

private:
    void add(const QString& text, int slot, int assigned, const QString& name);
};

} // namespace aiva
