// Answering a mail from the keyboard, in the whole window: write, send, take back, note, attachments, pictures.
#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/spoken.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/conversation/fold_button.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/triage_page.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

// The system, as far as it opens files.
class Viewer : public QObject {
    Q_OBJECT
public:
    Viewer() { QDesktopServices::setUrlHandler(u"file"_s, this, "take"); }
    ~Viewer() override { QDesktopServices::unsetUrlHandler(u"file"_s); }
    QStringList names;

public Q_SLOTS:
    void take(const QUrl& url) { names << QFileInfo(url.toLocalFile()).fileName(); }
};

class TestDeskReply : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_story = std::make_unique<DeskStory>();
        m_story->closeDesk();
        m_story->shareMailbox();
        QVERIFY(m_story->openDesk());
        m_window = std::make_unique<DeskWindow>(m_story->desk(), m_story->mailDesk(), m_story->mailReads(),
                                                m_story->clock(), m_story->dir());
        m_window->resize(1440, 900);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        list().setFocus();
        // Answers are proposed in the background at first; the outbox here is a fake that takes no draft away, so that
        // each refresh would bring the draft back into the composer.
        QSignalSpy changes(&m_story->desk(), &Desk::changed);
        for (qsizetype seen = -1; seen != changes.size();) {
            seen = changes.size();
            QTest::qWait(600);
        }
    }
    void cleanup() {
        m_window.reset();
        m_story.reset();
    }
    void sendsByKeyAndTakesItBack();
    void takesItBackFromAnotherConversation();
    void doesNotShowASentDraftAgain();
    void takesItBackFromTheOutbox();
    void leavesASentMailAloneOnceItIsOut();
    void writesToEverybodyOrToColleaguesByKey();
    void addsANoteOnlyOnceItsDraftIsWritten();
    void looksForNewsInShopsAndMailboxes();
    void warnsBeforeARiskyAttachment();
    void fetchesPicturesThroughTheDesk();
    void assignsFromTheConversation();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_window.get(), key, modifiers);
    }
    InboxList& list() { return *m_window->triage()->inbox()->list(); }
    ConversationPane& pane() { return *m_window->triage()->conversation(); }
    Composer& composer() { return *pane().composer(); }
    test::FakeMailDesk& mail() { return m_story->mailDesk(); }
    QAbstractButton* button(const QString& name) {
        for (auto* one : m_window->findChildren<QAbstractButton*>())
            if (one->isVisible() && spokenName(one).contains(name)) return one;
        return nullptr;
    }
    // R, the words, Ctrl+Enter; what the outbox then holds.
    void sendReply(const QString& text) {
        press(Qt::Key_R);
        QTRY_COMPARE(QApplication::focusWidget(), composer().editor());
        QTest::keyClicks(composer().editor(), text);
        OutboxView waiting = sample::waitingMail(m_story->clock().now());
        waiting.conversation = composer().conversation();
        m_story->pending = waiting;
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(mail().replies.size(), size_t(1));
        QTRY_VERIFY(composer().text().isEmpty());
    }

    std::unique_ptr<DeskStory> m_story;
    std::unique_ptr<DeskWindow> m_window;
};

void TestDeskReply::sendsByKeyAndTakesItBack() {
    sendReply(u"On its way"_s);
    QVERIFY(mail().replies[0].text.startsWith(u"On its way"_s));
    QCOMPARE(mail().replies[0].to.value(0).email, u"john@example.com"_s);
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(mail().calls.contains(u"cancelSend 1"_s));
    QTRY_COMPARE(composer().text(), u"On its way"_s);
    QCOMPARE(QApplication::focusWidget(), composer().editor());
    press(Qt::Key_Escape);
    QTRY_COMPARE(QApplication::focusWidget(), &list());
}

void TestDeskReply::takesItBackFromAnotherConversation() {
    const ConversationId john = composer().conversation();
    sendReply(u"On its way"_s);
    press(Qt::Key_Escape);
    press(Qt::Key_J);
    QVERIFY(composer().conversation() != john);
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(mail().calls.contains(u"cancelSend 1"_s));
    QTRY_COMPARE(composer().conversation(), john);
    QTRY_COMPARE(composer().text(), u"On its way"_s);
}

// Who goes on while a mail is being queued comes back to what the database holds afterwards, not to what was read ahead
// before.
void TestDeskReply::doesNotShowASentDraftAgain() {
    const ConversationId john = composer().conversation();
    press(Qt::Key_R);
    QTRY_COMPARE(QApplication::focusWidget(), composer().editor());
    QTest::keyClicks(composer().editor(), u"On its way"_s);
    mail().queued.hold();
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(mail().replies.size(), size_t(1));
    list().chooseNext(1);
    QVERIFY(composer().conversation() != john);
    QTest::qWait(300); // whatever is read ahead is read by now
    {
        const auto writer = m_story->workspace().openWriter(); // as the outbox does with the mail it takes
        QVERIFY(writer);
        auto taken = (*writer)->prepare("DELETE FROM drafts WHERE conversation_id = ?1");
        QVERIFY(taken && taken->bind(1, john).run());
    }
    mail().queued.release();
    QTest::qWait(20);
    list().chooseNext(-1);
    QCOMPARE(composer().conversation(), john);
    QCOMPARE(composer().text(), QString());
}

