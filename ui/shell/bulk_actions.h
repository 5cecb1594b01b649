// What a person does to one or several conversations at once: done, unread, assigned; each with its way back on the
// undo bar. The triage page owns it.
#pragma once

#include "core/desk/desk.h"
#include "core/desk/mail/mail_desk.h"

namespace aiva {

class UndoBar;

class BulkActions {
public:
    // All outlive it.
    BulkActions(Desk& desk, MailDesk& mail, UndoBar& undo) : m_desk(desk), m_mail(mail), m_undo(undo) {}

    // Done, unless every one is: then open again.
    void toggleDone(const std::vector<ConversationId>& ids);
    // Unread, unless every one is: then read.
    void toggleUnread(const std::vector<ConversationId>& ids);
    // Those of the mailbox; `name` for the undo bar, empty for nobody.
    void assign(const std::vector<ConversationId>& ids, MailboxId mailbox, int slot, const QString& name);

private:
    std::vector<InboxRow> rows(const std::vector<ConversationId>& ids);

    Desk& m_desk;
    MailDesk& m_mail;
    UndoBar& m_undo;
};

} // namespace aiva
