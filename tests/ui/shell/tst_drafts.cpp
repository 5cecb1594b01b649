// Drafts as typed: switching, reopening, being killed.
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/conversation/order_card.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/triage_page.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QProcess>
#include <QSignalSpy>
#include <QTextCursor>

#include <cstdio>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

namespace {

constexpr const char* typistFlag = "--typist";
constexpr int typistPauseMs = 5;

// The child: opens the workspace's window and types, a letter every few milliseconds, telling how far it came and how
// far it was whenever the desk said "saved", until it is killed.
int typeUntilKilled(const QString& dir) {
    SystemClock clock;
    auto workspace = Workspace::open(dir, test::storyKey());
    if (!workspace) return 1;
    auto desk = Desk::open(**workspace, clock, {});
    if (!desk) return 1;
    test::FakeMailDesk mail;
    DeskWindow window(**desk, mail, {}, clock, dir);
    window.show();
    ReplyEdit* editor = window.triage()->conversation()->composer()->editor();
    QTimer timer;
    int typed = 0;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        editor->insertPlainText(QString(QChar(u'a' + typed % 26)));
        std::printf("%d\n", ++typed);
        std::fflush(stdout);
    });
    QObject::connect(desk->get(), &Desk::draftSaved, [&] {
        std::printf("=%d\n", typed);
        std::fflush(stdout);
    });
    timer.start(typistPauseMs);
    return QApplication::exec();
}

} // namespace

class TestDrafts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp); }
    void switchingConversationsLosesNothing();
    void comesBackWithItsCursor();
    void emptiedDraftIsGone();
    void appendsTheTrackingBlockAsOneStep();
    void takesPlainTextOnly();
    void copiesTheReply();
    void saysWhenItWasSaved();
    void survivesBeingKilled();

private:
    static Composer& composer(DeskWindow& window) { return *window.triage()->conversation()->composer(); }
};

void TestDrafts::switchingConversationsLosesNothing() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    InboxList& list = *window.triage()->inbox()->list();
    QStringList written;
    const int rows = window.triage()->inbox()->model().rowCount();
    for (int i = 0; i < rows; ++i) {
        written << u"Draft number %1"_s.arg(i);
        composer(window).editor()->insertPlainText(written.back());
        list.chooseNext(1); // at once, before anything is saved
    }
    list.chooseNext(-1);
    for (int i = rows - 2; i >= 0; --i) {
        QCOMPARE(composer(window).text(), written[i]);
        list.chooseNext(-1);
    }
    composer(window).editor()->undo();
    QVERIFY(composer(window).text() != written[0]); // each keeps its own history
}

void TestDrafts::comesBackWithItsCursor() {
    DeskStory story;
    {
        DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
        window.show();
        composer(window).editor()->insertPlainText(u"Hi John,\n\nyour order is on its way 🎁 to you."_s);
        QTextCursor cursor = composer(window).editor()->textCursor();
        cursor.setPosition(10);
        composer(window).editor()->setTextCursor(cursor);
        composer(window).editor()->insertPlainText(u"So: "_s);
    }
    story.closeDesk(); // writes what is pending
    QVERIFY(story.openDesk());
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    QCOMPARE(composer(window).text(), u"Hi John,\n\nSo: your order is on its way 🎁 to you."_s);
    QCOMPARE(composer(window).editor()->textCursor().position(), 14);
}

void TestDrafts::emptiedDraftIsGone() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    const ConversationId id = composer(window).conversation();
    composer(window).editor()->insertPlainText(u"x"_s);
    QVERIFY(test::await(story.desk().flush()));
    QVERIFY((*story.desk().read().inbox->row(id))->hasDraft);
    composer(window).editor()->selectAll();
    composer(window).editor()->textCursor().removeSelectedText();
    QVERIFY(test::await(story.desk().flush()));
    QVERIFY(!(*story.desk().read().inbox->row(id))->hasDraft);
}

