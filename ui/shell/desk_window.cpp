#include "ui/shell/desk_window.h"

#include "ui/audit/audit_page.h"
#include "ui/errors/error_text.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/outbox/outbox_page.h"
#include "ui/shell/answer_settings_feed.h"
#include "ui/shell/keys_sheet.h"
#include "ui/shell/mailbox_banner.h"
#include "ui/shell/notifier.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_banner.h"
#include "ui/shell/triage_page.h"
#include "ui/stores/stores_page.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QFileInfo>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int gatherMs = 150;
constexpr int marksMs = 1'000;
constexpr int troubleMs = 12'000;
constexpr QSize firstSize(1440, 900);
constexpr QSize leastSize(928, 480);
// Narrower than this the conversation needs the room more than the customer does.
constexpr int customerFrom = leastSize.width() + size::crmPanel;

} // namespace

DeskWindow::DeskWindow(Desk& desk, MailDesk& mail, MailReads reads, const Clock& clock, const QString& workspaceDir,
                       QWidget* parent)
    : QWidget(parent), m_desk(desk), m_mail(mail), m_reads(std::move(reads)), m_clock(clock), m_state(workspaceDir) {
    setWindowTitle(u"Aiva"_s);
    // A laptop at double scale has 960 × 540, less the frame the system draws.
    const QSize room = screen()->availableGeometry().size() - QSize(0, size::bar);
    setMinimumSize(leastSize.width(), std::min(leastSize.height(), room.height()));
    m_settings = new SettingsPage(m_mail, m_desk.answers(), m_desk.stores(), m_clock, workspaceDir);
    build(workspaceName(workspaceDir));
    connectDesk();
    connectStores();
    connectMail();
    connectAnswers();
    connectPrivacy();
    auto* keys = new ActionKeys(this);
    connect(keys, &ActionKeys::triggered, this, &DeskWindow::perform);
    readStores();
    readOutbox();
    readMailboxes();
    m_triage->restore();
    apply();
    resize(firstSize.boundedTo(room));
    restoreGeometry(m_state.geometry());
    m_triage->splitter()->restoreState(m_state.splitter());
}

DeskWindow::~DeskWindow() = default;

// The folder's name, unless it is only the platform's "aiva": then the one store's.
QString DeskWindow::workspaceName(const QString& dir) {
    const QString folder = QFileInfo(dir).fileName();
    if (!folder.isEmpty() && folder != "aiva"_L1) return folder;
    const auto stores = m_desk.read().stores->stores();
    return stores && stores->size() == 1 ? stores->front().store.name : u"Aiva"_s;
}

void DeskWindow::build(const QString& name) {
    m_rail = new Rail(name);
    m_triage = new TriagePage(m_desk, m_mail, m_reads, m_clock, m_state);
    m_stores = makeStores();
    m_notifier = new Notifier(this);
    m_pages = new QStackedWidget;
    m_outbox = new OutboxPage(m_mail, m_clock);
    m_audit = new AuditPage(answerReads(*m_desk.read().answers));
    for (QWidget* page :
         {static_cast<QWidget*>(m_triage), static_cast<QWidget*>(m_outbox), static_cast<QWidget*>(m_stores),
          static_cast<QWidget*>(m_audit), static_cast<QWidget*>(m_settings)})
        m_pages->addWidget(page); // in DeskPage's order
    m_banner = new StoreBanner(m_state, m_clock);
    m_mailboxBanner = new MailboxBanner(m_state, m_clock);
    m_trouble = textLabel({}, TextStyle::Dense, &Colors::warning);
    m_trouble->setMargin(3 * size::grid);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_status = new StatusLine(m_clock);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_pages, 1);
    auto* desk = new QVBoxLayout;
    desk->setSpacing(0);
    desk->addWidget(m_banner);
    desk->addWidget(m_mailboxBanner);
    desk->addWidget(m_trouble);
    desk->addLayout(middle, 1);
    desk->addWidget(m_status);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(desk, 1);
    m_customer = m_triage->customerPanel();
    whole->addWidget(m_customer);

    connect(m_rail, &Rail::splitChosen, this, &DeskWindow::showSplit);
    connect(m_rail, &Rail::pageChosen, this, &DeskWindow::showPage);
    connect(m_triage, &TriagePage::splitShown, this, [this](InboxView view) { m_rail->setCurrent(m_page, view); });
    connect(m_triage, &TriagePage::failed, this, &DeskWindow::tell);
    connect(m_triage, &TriagePage::refreshRequested, this, [this] { syncAll(SyncKind::Incremental); });
}

void DeskWindow::connectDesk() {
    connect(&m_desk, &Desk::changed, this, &DeskWindow::gather);
    connect(&m_desk, &Desk::onlineChanged, m_status, &StatusLine::setOnline);
    connect(&m_desk, &Desk::mailImported, this, [this] {
        m_importing = false;
        m_status->setImporting(false);
        m_pending |= DeskChange::Conversations;
        apply();
        m_triage->chooseFirst();
    });
    connect(&m_desk, &Desk::commandFailed, this, [this](const QString& command, const Error& error) {
        if (command == "importMail"_L1) {
            m_importing = false;
            m_status->setImporting(false);
        }
        if (command == "sync"_L1) {
            for (const StoreId store : std::exchange(m_syncing, {}))
                if (!m_desk.syncProgress(store)) m_status->setSyncing(store, false);
            readStores(); // what waited for it to begin waits no more
        }
        tell(error);
    });
    m_marks.setSingleShot(true);
    m_marks.setInterval(marksMs);
    connect(&m_marks, &QTimer::timeout, this, [this] {
        m_pending |= DeskChange::Answers;
        if (!m_pause.isActive()) apply();
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(gatherMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_pending) apply();
    });
    m_troubleEnd.setSingleShot(true);
    m_troubleEnd.setInterval(troubleMs);
    connect(&m_troubleEnd, &QTimer::timeout, m_trouble, &QWidget::hide);
    m_status->setOnline(m_desk.isOnline());
}

