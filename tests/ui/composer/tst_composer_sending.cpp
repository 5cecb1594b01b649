// A reply's way out of the composer and back: what keeps it back, what is handed over, what came of it.
#include "tests/support/patience.h"
#include "tests/ui/composer/composer_bench.h"
#include "tests/ui/support/spoken.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/send_later.h"
#include "ui/composer/send_later_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QDateTimeEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTextDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestComposerSending : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void sendsWhatIsShown() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"It is on its way."_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
        const ReplyRequest& reply = bench.sent[0];
        QCOMPARE(reply.to.size(), 1);
        QCOMPARE(reply.to[0].email, u"john@example.com"_s);
        QVERIFY(reply.cc.isEmpty());
        QCOMPARE(reply.subject, u"Re: Where is my order?"_s);
        QVERIFY(reply.text.startsWith(u"It is on its way.\n\n"_s));
        QVERIFY(reply.text.contains(u"\n> Can you check on my order?"_s));
        QVERIFY(reply.html.isEmpty());
        bench.composer.send(); // pressed twice
        QCOMPARE(bench.sent.size(), size_t(1));
    }

    void undoGivesTextAndCursorBackExactly() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        ReplyEdit& editor = *bench.composer.editor();
        editor.insertPlainText(u"One\nTwo 🎁 three"_s);
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(5);
        editor.setTextCursor(cursor);
        bench.composer.send();
        bench.composer.takeQueued(ConversationId(7), OutboxId(1));
        QVERIFY(bench.composer.text().isEmpty());
        bench.composer.setOutgoing(sample::waitingMail(bench.clock.now()));
        QVERIFY(bench.composer.undoSend());
        QCOMPARE(bench.cancelled.size(), size_t(1));
        bench.composer.takeBack(OutboxId(1));
        QCOMPARE(bench.composer.text(), u"One\nTwo 🎁 three"_s);
        QCOMPARE(editor.textCursor().position(), 5);
        editor.undo(); // its own history came along
        QVERIFY(bench.composer.text() != u"One\nTwo 🎁 three"_s);
    }

    void whatWasBegunMeanwhileIsKeptOnUndo() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"First"_s);
        bench.composer.send();
        bench.composer.takeQueued(ConversationId(7), OutboxId(1));
        bench.composer.editor()->insertPlainText(u"Second"_s);
        bench.composer.takeBack(OutboxId(1));
        QCOMPARE(bench.composer.text(), u"First\n\nSecond"_s);
    }

    void refusalKeepsTheText() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Text"_s);
        bench.composer.send();
        QVERIFY(bench.composer.editor()->isReadOnly());
        bench.composer.takeRefused(ConversationId(7), {ErrorKind::Network, {}, ErrorCause::ConnectionReset});
        QVERIFY(!bench.composer.editor()->isReadOnly());
        QCOMPARE(bench.composer.text(), u"Text"_s);
        QVERIFY(!bench.composer.findChild<Banner*>()->isHidden());
    }

    void aPromisedAttachmentAsksOnce() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"See attached."_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
    }

    void whatChangedBlocksUntilSeen() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Not shipped yet."_s);
        QCoreApplication::processEvents();
        ConversationView later = ComposerBench::conversation();
        later.messages.push_back(ComposerBench::message(2, u"John"_s, u"john@example.com"_s, u"Cancel it."_s, 1));
        bench.basis.newestMessage = MessageId(2);
        bench.composer.showConversation(later);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        auto* difference = bench.composer.findChild<DraftDifference*>();
        QVERIFY(!difference->isHidden());
        difference->findChild<SubtleButton*>()->click();
        QVERIFY(difference->isHidden());
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
        QCOMPARE(bench.sent[0].basis.newestMessage, MessageId(2));
        QCOMPARE(bench.sent[0].text.section(u'\n', 0, 0), u"Not shipped yet."_s);
    }

    void anotherPersonBlocksUntilSeen() {
        ComposerBench bench;
        bench.basis.person = ProfileId(7);
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Yours is #1042."_s);
        QCoreApplication::processEvents();
        bench.basis.person = ProfileId(8);
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        auto* difference = bench.composer.findChild<DraftDifference*>();
        QVERIFY(!difference->isHidden());
        difference->findChild<SubtleButton*>()->click();
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
        QCOMPARE(bench.sent[0].basis.person, std::optional(ProfileId(8)));
    }

    void aColleaguesReplyBlocks() {
        ComposerBench bench;
        ConversationView replied = ComposerBench::conversation();
        replied.messages.push_back(
            ComposerBench::message(2, u"Acme"_s, u"support@acme.example"_s, u"On its way."_s, 0));
        replied.messages.back().isOutbound = replied.messages.back().sentElsewhere = true;
        bench.composer.showConversation(replied);
        bench.composer.editor()->insertPlainText(u"Mine"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        replied.claimSlot = 2;
        bench.composer.showConversation(replied);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
    }

    void tellsHowLongAgoAColleagueReplied() {
        ComposerBench bench;
        ConversationView replied = ComposerBench::conversation();
        replied.messages.push_back(
            ComposerBench::message(2, u"Acme"_s, u"support@acme.example"_s, u"On its way."_s, 0));
        replied.messages.back().isOutbound = replied.messages.back().sentElsewhere = true;
        replied.messages.back().sentAt = bench.clock.now().plusSeconds(-40);
        bench.composer.showConversation(replied);
        bench.composer.showConversation(replied); // told at once
        auto* banner = bench.composer.findChild<Banner*>();
        QVERIFY(!banner->isHidden());
        QVERIFY2(spokenName(banner).contains(u"replied 40 s ago"_s), qPrintable(spokenName(banner)));
        bench.clock.advanceMs(30'000);
        bench.composer.showConversation(replied);
        QVERIFY2(spokenName(banner).contains(u"replied 1 min ago"_s), qPrintable(spokenName(banner)));
        bench.clock.advanceMs(60'000);
        bench.composer.showConversation(replied);
        QVERIFY(banner->isHidden()); // part of the conversation by now
    }

    void sendsLaterUnlessTheyWriteFirst() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Tomorrow, then."_s);
        bench.composer.show();
        SendBar& bar = *bench.composer.findChild<SendBar*>();
        const auto action = [](const QString& text) -> QAction* {
            const auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (menu == nullptr) return nullptr;
            for (QAction* one : menu->actions())
                if (one->text().startsWith(text)) return one;
            return nullptr;
        };
        bar.laterButton()->click();
        QVERIFY(action(u"Not if they write"_s) != nullptr);
        action(u"Not if they write"_s)->trigger();
        QVERIFY(action(u"Not if they write"_s)->isChecked()); // open again: a time is still to be chosen
        action(u"In an hour"_s)->trigger();
        QCOMPARE(bench.sent.size(), size_t(1));
        QCOMPARE(bench.sent[0].sendAt, std::optional(bench.clock.now().plusSeconds(3600)));
        QVERIFY(bench.sent[0].cancelWhenCustomerWrites);
    }

    void asksForATimeThatLiesAhead() {
        SendLaterSheet sheet(*UtcTime::parseIso("2026-02-20T17:45:00Z"));
        QSignalSpy chosen(&sheet, &SendLaterSheet::chosen);
        sheet.open();
        auto* when = sheet.findChild<QDateTimeEdit*>();
        QVERIFY(spokenName(when).contains(u"When"_s));
        when->setDateTime(QDateTime(QDate(2020, 1, 1), QTime(0, 0)));
        for (auto* button : sheet.findChildren<SubtleButton*>())
            if (button->text() == u"Send then"_s) QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<UtcTime>(), *UtcTime::parseIso("2026-02-20T17:46:00Z"));
    }

    void offersTimesThatLieAhead() {
        const auto offers = laterOffers(*UtcTime::parseIso("2026-02-20T17:45:00Z"), QTimeZone::utc()); // a Friday
        QCOMPARE(offers.size(), size_t(3));
        QCOMPARE(offers[0].choice, LaterChoice::InAnHour);
        QCOMPARE(offers[1].at, *UtcTime::parseIso("2026-02-21T09:00:00Z"));
        QCOMPARE(offers[2].at, *UtcTime::parseIso("2026-02-23T09:00:00Z"));
    }
};

QTEST_MAIN(TestComposerSending)
#include "tst_composer_sending.moc"
