// The mail half of the window: several conversations at once, assigning, filters, outbox and mailboxes in reach.
#include "tests/ui/shell/desk_story.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/inbox/assign_menu.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/mailboxes/mailbox_wizard.h"
#include "ui/outbox/outbox_page.h"
#include "ui/shell/actions.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/mailbox_banner.h"
#include "ui/shell/rail_entry.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/triage_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/undo_bar.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

class TestDeskMail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_story = std::make_unique<DeskStory>();
        QVERIFY(m_story->isOpen());
        m_story->closeDesk();
        m_story->shareMailbox();
        QVERIFY(m_story->openDesk());
        open();
    }
    void cleanup() {
        m_window.reset();
        m_story.reset();
    }
    void marksSeveralDoneAndBringsThemBack();
    void keepsSeveralSelectedThroughARefresh();
    void assignsByKeyAndBack();
    void assignsSeveralAtOnce();
    void filtersByWhoHasIt();
    void remembersTheFilter();
    void saysWhoIsAnswering();
    void leadsFromAnEmptyInboxToAMailbox();
    void showsTheOutboxInRailAndStatusLine();
    void showsTheKillSwitchEverywhere();
    void bannersALostSignInForADay();
    void knowsEveryKeyOnce();

private:
    void open() {
        m_window = std::make_unique<DeskWindow>(m_story->desk(), m_story->mailDesk(), m_story->mailReads(),
                                                m_story->clock(), m_story->dir());
        m_window->resize(1440, 900);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        list().setFocus();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_window.get(), key, modifiers);
    }
    InboxPane& inbox() { return *m_window->triage()->inbox(); }
    InboxList& list() { return *inbox().list(); }
    test::FakeMailDesk& mail() { return m_story->mailDesk(); }
    ConversationStatus statusOf(const QString& subject) {
        return (*m_story->desk().read().inbox->row(m_story->conversation(subject)))->status;
    }
    QStringList subjects() {
        QStringList all;
        for (int row = 0; row < inbox().model().rowCount(); ++row)
            all << inbox().model().rowAt(row)->subject;
        return all;
    }
    // As a person with the popover open does: the digit before the entry.
    bool pickFromPopover(Qt::Key key) {
        auto* menu = qobject_cast<AssignMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr) return false;
        QTest::keyClick(menu, key);
        return true;
    }

    std::unique_ptr<DeskStory> m_story;
    std::unique_ptr<DeskWindow> m_window;
};

void TestDeskMail::marksSeveralDoneAndBringsThemBack() {
    press(Qt::Key_J, Qt::ShiftModifier);
    press(Qt::Key_J, Qt::ShiftModifier);
    QCOMPARE(list().selected().size(), size_t(3));
    press(Qt::Key_K, Qt::ShiftModifier); // back: the last one is let go
    QCOMPARE(list().selected().size(), size_t(2));
    QVERIFY(test::keepShot(*m_window, u"inbox-several"_s));
    press(Qt::Key_E);
    QTRY_COMPARE(statusOf(u"Where is my order?"_s), ConversationStatus::Done);
    QTRY_COMPARE(statusOf(u"Rossz méret érkezett"_s), ConversationStatus::Done);
    QCOMPARE(statusOf(u"Повернення товару"_s), ConversationStatus::Open);
    QTRY_COMPARE(inbox().model().rowCount(), 4);
    QCOMPARE(list().selected().size(), size_t(1));
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(statusOf(u"Where is my order?"_s), ConversationStatus::Open);
    QTRY_COMPARE(inbox().model().rowCount(), 6);
}

void TestDeskMail::keepsSeveralSelectedThroughARefresh() {
    press(Qt::Key_J, Qt::ShiftModifier);
    const auto before = list().selected();
    QCOMPARE(before.size(), size_t(2));
    m_story->desk().markRead(m_story->conversation(u"Re: Delivery to the wrong door"_s), true);
    QSignalSpy refreshed(&inbox().model(), &InboxModel::refreshed);
    QTRY_VERIFY(!refreshed.isEmpty());
    QCOMPARE(list().selected(), before);
    press(Qt::Key_Escape);
    QCOMPARE(list().selected().size(), size_t(1));
}

