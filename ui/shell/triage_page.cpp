#include "ui/shell/triage_page.h"

#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/conversation/message_text.h"
#include "ui/crm/crm_panel.h"
#include "ui/inbox/assign_menu.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/bulk_actions.h"
#include "ui/shell/composer_feed.h"
#include "ui/shell/conversation_commands.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/customer_feed.h"
#include "ui/shell/proposal_feed.h"
#include "ui/shell/window_state.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/undo_bar.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QFileDialog>
#include <QSaveFile>
#include <QSplitter>
#include <QStandardPaths>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int readAfterMs = 700;
}

TriagePage::TriagePage(Desk& desk, MailDesk& mail, const MailReads& reads, const Clock& clock, WindowState& state,
                       QWidget* parent)
    : QWidget(parent), m_desk(desk), m_mail(mail), m_reads(reads), m_clock(clock), m_state(state) {
    const InboxModel::Source source{[this](const InboxFilter& filter, std::optional<InboxKey> after, int limit) {
                                        return m_desk.read().inbox->page(filter, after, limit);
                                    },
                                    [this](ConversationId id) { return m_desk.read().inbox->row(id); }};
    m_inbox = new InboxPane(
        source, [this](const QString& text, int limit) { return m_desk.search(text, limit); }, clock);
    m_conversation =
        new ConversationPane({[this](MessageId id) { return m_desk.read().conversations->safeHtml(id); },
                              [this](AttachmentId id) { return m_desk.read().conversations->attachmentContent(id); },
                              [this](const QUrl& address) { return m_mail.remotePicture(address); }},
                             clock);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setHandleWidth(size::hairline);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_inbox);
    m_splitter->addWidget(m_conversation);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({size::inbox, 3 * size::inbox});
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
    m_customer = new CustomerFeed(m_desk, m_clock, this);
    m_undo = new UndoBar(m_inbox);
    m_bulk = std::make_unique<BulkActions>(m_desk, m_mail, *m_undo);
    m_readDelay.setSingleShot(true);
    m_readDelay.setInterval(readAfterMs);
    connect(&m_readDelay, &QTimer::timeout, this, [this] {
        if (m_shown && m_inbox->list()->chosen() == m_shown->id) m_desk.markRead(m_shown->id, true);
    });
    m_commands = new ConversationCommands(m_desk, m_mail, *m_undo, this);
    connectInbox();
    connectConversation();
    connectCommands();
    showNothing();
}

TriagePage::~TriagePage() = default;

QWidget* TriagePage::customerPanel() const {
    return m_customer->panel();
}

void TriagePage::connectInbox() {
    connect(m_inbox, &InboxPane::conversationChosen, this,
            [this](ConversationId id) { show(id, m_restoring ? Chosen::ByProgram : Chosen::ByPerson); });
    connect(m_inbox, &InboxPane::conversationOpened, this,
            [this] { m_conversation->thread()->setFocus(Qt::ShortcutFocusReason); });
    connect(m_inbox, &InboxPane::hitChosen, this, &TriagePage::openHit);
    connect(m_inbox, &InboxPane::doneAsked, this, &TriagePage::toggleDone);
    connect(m_inbox, &InboxPane::unreadAsked, this, &TriagePage::toggleUnread);
    connect(m_inbox, &InboxPane::assignAsked, this, &TriagePage::assign);
    connect(m_inbox, &InboxPane::addMailboxAsked, this, &TriagePage::addMailboxAsked);
    connect(m_inbox, &InboxPane::failed, this, &TriagePage::failed);
}

void TriagePage::connectConversation() {
    connect(m_conversation, &ConversationPane::doneAsked, this, &TriagePage::toggleDone);
    connect(m_conversation, &ConversationPane::unreadAsked, this, &TriagePage::toggleUnread);
    connect(m_conversation, &ConversationPane::assignAsked, this, &TriagePage::assign);
    ConversationThread* thread = m_conversation->thread();
    connect(thread, &ConversationThread::linkActivated, this, &TriagePage::openLink);
    connect(thread, &ConversationThread::saveAttachmentAsked, this, &TriagePage::saveAttachment);
    Composer* composer = m_conversation->composer();
    m_composing = new ComposerFeed(m_desk, m_mail, m_reads, *m_customer, *composer);
    connect(m_composing, &ComposerFeed::failed, this, &TriagePage::failed);
    m_proposing =
        new ProposalFeed(m_desk, answerReads(*m_desk.read().answers), *m_conversation->proposalCard(), *composer);
    connect(m_proposing, &ProposalFeed::failed, this, &TriagePage::failed);
    connect(m_proposing, &ProposalFeed::shown, this, [this] {
        using Proposed = ConversationPane::Proposed;
        m_conversation->setProposed(m_proposing->proposal() ? Proposed::Something : Proposed::Nothing);
    });
    connect(m_composing, &ComposerFeed::conversationAsked, this, &TriagePage::openConversation);
    connect(m_composing, &ComposerFeed::mailboxAsked, this, &TriagePage::addMailboxAsked);
    connect(m_customer, &CustomerFeed::conversationRequested, this, &TriagePage::openConversation);
    connect(m_customer, &CustomerFeed::openUrlRequested, this, &TriagePage::openLink);
    connect(m_customer, &CustomerFeed::refreshRequested, this, &TriagePage::refreshRequested);
    connect(m_customer, &CustomerFeed::failed, this, &TriagePage::failed);
    connect(&m_desk, &Desk::onlineChanged, m_customer, &CustomerFeed::refresh);
    connect(composer->editor(), &ReplyEdit::left, this, [this] { m_inbox->list()->setFocus(Qt::OtherFocusReason); });
}

