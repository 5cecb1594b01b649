// What the person does on the triage page: keys, buttons and menus turned into commands of the desk.
#include "ui/composer/composer.h"
#include "ui/conversation/message_text.h"
#include "ui/inbox/assign_menu.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/bulk_actions.h"
#include "ui/shell/composer_feed.h"
#include "ui/shell/conversation_commands.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/customer_feed.h"
#include "ui/shell/proposal_feed.h"
#include "ui/shell/triage_page.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/undo_bar.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>

namespace aiva {

using namespace Qt::StringLiterals;

std::vector<ConversationId> TriagePage::targets() const {
    std::vector<ConversationId> ids = m_inbox->list()->selected();
    if (ids.size() < 2) ids = m_shown ? std::vector{m_shown->id} : std::vector<ConversationId>();
    return ids;
}

// Goes on behind the last of them, as after one.
void TriagePage::toggleSelectionDone() {
    const std::vector<ConversationId> ids = targets();
    const int next = m_inbox->model().rowOf(ids.back()) + 1;
    const ConversationId after = m_inbox->model().idAt(next);
    if (m_inbox->filter().view != InboxView::All && after.isValid())
        m_inbox->list()->choose(after);
    else
        m_inbox->list()->selectOnlyChosen();
    m_bulk->toggleDone(ids);
}

void TriagePage::assign() {
    const std::vector<ConversationId> ids = targets();
    if (ids.empty()) return;
    const auto row = m_desk.read().inbox->row(ids.front());
    if (!row || !*row) return;
    const MailboxId mailbox = (*row)->mailbox.value_or(MailboxId());
    const auto mailboxes = m_reads.mailboxes ? m_reads.mailboxes() : Result(std::vector<MailboxView>());
    auto* menu =
        new AssignMenu(mailboxes ? *mailboxes : std::vector<MailboxView>(), mailbox, (*row)->assigneeSlot, m_inbox);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &AssignMenu::chosen, this,
            [this, ids, mailbox](int slot, const QString& name) { m_bulk->assign(ids, mailbox, slot, name); });
    menu->popup(m_inbox->mapToGlobal(QPoint(3 * size::grid, size::bar + size::grid)));
}

void TriagePage::write(DraftKind kind) {
    m_conversation->composer()->write(kind);
}

void TriagePage::toggleDone() {
    if (m_inbox->list()->selected().size() > 1) {
        toggleSelectionDone();
        return;
    }
    if (!m_shown) return;
    const ConversationId id = m_shown->id;
    const ConversationStatus before = m_shown->status;
    const bool wasDone = before == ConversationStatus::Done;
    InboxList* list = m_inbox->list();
    const int row = m_inbox->model().rowOf(id);
    const bool leavesSplit = !wasDone && m_inbox->filter().view != InboxView::All && row >= 0;
    if (leavesSplit) {
        if (row + 1 < m_inbox->model().rowCount())
            list->chooseNext(1);
        else if (row > 0)
            list->chooseNext(-1);
        else {
            list->clearChoice();
            showNothing();
        }
    }
    m_desk.setStatus(id, wasDone ? ConversationStatus::Open : ConversationStatus::Done);
    m_undo->offer(wasDone ? tr("Open again") : tr("Done"), [this, id, before] {
        m_desk.setStatus(id, before);
        openConversation(id);
    });
}

void TriagePage::toggleUnread() {
    if (const auto several = m_inbox->list()->selected(); several.size() > 1) {
        m_bulk->toggleUnread(several);
        return;
    }
    if (!m_shown) return;
    m_readDelay.stop();
    // As it is now: the view may not have heard yet.
    const auto row = m_desk.read().inbox->row(m_shown->id);
    if (row && *row) m_desk.markRead(m_shown->id, (*row)->unreadCount > 0);
}

// What is suggested at once, else from a menu.
void TriagePage::mergeShown() {
    if (!m_shown) return;
    if (m_shown->suggestion)
        m_commands->merge(m_shown->id, m_shown->suggestion->other);
    else
        m_commands->chooseMerge(m_shown->id, m_conversation->mapToGlobal(QPoint(size::threadPadding, size::bar)));
}

void TriagePage::leave() {
    if (m_inbox->isSearching())
        m_inbox->closeSearch();
    else if (m_inbox->list()->selected().size() > 1)
        m_inbox->list()->selectOnlyChosen();
    else
        m_inbox->list()->setFocus(Qt::OtherFocusReason);
}

bool TriagePage::perform(DeskAction action, int argument) {
    switch (action) {
    case DeskAction::Next:
        m_inbox->list()->chooseNext(1);
        return true;
    case DeskAction::Previous:
        m_inbox->list()->chooseNext(-1);
        return true;
    case DeskAction::Back:
        leave();
        return true;
    case DeskAction::ExtendNext:
        m_inbox->list()->chooseNext(1, InboxList::Reach::Extend);
        return true;
    case DeskAction::ExtendPrevious:
        m_inbox->list()->chooseNext(-1, InboxList::Reach::Extend);
        return true;
    case DeskAction::Assign:
        assign();
        return true;
    case DeskAction::Reply:
        write(DraftKind::Reply);
        return true;
    case DeskAction::ReplyAll:
        write(DraftKind::ReplyAll);
        return true;
    case DeskAction::Note:
        write(DraftKind::Note);
        return true;
    case DeskAction::Send:
        m_conversation->composer()->send();
        return true;
    case DeskAction::CopyReply:
        m_conversation->composer()->copyReply();
        return true;
    case DeskAction::AcceptDraft:
        m_proposing->accept();
        return true;
    case DeskAction::Why:
        m_proposing->toggleWhy();
        return true;
    case DeskAction::Done:
        toggleDone();
        return true;
    case DeskAction::Unread:
        toggleUnread();
        return true;
    case DeskAction::Merge:
        mergeShown();
        return true;
    case DeskAction::Undo:
        return m_conversation->composer()->undoSend() || m_undo->undo() || m_composing->undoLastSend();
    case DeskAction::NthOrder:
        m_customer->openOrder(argument - 1);
        return true;
    case DeskAction::Search:
        m_inbox->startSearch();
        return true;
    default:
        return false;
    }
}

void TriagePage::openLink(const QUrl& url) {
    if (mayOpenLink(url)) QDesktopServices::openUrl(url);
}

void TriagePage::saveAttachment(AttachmentId id, const QString& name) {
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto* dialog = new QFileDialog(this, tr("Save attachment"), downloads);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString& path) { writeAttachment(id, path); });
    dialog->open();
}

void TriagePage::writeAttachment(AttachmentId id, const QString& path) {
    const auto content = m_desk.read().conversations->attachmentContent(id);
    if (!content) {
        Q_EMIT failed(content.error());
        return;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*content) != content->size() || !file.commit())
        Q_EMIT failed({ErrorKind::Storage, u"attachment not written"_s, ErrorCause::ReadOnlyDisk});
}

} // namespace aiva