void TestDeskMail::assignsByKeyAndBack() {
    press(Qt::Key_I);
    auto* menu = qobject_cast<AssignMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(test::keepShot(*menu, u"assign-popover"_s));
    QStringList entries;
    for (const QAction* action : menu->actions())
        if (!action->isSeparator()) entries << action->text();
    QCOMPARE(entries, QStringList({u"&1  Kim (you)"_s, u"&2  Anna"_s, u"&3  Ben"_s, u"&4  Nobody"_s}));
    QVERIFY(menu->actions().front()->isChecked());
    QVERIFY(pickFromPopover(Qt::Key_2));
    const qint64 id = m_story->conversation(u"Where is my order?"_s).value();
    QCOMPARE(mail().calls, QStringList{u"assign %1 2"_s.arg(id)});
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(mail().calls.back(), u"assign %1 1"_s.arg(id));
}

void TestDeskMail::assignsSeveralAtOnce() {
    press(Qt::Key_J, Qt::ShiftModifier);
    press(Qt::Key_I);
    QVERIFY(pickFromPopover(Qt::Key_3));
    QCOMPARE(mail().calls.size(), 2);
    auto* undo = inbox().findChild<UndoBar*>();
    QVERIFY(undo->findChild<SubtleButton*>() != nullptr);
    QVERIFY(spokenName(undo->findChild<SubtleButton*>()).contains(u"2 assigned to Ben"_s));
}

void TestDeskMail::filtersByWhoHasIt() {
    m_window->showSplit(InboxView::All);
    const std::vector<TeamPerson> people = teamPeople(m_story->mailboxes);
    QCOMPARE(people.size(), size_t(3));
    QVERIFY(people.front().isMe);
    InboxFilter filter = inbox().filter();
    filter.assignees = people[0].places;
    inbox().setFilter(filter);
    QCOMPARE(subjects(), QStringList{u"Where is my order?"_s});
    filter.assignees = people[1].places;
    inbox().setFilter(filter);
    QCOMPARE(subjects(), QStringList{u"Invoice for #1029"_s});
    filter.assignees.emplace();
    inbox().setFilter(filter);
    QCOMPARE(subjects().size(), 5);
    filter.assignees = people[2].places;
    inbox().setFilter(filter);
    QCOMPARE(subjects(), QStringList());
    QVERIFY(test::keepShot(*m_window, u"inbox-filtered-empty"_s));
}

void TestDeskMail::remembersTheFilter() {
    InboxFilter filter = inbox().filter();
    filter.store = m_story->store();
    filter.assignees = std::vector<InboxAssignee>{{MailboxId(1), 2}};
    inbox().setFilter(filter);
    m_window->close();
    m_window.reset();
    open();
    QCOMPARE(inbox().filter().store, std::optional(m_story->store()));
    QVERIFY(inbox().filter().assignees == filter.assignees);
    filter.assignees.emplace();
    filter.store.reset();
    inbox().setFilter(filter);
    m_window->close();
    m_window.reset();
    open();
    QVERIFY(inbox().filter().assignees && inbox().filter().assignees->empty());
    QVERIFY(!inbox().filter().store);
}

void TestDeskMail::saysWhoIsAnswering() {
    QVERIFY(test::keepShot(*m_window, u"inbox-team"_s));
    const auto spokenRow = [this](const QString& subject) {
        const int row = inbox().model().rowOf(m_story->conversation(subject));
        return inbox().model().data(inbox().model().index(row), Qt::AccessibleTextRole).toString();
    };
    QVERIFY(spokenRow(u"Rossz méret érkezett"_s).contains(u"Ben is answering"_s));
    QVERIFY(spokenRow(u"Where is my order?"_s).contains(u"assigned to you"_s));
    QVERIFY(spokenRow(u"Invoice for #1029"_s).contains(u"assigned to Anna"_s));
}

