#include "ui/shell/bulk_actions.h"

#include "ui/widgets/undo_bar.h"

#include <QCoreApplication>

#include <algorithm>

namespace aiva {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::BulkActions)
};

QString counted(const QString& one, const QString& several, size_t count) {
    return count == 1 ? one : several.arg(count);
}

} // namespace

std::vector<InboxRow> BulkActions::rows(const std::vector<ConversationId>& ids) {
    std::vector<InboxRow> rows;
    for (const ConversationId id : ids)
        if (auto row = m_desk.read().inbox->row(id); row && *row) rows.push_back(**std::move(row));
    return rows;
}

void BulkActions::toggleDone(const std::vector<ConversationId>& ids) {
    const std::vector<InboxRow> before = rows(ids);
    if (before.empty()) return;
    const bool reopen = std::all_of(before.begin(), before.end(),
                                    [](const InboxRow& row) { return row.status == ConversationStatus::Done; });
    for (const InboxRow& row : before)
        m_desk.setStatus(row.id, reopen ? ConversationStatus::Open : ConversationStatus::Done);
    const QString text = reopen ? counted(Text::tr("Open again"), Text::tr("%1 open again"), before.size())
                                : counted(Text::tr("Done"), Text::tr("%1 done"), before.size());
    m_undo.offer(text, [this, before] {
        for (const InboxRow& row : before)
            m_desk.setStatus(row.id, row.status);
    });
}

void BulkActions::toggleUnread(const std::vector<ConversationId>& ids) {
    const std::vector<InboxRow> before = rows(ids);
    if (before.empty()) return;
    const bool read =
        std::all_of(before.begin(), before.end(), [](const InboxRow& row) { return row.unreadCount > 0; });
    for (const InboxRow& row : before)
        m_desk.markRead(row.id, read);
    const QString text = read ? counted(Text::tr("Read"), Text::tr("%1 read"), before.size())
                              : counted(Text::tr("Unread"), Text::tr("%1 unread"), before.size());
    m_undo.offer(text, [this, before] {
        for (const InboxRow& row : before)
            m_desk.markRead(row.id, row.unreadCount == 0);
    });
}

void BulkActions::assign(const std::vector<ConversationId>& ids, MailboxId mailbox, int slot, const QString& name) {
    std::vector<InboxRow> before = rows(ids);
    std::erase_if(before, [&](const InboxRow& row) { return row.mailbox != mailbox || row.assigneeSlot == slot; });
    if (before.empty()) return;
    for (const InboxRow& row : before)
        m_mail.assign(row.id, slot);
    const QString text = name.isEmpty()
                             ? counted(Text::tr("Assigned to nobody"), Text::tr("%1 assigned to nobody"), before.size())
                             : counted(Text::tr("Assigned to %2"), Text::tr("%1 assigned to %2"), before.size())
                                   .replace(QStringLiteral("%2"), name);
    m_undo.offer(text, [this, before] {
        for (const InboxRow& row : before)
            m_mail.assign(row.id, row.assigneeSlot);
    });
}

} // namespace aiva
