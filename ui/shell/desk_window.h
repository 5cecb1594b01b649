// The window: rail, page, customer panel, status line, banner. Passes the desk's notices to whom they concern and the
// keyboard's actions to the page shown; everything else happens in the pages.
#pragma once

#include "core/desk/desk.h"
#include "core/desk/mail/mail_desk.h"
#include "ui/models/mail_reads.h"
#include "ui/shell/actions.h"
#include "ui/shell/rail.h"
#include "ui/shell/window_state.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace aiva {

class AnswerSettingsFeed;
class AuditPage;
class MailboxBanner;
class Notifier;
class OutboxPage;
class SettingsPage;
class StoreBanner;
class StatusLine;
class StoresPage;
class TextBlock;
class TriagePage;

class DeskWindow final : public QWidget {
    Q_OBJECT
public:
    // `desk`, `mail` and `clock` outlive the window.
    DeskWindow(Desk& desk, MailDesk& mail, MailReads reads, const Clock& clock, const QString& workspaceDir,
               QWidget* parent = nullptr);
    ~DeskWindow() override;

    void showPage(DeskPage page);
    void showSplit(InboxView view);
    bool openConversation(ConversationId id);
    // Both show at once that they are under way.
    void syncAll(SyncKind kind);
    void importMail(const QString& path, const QStringList& ownAddresses);
    // Nothing under way and everything read shown: what a screenshot waits for.
    bool isQuiet() const;
    TriagePage* triage() const { return m_triage; }
    SettingsPage* settings() const { return m_settings; }
    StoresPage* stores() const { return m_stores; }
    StatusLine* statusLine() const { return m_status; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QString workspaceName(const QString& dir);
    void build(const QString& name);
    void connectDesk();
    StoresPage* makeStores();
    void connectStores();
    void endSync(StoreId store);
    void notice(const StoreNotice& told);
    void gather(DeskChanges changes);
    void apply();
    void readStores();
    void readOutbox();
    void syncMailboxes();
    void readMailboxes();
    void connectMail();
    void connectAnswers();
    void connectPrivacy();
    void readPrivacy();
    void perform(DeskAction action, int argument);
    void placeCustomerPanel();
    void tell(const Error& error);
    void tellOf(StoreId store, const Error& error); // which one, when there are several
    void showTrouble(const QString& text);

    Desk& m_desk;
    MailDesk& m_mail;
    MailReads m_reads;
    const Clock& m_clock;
    WindowState m_state;
    Rail* m_rail = nullptr;
    StoreBanner* m_banner = nullptr;
    MailboxBanner* m_mailboxBanner = nullptr;
    QStackedWidget* m_pages = nullptr;
    TriagePage* m_triage = nullptr;
    OutboxPage* m_outbox = nullptr;
    StoresPage* m_stores = nullptr;
    Notifier* m_notifier = nullptr;
    AuditPage* m_audit = nullptr;
    AnswerSettingsFeed* m_answerSettings = nullptr;
    SettingsPage* m_settings = nullptr;
    StatusLine* m_status = nullptr;
    TextBlock* m_trouble = nullptr;
    QWidget* m_customer = nullptr;
    DeskPage m_page = DeskPage::Triage;
    DeskChanges m_pending;
    QTimer m_marks; // answers made in the background: their marks in the list can wait
    QTimer m_pause; // notices of a running sync are gathered, the first one is not
    QTimer m_troubleEnd;
    QTimer m_minute; // what is said of times goes on
    bool m_importing = false;
    std::vector<StoreView> m_storeViews;
    QSet<StoreId> m_syncing; // asked for or under way
};

} // namespace aiva
