// The page where mail is answered: inbox and conversation side by side, and the customer panel that goes with them,
// which the window places. Turns what the person does into reads and commands of the desk.
#pragma once

#include "core/desk/desk.h"
#include "core/desk/mail/mail_desk.h"
#include "ui/models/mail_reads.h"
#include "ui/shell/actions.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QSplitter;

namespace aiva {

class ComposerFeed;
class ConversationPane;
class ConversationCommands;
class CustomerFeed;
class BulkActions;
class InboxPane;
class ProposalFeed;
class ReadAhead;
class UndoBar;
class WindowState;

class TriagePage final : public QWidget {
    Q_OBJECT
public:
    TriagePage(Desk& desk, MailDesk& mail, const MailReads& reads, const Clock& clock, WindowState& state,
               QWidget* parent = nullptr);

    ~TriagePage() override;

    QWidget* customerPanel() const;
    InboxPane* inbox() const { return m_inbox; }
    ConversationPane* conversation() const { return m_conversation; }
    ProposalFeed* proposals() const { return m_proposing; }
    QSplitter* splitter() const { return m_splitter; }

    // Where the last session stood; the first conversation when it left nothing.
    void restore();
    void save() const;
    void showSplit(InboxView view);
    bool openConversation(ConversationId id);
    void refresh(DeskChanges changes);
    void refreshAnswer();   // of the open conversation alone
    void refreshCustomer(); // in a frame of its own
    bool isSettled() const; // nothing waits for the next frame
    // The first of the list, when nothing is chosen and nobody is searching.
    void chooseFirst();
    // True when the action is one of this page's.
    bool perform(DeskAction action, int argument);

Q_SIGNALS:
    void splitShown(aiva::InboxView view);
    void refreshRequested();
    void addMailboxAsked();
    void failed(const aiva::Error& error);

private:
    enum class Chosen { ByPerson, ByProgram };
    void connectInbox();
    void connectConversation();
    void show(ConversationId id, Chosen chosen);
    void expectNeighbours();
    void showNothing();
    void showGone(ConversationId id);
    void openHit(const SearchHit& hit);
    void toggleDone();
    void toggleUnread();
    void toggleSelectionDone();
    void assign();
    void write(DraftKind kind);
    // Several selected, else the one shown.
    std::vector<ConversationId> targets() const;
    void mergeShown();
    void connectCommands();
    void leave();
    void openLink(const QUrl& url);
    void saveAttachment(AttachmentId id, const QString& name);
    void writeAttachment(AttachmentId id, const QString& path);

    Desk& m_desk;
    MailDesk& m_mail;
    const MailReads& m_reads;
    const Clock& m_clock;
    WindowState& m_state;
    InboxPane* m_inbox;
    ConversationPane* m_conversation;
    CustomerFeed* m_customer;
    ComposerFeed* m_composing = nullptr;
    ProposalFeed* m_proposing = nullptr;
    ReadAhead* m_ahead;
    QSplitter* m_splitter;
    UndoBar* m_undo;
    std::unique_ptr<BulkActions> m_bulk;
    ConversationCommands* m_commands;
    std::optional<ConversationView> m_shown;
    QTimer m_readDelay; // who only passes by has not read
    QTimer m_customerDue;
    QElapsedTimer m_sinceShown; // what is shown changed last
    bool m_restoring = false;
};

} // namespace aiva