void TestDeskMail::leadsFromAnEmptyInboxToAMailbox() {
    DeskStory empty(DeskStory::Filling::Empty);
    DeskWindow window(empty.desk(), empty.mailDesk(), empty.mailReads(), empty.clock(), empty.dir());
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(test::keepShot(window, u"inbox-no-mailbox"_s));
    SubtleButton* add = nullptr;
    for (SubtleButton* button : window.triage()->findChildren<SubtleButton*>())
        if (button->text() == u"Add mailbox"_s && button->isVisible()) add = button;
    QVERIFY(add != nullptr);
    add->click();
    auto* wizard = window.findChild<MailboxWizard*>();
    QVERIFY(wizard != nullptr && wizard->isVisible());
    wizard->reject();
}

void TestDeskMail::showsTheOutboxInRailAndStatusLine() {
    m_story->outbox = sample::everyMail(m_story->clock().now());
    Q_EMIT mail().sendHeld(OutboxId(6), Error{ErrorKind::Conflict, {}, ErrorCause::DraftStale});
    bool found = false;
    for (RailEntry* entry : m_window->findChildren<RailEntry*>())
        if (entry->text() == u"Outbox"_s) found = spokenName(entry) == u"Outbox, 8 mails"_s;
    QVERIFY(found);
    QVERIFY(m_window->statusLine()->text().contains(u"outbox 5 · 3 held"_s));
    for (SubtleButton* button : m_window->statusLine()->findChildren<SubtleButton*>())
        QVERIFY(pressSpoken(button));
    QVERIFY(m_window->findChild<OutboxPage*>()->isVisible());
    QVERIFY(test::keepShot(*m_window, u"page-outbox"_s));
    press(Qt::Key_Escape);
    QVERIFY(!m_window->findChild<OutboxPage*>()->isVisible());
    QCOMPARE(QApplication::focusWidget(), &list());
}

void TestDeskMail::showsTheKillSwitchEverywhere() {
    auto* page = m_window->findChild<OutboxPage*>();
    page->killSwitch()->click();
    QVERIFY(mail().isOutboxPaused());
    QVERIFY(m_window->statusLine()->text().contains(u"sending paused"_s));
    QVERIFY(test::keepShot(*m_window, u"desk-paused"_s));
}

void TestDeskMail::bannersALostSignInForADay() {
    m_story->mailboxes = {sample::lostMailbox(m_story->clock().now())};
    Q_EMIT mail().mailboxStateChanged(MailboxId(3));
    auto* banner = m_window->findChild<MailboxBanner*>();
    QVERIFY(banner->isVisible());
    QVERIFY(test::keepShot(*m_window, u"desk-mailbox-lost"_s));
    Q_EMIT banner->actionTriggered();
    auto* wizard = m_window->findChild<MailboxWizard*>();
    QVERIFY(wizard != nullptr && wizard->isVisible());
    wizard->reject();
    Q_EMIT banner->dismissed();
    Q_EMIT mail().mailboxStateChanged(MailboxId(3));
    QVERIFY(!banner->isVisible());
    m_story->clock().advanceMs(25LL * 3600 * 1000);
    Q_EMIT mail().mailboxStateChanged(MailboxId(3));
    QVERIFY(banner->isVisible());
}

void TestDeskMail::knowsEveryKeyOnce() {
    QStringList keys;
    for (const ActionSpec& spec : deskActions())
        for (const QString& key : QString::fromLatin1(spec.keys).split(u',', Qt::SkipEmptyParts)) {
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys << key;
        }
    for (const QString& key : {u"A"_s, u"N"_s, u"I"_s, u"M"_s, u"Shift+J"_s, u"Shift+K"_s, u"Ctrl+Z"_s})
        QVERIFY2(keys.contains(key), qPrintable(key));
    press(Qt::Key_M);
    const bool merged = !mail().calls.filter(u"merge "_s).isEmpty();
    QMenu* menu = nullptr;
    for (auto* candidate : m_window->findChildren<QMenu*>())
        if (candidate->accessibleName() == u"Merge with"_s) menu = candidate;
    QVERIFY(merged || menu != nullptr);
    if (menu != nullptr) menu->close();
}

QTEST_MAIN(TestDeskMail)
#include "tst_desk_mail.moc"