void TestDrafts::appendsTheTrackingBlockAsOneStep() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    ReplyEdit* editor = composer(window).editor();
    editor->insertPlainText(u"Hi John,\nBest, Kim"_s);
    QTextCursor cursor = editor->textCursor();
    cursor.setPosition(8); // after the greeting
    editor->setTextCursor(cursor);
    const QString before = composer(window).text();
    QAbstractButton* append = nullptr;
    for (auto* button : window.triage()->conversation()->orderCard()->findChildren<QAbstractButton*>())
        if (button->text().contains(u"Append"_s)) append = button;
    QVERIFY(append);
    append->click();
    const QString after = composer(window).text();
    QVERIFY2(after.contains(u"9400111899223197428490"_s), qPrintable(after));
    QVERIFY(after.startsWith(u"Hi John,\n"_s) && after.endsWith(u"Best, Kim"_s));
    QVERIFY(editor->toHtml().contains(u"href=\"https://tools.usps.com"_s));
    editor->undo();
    QCOMPARE(composer(window).text(), before);
    editor->redo();
    QCOMPARE(composer(window).text(), after);

    QVERIFY(test::await(story.desk().flush()));
    DeskWindow again(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    again.show();
    QCOMPARE(composer(again).text(), after);
    QVERIFY(composer(again).editor()->toHtml().contains(u"href=\"https://tools.usps.com"_s));
}

void TestDrafts::takesPlainTextOnly() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    auto* mime = new QMimeData;
    mime->setHtml(u"<h1>Big</h1><img src='https://tracker.example/p.gif'>"_s);
    mime->setText(u"Big"_s);
    QApplication::clipboard()->setMimeData(mime);
    composer(window).editor()->paste();
    QCOMPARE(composer(window).text(), u"Big"_s);
    QVERIFY(!composer(window).editor()->toHtml().contains(u"<img"_s));
}

void TestDrafts::copiesTheReply() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    composer(window).editor()->insertPlainText(u"Hello\nJohn"_s);
    composer(window).copyReply();
    QCOMPARE(QApplication::clipboard()->text(), u"Hello\nJohn"_s);
}

void TestDrafts::saysWhenItWasSaved() {
    DeskStory story;
    DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
    window.show();
    QSignalSpy saved(&story.desk(), &Desk::draftSaved);
    composer(window).editor()->insertPlainText(u"Hello"_s);
    QVERIFY(saved.wait(60'000));
    const auto says = [&] {
        for (const auto* label : composer(window).findChildren<QLabel*>())
            if (label->text() == u"saved 9:43 AM"_s) return true;
        return false;
    };
    QLocale::setDefault(QLocale(u"en_US"_s));
    composer(window).editor()->insertPlainText(u"!"_s);
    QTRY_VERIFY(says());
}

void TestDrafts::survivesBeingKilled() {
    for (const int killAfter : {30, 75, 140}) {
        DeskStory story;
        const QString dir = story.dir();
        story.closeDesk();
        QProcess typist;
        typist.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(typistFlag), dir});
        QVERIFY(typist.waitForStarted(60'000));
        QByteArray told;
        int typed = 0;
        QList<int> savedAt; // how much had been typed each time the desk said so
        const auto listen = [&] {
            told += typist.readAllStandardOutput();
            for (qsizetype end = told.indexOf('\n'); end >= 0; end = told.indexOf('\n')) {
                const QByteArray line = told.left(end);
                told.remove(0, end + 1);
                if (line.startsWith('='))
                    savedAt << line.mid(1).toInt();
                else
                    typed = line.toInt();
            }
        };
        while (typed < killAfter || savedAt.size() < 2) {
            QVERIFY(typist.waitForReadyRead(60'000));
            listen();
        }
        typist.kill();
        QVERIFY(typist.waitForFinished());
        QCOMPARE(typist.exitStatus(), QProcess::CrashExit);
        QVERIFY(story.openDesk());
        DeskWindow window(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), dir);
        window.show();
        const QString kept = composer(window).text();
        QString whole;
        for (int i = 0; i < kept.size(); ++i)
            whole += QChar(u'a' + i % 26);
        // A beginning of what was typed, nothing else.
        QCOMPARE(kept, whole);
        // What is typed while a save is under way belongs to the next one.
        const int promised = savedAt[savedAt.size() - 2];
        QVERIFY2(kept.size() >= promised && promised > 0, qPrintable(u"%1 of %2"_s.arg(kept.size()).arg(typed)));
    }
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], typistFlag) == 0) {
        Theme::apply(application);
        return typeUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    TestDrafts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_drafts.moc"
