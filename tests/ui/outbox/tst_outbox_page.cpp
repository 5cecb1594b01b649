#include "tests/ui/support/fake_mail_desk.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/outbox/outbox_page.h"
#include "ui/outbox/outbox_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestOutboxPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_clock = std::make_unique<ManualClock>(sample::now());
        m_desk = std::make_unique<test::FakeMailDesk>();
        m_window = std::make_unique<QWidget>();
        m_page = new OutboxPage(*m_desk, *m_clock);
        auto* layout = new QVBoxLayout(m_window.get());
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_page);
        m_window->resize(1000, 900);
    }

    void groupsWhatNeedsADecisionFirst() {
        show(sample::everyMail(now()), u"outbox"_s);
        QCOMPARE(m_page->shownGroups(), QStringList({u"Needs you"_s, u"On its way"_s, u"Sent recently"_s}));
        QVERIFY(m_page->row(OutboxId(8))->y() < m_page->row(OutboxId(1))->y());
        QVERIFY(m_page->row(OutboxId(1))->y() < m_page->row(OutboxId(10))->y());
        QCOMPARE(test::cutChild(*m_page), QString());
    }

    void saysWhatToDoWhenItIsEmpty() {
        show({}, u"outbox-empty"_s);
        QVERIFY(m_page->findChild<EmptyState*>()->isVisible());
        show({sample::sentMail(now())}, u"outbox-only-sent"_s);
        QVERIFY(!m_page->findChild<EmptyState*>()->isVisible());
    }

    void countsDownWithoutMovingAnything() {
        show({sample::waitingMail(now()), sample::staleMail(now())}, u"outbox-countdown"_s);
        OutboxRowView* row = m_page->row(OutboxId(1));
        QCOMPARE(row->stateText(), u"sending in  8 s"_s);
        const QRect before = row->geometry();
        QList<QRect> children;
        for (const QWidget* child : row->findChildren<QWidget*>())
            children << child->geometry();
        m_clock->advanceMs(1000);
        QTRY_COMPARE(row->stateText(), u"sending in  7 s"_s);
        QCOMPARE(row->geometry(), before);
        qsizetype at = 0;
        for (const QWidget* child : row->findChildren<QWidget*>())
            QCOMPARE(child->geometry(), children[at++]);
    }

    void keepsTheFocusThroughARefresh() {
        show({sample::waitingMail(now()), sample::staleMail(now())}, {});
        SubtleButton* edit = m_page->row(OutboxId(6))->button(OutboxAction::Edit);
        edit->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(edit->hasFocus());
        m_page->setMails({sample::staleMail(now()), sample::sentMail(now())});
        QVERIFY(edit->hasFocus());
        QCOMPARE(m_page->row(OutboxId(6))->button(OutboxAction::Edit), edit);
        QVERIFY(m_page->row(OutboxId(1)) == nullptr);
    }

    void passesEachDecisionOn() {
        show(sample::everyMail(now()), {});
        QSignalSpy stale(m_page, &OutboxPage::stale);
        press(1, OutboxAction::SendNow);
        press(5, OutboxAction::WasSent);
        press(5, OutboxAction::SendAgain);
        press(8, OutboxAction::Cancel);
        QTRY_COMPARE(stale.size(), 4);
        QCOMPARE(m_desk->calls, QStringList({u"sendNow 1"_s, u"resolveUnknown 5 sent"_s, u"resolveUnknown 5 again"_s,
                                             u"cancelSend 8"_s}));
    }

    void goesOnToTheDraftThatCameBack() {
        show(sample::everyMail(now()), {});
        QSignalSpy asked(m_page, &OutboxPage::conversationAsked);
        press(1, OutboxAction::Undo);
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<ConversationId>(), ConversationId(1));
        press(6, OutboxAction::Edit);
        QTRY_COMPARE(asked.size(), 2);
        press(10, OutboxAction::Open);
        QCOMPARE(asked.size(), 3);
        QCOMPARE(m_desk->calls, QStringList({u"cancelSend 1"_s, u"cancelSend 6"_s}));
    }

    void saysWhenItWasTooLateToUndo() {
        show(sample::everyMail(now()), {});
        QSignalSpy failed(m_page, &OutboxPage::failed);
        QSignalSpy asked(m_page, &OutboxPage::conversationAsked);
        m_desk->cancelled.set(Error{ErrorKind::Conflict, u"it has left"_s});
        press(1, OutboxAction::Undo);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(asked.size(), 0);
    }

    void survivesAMailThatVanishesWhileItIsTakenBack() {
        show(sample::everyMail(now()), {});
        m_desk->cancelled.hold();
        press(1, OutboxAction::Undo);
        m_page->setMails({});
        QSignalSpy asked(m_page, &OutboxPage::conversationAsked);
        m_desk->cancelled.release();
        QTRY_COMPARE(asked.size(), 1);
    }

    void pausesAndResumesEverything() {
        show({sample::waitingMail(now()), sample::retryMail(now())}, {});
        auto* banner = m_page->findChild<Banner*>();
        QVERIFY(!banner->isVisible());
        m_page->killSwitch()->click();
        QVERIFY(banner->isVisible());
        QCOMPARE(m_page->row(OutboxId(1))->stateText(), u"waits, sending is paused"_s);
        QVERIFY(test::keepShot(*m_window, u"outbox-paused"_s));
        Q_EMIT banner->actionTriggered();
        QVERIFY(!banner->isVisible());
        QCOMPARE(m_desk->calls, QStringList({u"pauseOutbox"_s, u"resumeOutbox"_s}));
    }

    void saysThatItIsOffline() {
        OutboxView due = sample::waitingMail(now().plusSeconds(-60));
        show({due, sample::sentMail(now())}, {});
        m_page->setOnline(false);
        QCOMPARE(m_page->row(due.id)->stateText(), u"waits for the connection"_s);
        QVERIFY(test::keepShot(*m_window, u"outbox-offline"_s));
    }

    void isReadAloud() {
        show(sample::everyMail(now()), {});
        OutboxRowView* row = m_page->row(OutboxId(8));
        QCOMPARE(spoken(row)->role(), QAccessible::ListItem);
        QVERIFY(spokenName(row).contains(u"Two widgets, one missing"_s));
        QVERIFY(spokenName(row).contains(u"refused"_s));
        QVERIFY(spoken(row)->text(QAccessible::Description).contains(u"address was refused"_s));
        QCOMPARE(spoken(m_page->row(OutboxId(1)))->text(QAccessible::Value), u"sending in 8 s"_s);
        SubtleButton* edit = row->button(OutboxAction::Edit);
        QCOMPARE(spokenName(edit), u"Edit: Re: Two widgets, one missing"_s);
        QVERIFY(pressSpoken(edit));
        QTRY_COMPARE(m_desk->calls, QStringList({u"cancelSend 8"_s}));
    }

    void looksRightNarrowAndInHighContrast() {
        m_window->resize(620, 640);
        show(sample::everyMail(now()), u"outbox-narrow"_s);
        QCOMPARE(test::cutChild(*m_page), QString());
    }

private:
    UtcTime now() const { return m_clock->now(); }
    void show(const std::vector<OutboxView>& mails, const QString& shot) {
        m_page->setMails(mails);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        if (!shot.isEmpty()) QVERIFY(test::keepShot(*m_window, shot));
    }
    void press(int id, OutboxAction action) {
        SubtleButton* button = m_page->row(OutboxId(id))->button(action);
        QVERIFY(button != nullptr);
        button->click();
    }

    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<test::FakeMailDesk> m_desk;
    std::unique_ptr<QWidget> m_window;
    OutboxPage* m_page = nullptr; // in the window
};

QTEST_MAIN(TestOutboxPage)
#include "tst_outbox_page.moc"