void TestDeskReply::takesItBackFromTheOutbox() {
    sendReply(u"On its way"_s);
    m_window->showPage(DeskPage::Outbox);
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(mail().calls.contains(u"cancelSend 1"_s));
    QTRY_COMPARE(composer().text(), u"On its way"_s);
    QVERIFY(composer().isVisible());
}

void TestDeskReply::leavesASentMailAloneOnceItIsOut() {
    sendReply(u"On its way"_s);
    m_story->pending->state = OutboxState::Sending;
    press(Qt::Key_Escape);
    press(Qt::Key_J);
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!mail().calls.contains(u"cancelSend 1"_s));
}

void TestDeskReply::writesToEverybodyOrToColleaguesByKey() {
    press(Qt::Key_A);
    QTRY_COMPARE(QApplication::focusWidget(), composer().editor());
    QCOMPARE(composer().kind(), DraftKind::ReplyAll);
    press(Qt::Key_Escape);
    press(Qt::Key_N);
    QTRY_COMPARE(QApplication::focusWidget(), composer().editor());
    QCOMPARE(spokenName(composer().editor()), u"Note to colleagues"_s);
    QTest::keyClicks(composer().editor(), u"He called twice"_s);
    press(Qt::Key_Return, Qt::ControlModifier);
    const qint64 id = composer().conversation().value();
    QTRY_VERIFY(mail().calls.contains(u"addNote %1 He called twice"_s.arg(id)));
    QVERIFY(mail().replies.empty());
    QTRY_COMPARE(composer().kind(), DraftKind::Reply);
}

// A draft that is written behind its note would come back as a second one.
void TestDeskReply::addsANoteOnlyOnceItsDraftIsWritten() {
    press(Qt::Key_N);
    QTRY_COMPARE(QApplication::focusWidget(), composer().editor());
    mail().noted.hold();
    QTest::keyClicks(composer().editor(), u"He called twice"_s);
    press(Qt::Key_Return, Qt::ControlModifier);
    const ConversationId id = composer().conversation();
    QTRY_VERIFY(mail().calls.contains(u"addNote %1 He called twice"_s.arg(id.value())));
    const auto view = m_story->desk().read().conversations->conversation(id);
    QVERIFY(view && *view && (*view)->noteDraft);
    QCOMPARE((*view)->noteDraft->text, u"He called twice"_s);
    mail().noted.release();
    QTRY_COMPARE(composer().kind(), DraftKind::Reply);
}

void TestDeskReply::looksForNewsInShopsAndMailboxes() {
    press(Qt::Key_F5);
    QVERIFY(mail().calls.contains(u"syncMailbox %1"_s.arg(m_story->mailboxes[0].account.id.value())));
}

void TestDeskReply::warnsBeforeARiskyAttachment() {
    Viewer viewer;
    QVERIFY(m_window->openConversation(m_story->conversation(u"Rossz méret érkezett"_s)));
    const auto box = [this] { return m_window->findChild<QMessageBox*>(); };
    QVERIFY(button(u"Open form.docm"_s) != nullptr);
    QVERIFY2(spokenName(button(u"Open form.docm"_s)).contains(u"macros"_s), "the risk is not read out");
    QTest::keyClick(button(u"Open form.docm"_s), Qt::Key_Space);
    QVERIFY(box() != nullptr);
    QVERIFY(box()->informativeText().contains(u"macros"_s));
    QTest::keyClick(box()->defaultButton(), Qt::Key_Space); // what Enter does by mistake: nothing
    QTRY_VERIFY(box() == nullptr);
    QVERIFY(viewer.names.isEmpty());
    QTest::keyClick(button(u"Open form.docm"_s), Qt::Key_Space);
    for (auto* one : box()->findChildren<QAbstractButton*>())
        if (one->text() == u"Open anyway"_s) one->click();
    QTRY_COMPARE(viewer.names, QStringList(u"form.docm"_s));
}

void TestDeskReply::fetchesPicturesThroughTheDesk() {
    QVERIFY(button(u"Load pictures"_s) == nullptr);
    button(u"Formatted"_s)->click();
    QVERIFY(mail().calls.isEmpty());
    QVERIFY(button(u"Load pictures"_s) != nullptr);
    QTest::keyClick(button(u"Load pictures"_s), Qt::Key_Space);
    QCOMPARE(mail().calls, QStringList(u"remotePicture https://cdn.acme.example/logo.png"_s));
}

void TestDeskReply::assignsFromTheConversation() {
    auto* assign = button(u"assign"_s);
    QVERIFY(assign != nullptr);
    QTest::keyClick(assign, Qt::Key_Space);
    QWidget* menu = QApplication::activePopupWidget();
    QVERIFY(menu != nullptr);
    QTest::keyClick(menu, Qt::Key_2);
    QCOMPARE(mail().calls, QStringList(u"assign %1 2"_s.arg(composer().conversation().value())));
}

QTEST_MAIN(TestDeskReply)
#include "tst_desk_reply.moc"