void TriagePage::connectCommands() {
    const auto onShown = [this](auto command) {
        return [this, command](auto argument) {
            if (m_shown) (m_commands->*command)(m_shown->id, argument);
        };
    };
    connect(m_commands, &ConversationCommands::failed, this, &TriagePage::failed);
    connect(m_commands, &ConversationCommands::shown, this, [this](ConversationId id) { openConversation(id); });
    connect(m_conversation, &ConversationPane::mergeSuggestedAsked, this, onShown(&ConversationCommands::merge));
    connect(m_conversation, &ConversationPane::keepApartAsked, this, onShown(&ConversationCommands::keepApart));
    const ConversationThread* thread = m_conversation->thread();
    connect(thread, &ConversationThread::splitAsked, this, onShown(&ConversationCommands::split));
    connect(thread, &ConversationThread::revertAsked, this, [this] {
        if (m_shown) m_commands->revert(m_shown->id);
    });
    connect(thread, &ConversationThread::sourceAsked, m_commands, &ConversationCommands::showSource);
    connect(thread, &ConversationThread::openAttachmentAsked, m_commands, &ConversationCommands::openAttachment);
}

// What is suggested at once, else from a menu.
void TriagePage::mergeShown() {
    if (!m_shown) return;
    if (m_shown->suggestion)
        m_commands->merge(m_shown->id, m_shown->suggestion->other);
    else
        m_commands->chooseMerge(m_shown->id, m_conversation->mapToGlobal(QPoint(size::threadPadding, size::bar)));
}

void TriagePage::restore() {
    m_restoring = true;
    const InboxFilter filter = m_state.filter();
    m_inbox->setFilter(filter);
    m_inbox->list()->restore(m_state.place());
    if (!m_inbox->list()->chosen().isValid()) m_inbox->list()->chooseNext(0);
    m_restoring = false;
    Q_EMIT splitShown(filter.view);
}

void TriagePage::save() const {
    m_state.setFilter(m_inbox->filter());
    m_state.setPlace(m_inbox->list()->place());
    m_state.setSplitter(m_splitter->saveState());
}

void TriagePage::showSplit(InboxView view) {
    if (m_inbox->isSearching()) m_inbox->closeSearch();
    InboxFilter filter = m_inbox->filter();
    filter.view = view;
    m_restoring = true;
    m_inbox->setFilter(filter);
    m_inbox->list()->chooseNext(0);
    m_restoring = false;
    if (m_inbox->model().rowCount() == 0) showNothing();
    m_inbox->list()->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT splitShown(view);
}

bool TriagePage::openConversation(ConversationId id) {
    const auto row = m_desk.read().inbox->row(id);
    if (!row || !*row) return false;
    if (!m_inbox->list()->choose(id)) {
        m_inbox->list()->clearChoice(); // it is shown, though not in this split
        show(id, Chosen::ByPerson);
    }
    return true;
}

void TriagePage::show(ConversationId id, Chosen chosen) {
    m_readDelay.stop();
    auto conversation = m_desk.read().conversations->conversation(id);
    if (!conversation || !*conversation) {
        if (!conversation) Q_EMIT failed(conversation.error());
        showNothing();
        return;
    }
    m_shown = **std::move(conversation);
    m_customer->showConversation(id, m_shown->customerEmail);
    m_conversation->showConversation(*m_shown, m_customer->customer());
    m_composing->follow(id);
    m_proposing->follow(id);
    const auto isUnread = [](const MessageView& message) { return message.unread; };
    if (chosen == Chosen::ByPerson && std::any_of(m_shown->messages.begin(), m_shown->messages.end(), isUnread))
        m_readDelay.start();
}

void TriagePage::showNothing() {
    m_shown.reset();
    m_readDelay.stop();
    m_conversation->clear(tr("No conversation chosen"));
    m_composing->follow({});
    m_proposing->follow({});
    m_customer->showNothing();
}

void TriagePage::openHit(const SearchHit& hit) {
    if (hit.conversation.isValid()) {
        openConversation(hit.conversation);
        m_conversation->thread()->setFocus(Qt::OtherFocusReason);
    } else if (hit.profile.isValid()) {
        m_inbox->list()->clearChoice();
        showNothing();
        m_customer->showPerson(hit.profile);
    }
}

void TriagePage::refresh(DeskChanges changes) {
    if (changes & (DeskChange::Conversations | DeskChange::Drafts | DeskChange::Customers | DeskChange::Answers))
        m_inbox->refresh();
    if (changes & ~DeskChanges(DeskChange::Answers)) m_composing->refresh();
    if (changes.testFlag(DeskChange::Answers)) m_proposing->refresh();
    if (!(changes & (DeskChange::Conversations | DeskChange::Customers))) return;
    if (!m_shown) {
        m_customer->refresh();
        return;
    }
    auto conversation = m_desk.read().conversations->conversation(m_shown->id);
    if (!conversation || !*conversation) return;
    m_shown = **std::move(conversation);
    m_customer->refresh();
    m_conversation->showConversation(*m_shown, m_customer->customer());
}

void TriagePage::refreshCustomer() {
    m_customer->refresh();
}

void TriagePage::refreshAnswer() {
    m_proposing->refresh();
}

void TriagePage::chooseFirst() {
    if (m_shown || m_customer->customer() || m_inbox->isSearching()) return;
    m_restoring = true;
    m_inbox->list()->chooseNext(0);
    m_restoring = false;
}

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
