#include "ui/shell/triage_page.h"

#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/crm/crm_panel.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/bulk_actions.h"
#include "ui/shell/composer_feed.h"
#include "ui/shell/conversation_commands.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/customer_feed.h"
#include "ui/shell/proposal_feed.h"
#include "ui/shell/read_ahead.h"
#include "ui/shell/window_state.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/undo_bar.h"

#include <QBoxLayout>
#include <QSplitter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int readAfterMs = 700;
constexpr qint64 frameMs = 16;
constexpr qint64 panelBudgetMs = 4; // the panel and the painting of all take as much again
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
    m_ahead = new ReadAhead(m_desk, m_clock, this);
    m_undo = new UndoBar(m_inbox);
    m_bulk = std::make_unique<BulkActions>(m_desk, m_mail, *m_undo);
    m_readDelay.setSingleShot(true);
    m_readDelay.setInterval(readAfterMs);
    connect(&m_readDelay, &QTimer::timeout, this, [this] {
        if (m_shown && m_inbox->list()->chosen() == m_shown->id) m_desk.markRead(m_shown->id, true);
    });
    m_customerDue.setSingleShot(true);
    connect(&m_customerDue, &QTimer::timeout, this, &TriagePage::refreshCustomer);
    m_sinceShown.start();
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
    // Our own writing is newer than what was read ahead of it, and its notice may come later than the next key.
    m_ahead->leaveOut([composer](ConversationId id) { return composer->isWriting(id); });
    connect(m_composing, &ComposerFeed::settled, m_ahead, &ReadAhead::forget);
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
    QElapsedTimer opening;
    opening.start();
    auto opened = m_ahead->open(id);
    if (!opened || !*opened) {
        if (!opened) Q_EMIT failed(opened.error());
        showNothing();
        if (opened) m_conversation->composer()->forget(id);
        return;
    }
    if ((*opened)->trouble) Q_EMIT failed(*(*opened)->trouble);
    m_shown = std::move((*opened)->conversation);
    m_customer->follow(*m_shown, (*opened)->customer, std::move((*opened)->past));
    m_conversation->showConversation(*m_shown, m_customer->customer());
    m_composing->follow(id);
    m_proposing->follow(id, std::move((*opened)->proposal));
    using Panel = CustomerFeed::Panel;
    m_customer->showPanel(opening.elapsed() < panelBudgetMs ? Panel::Now : Panel::NextFrame);
    expectNeighbours();
    m_customerDue.stop();
    m_sinceShown.start();
    const auto isUnread = [](const MessageView& message) { return message.unread; };
    if (chosen == Chosen::ByPerson && std::any_of(m_shown->messages.begin(), m_shown->messages.end(), isUnread))
        m_readDelay.start();
}

// Down the list is where most go; up, who went too far.
void TriagePage::expectNeighbours() {
    const InboxModel& rows = m_inbox->model();
    const int row = rows.rowOf(m_shown->id);
    m_ahead->expect(m_shown->id, {rows.idAt(row + 1), row < 0 ? ConversationId() : rows.idAt(row - 1)});
}

void TriagePage::showNothing() {
    m_shown.reset();
    m_readDelay.stop();
    m_conversation->clear(tr("No conversation chosen"));
    m_composing->follow({});
    m_proposing->follow({});
    m_customer->showNothing();
}

// Erased, or merged into another: nothing of it stays in sight, nor what was being written to it.
void TriagePage::showGone(ConversationId id) {
    m_inbox->list()->clearChoice();
    showNothing();
    m_conversation->composer()->forget(id);
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
    if (!(changes & (DeskChange::Conversations | DeskChange::Customers))) {
        // A sync that brought nothing new, or a shop that lets nobody in: what is said of the customer's store.
        if (changes.testFlag(DeskChange::Stores)) m_customer->refresh();
        return;
    }
    if (!m_shown) {
        m_customer->refresh();
        return;
    }
    auto conversation = m_desk.read().conversations->conversation(m_shown->id);
    if (!conversation) {
        Q_EMIT failed(conversation.error());
        return;
    }
    if (!*conversation) {
        showGone(m_shown->id);
        return;
    }
    m_shown = **std::move(conversation);
    m_customer->refresh();
    m_conversation->showConversation(*m_shown, m_customer->customer());
    m_customerDue.stop();
    m_sinceShown.start();
}

// A shop may tell of a change with every frame: none of them is also to open a conversation or to refresh the list.
void TriagePage::refreshCustomer() {
    if (m_customerDue.isActive()) return;
    if (const qint64 since = m_sinceShown.elapsed(); since < frameMs) {
        m_customerDue.start(static_cast<int>(frameMs - since));
        return;
    }
    m_customer->refresh();
    m_sinceShown.start();
}

bool TriagePage::isSettled() const {
    return m_customer->isShown();
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

} // namespace aiva