void DeskWindow::connectAnswers() {
    m_answerSettings = new AnswerSettingsFeed(m_desk, answerReads(*m_desk.read().answers), *m_settings);
    connect(m_answerSettings, &AnswerSettingsFeed::failed, this, &DeskWindow::tell);
    connect(m_audit, &AuditPage::failed, this, &DeskWindow::tell);
    connect(m_audit, &AuditPage::conversationAsked, this, &DeskWindow::openConversation);
    connect(m_status, &StatusLine::autoSendAsked, this, [this] {
        m_settings->autoSend()->killSwitch()->click();
        m_status->setAutoSend(m_settings->autoSend()->state());
    });
    m_status->setAutoSend(m_settings->autoSend()->state());
}

void DeskWindow::gather(DeskChanges changes) {
    if (changes == DeskChanges(DeskChange::Answers)) {
        m_triage->refreshAnswer();
        if (!m_marks.isActive()) m_marks.start();
        return;
    }
    m_pending |= changes;
    if (!m_pause.isActive()) return apply();
    // A shop's change of what one is looking at does not wait with the rest.
    if (changes.testFlag(DeskChange::Customers)) m_triage->refreshCustomer();
}

void DeskWindow::apply() {
    const DeskChanges changes = std::exchange(m_pending, {});
    m_pause.start();
    if (const auto counts = m_desk.read().inbox->counts()) {
        m_rail->setCounts(*counts);
        m_triage->inbox()->setHasMail(counts->value(InboxView::All) > 0);
    }
    if (changes & (DeskChange::Stores | DeskChange::Customers)) readStores();
    if (changes & (DeskChange::Answers | DeskChange::Stores)) {
        if (m_page == DeskPage::Settings) m_answerSettings->refresh();
        if (m_page == DeskPage::Audit) m_audit->refresh();
        m_status->setAutoSend(m_settings->autoSend()->state());
    }
    if (changes & ~DeskChanges(DeskChange::Answers)) readOutbox();
    if (changes & (DeskChange::Privacy | DeskChange::Stores)) readPrivacy();
    m_triage->refresh(changes);
}

void DeskWindow::showPage(DeskPage page) {
    m_page = page;
    m_pages->setCurrentIndex(static_cast<int>(page));
    if (page == DeskPage::Settings) m_answerSettings->refresh();
    if (page == DeskPage::Audit) m_audit->refresh();
    m_rail->setCurrent(page, m_triage->inbox()->filter().view);
    placeCustomerPanel();
}

void DeskWindow::showSplit(InboxView view) {
    showPage(DeskPage::Triage);
    m_triage->showSplit(view);
}

bool DeskWindow::openConversation(ConversationId id) {
    showPage(DeskPage::Triage);
    return m_triage->openConversation(id);
}

void DeskWindow::importMail(const QString& path, const QStringList& ownAddresses) {
    m_importing = true;
    m_status->setImporting(true);
    m_desk.importMail(path, ownAddresses);
}

bool DeskWindow::isQuiet() const {
    return !m_importing && !m_pending && m_syncing.isEmpty() && m_triage->isSettled();
}

void DeskWindow::perform(DeskAction action, int argument) {
    if (action == DeskAction::Keys) {
        auto* sheet = new KeysSheet(this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    } else if (action == DeskAction::Refresh) {
        syncAll(SyncKind::Incremental);
        syncMailboxes();
    } else if (action == DeskAction::NthSplit) {
        const auto splits = Rail::splits();
        if (static_cast<size_t>(argument) <= splits.size()) showSplit(splits[static_cast<size_t>(argument - 1)]);
    } else if (action == DeskAction::CustomerPanel) {
        m_state.setCustomerPanelShown(!m_state.isCustomerPanelShown());
        placeCustomerPanel();
    } else if (action == DeskAction::Back && m_page != DeskPage::Triage) {
        showPage(DeskPage::Triage);
        m_triage->inbox()->list()->setFocus(Qt::OtherFocusReason);
    } else if (action == DeskAction::Undo && m_page == DeskPage::Outbox) {
        if (m_triage->perform(action, argument)) showPage(DeskPage::Triage);
    } else if (m_page == DeskPage::Triage || action == DeskAction::Search) {
        if (m_page != DeskPage::Triage) showPage(DeskPage::Triage);
        m_triage->perform(action, argument);
    }
}

void DeskWindow::placeCustomerPanel() {
    m_customer->setVisible(m_page == DeskPage::Triage && m_state.isCustomerPanelShown() && width() >= customerFrom);
}

void DeskWindow::tell(const Error& error) {
    m_trouble->setColor(&Colors::warning);
    showTrouble(errorSentence(error));
}

void DeskWindow::showTrouble(const QString& text) {
    m_trouble->setText(text);
    m_trouble->show();
    announceChange(m_trouble, QAccessible::Alert);
    m_troubleEnd.start();
}

void DeskWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeCustomerPanel();
}

bool DeskWindow::focusNextPrevChild(bool next) {
    return stepFocus(*this, next);
}

void DeskWindow::closeEvent(QCloseEvent* event) {
    m_state.setGeometry(saveGeometry());
    m_triage->save();
    QWidget::closeEvent(event);
}

} // namespace aiva
