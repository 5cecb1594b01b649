#include "tests/ui/support/fake_answer_desk.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/mailboxes/canned_reply_editor.h"
#include "ui/mailboxes/disconnect_sheet.h"
#include "ui/mailboxes/mailbox_card.h"
#include "ui/mailboxes/mailbox_wizard.h"
#include "ui/mailboxes/servers_step.h"
#include "ui/mailboxes/signature_edit.h"
#include "ui/shell/settings_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/undo_bar.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScreen>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTextEdit>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMailboxSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeMailDesk>();
        m_window = std::make_unique<QWidget>();
        m_page = new SettingsPage(*m_desk, m_answers, m_stores, m_clock, u"/home/kim/.local/share/aiva"_s);
        auto* layout = new QVBoxLayout(m_window.get());
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_page);
        m_window->resize(1000, 900);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_page->mailboxes()->setStores({{StoreId(1), u"acme"_s}, {StoreId(2), u"acme-eu"_s}});
    }

    void showsAMailboxInEachState() {
        show({});
        QVERIFY(test::keepShot(*m_window, u"settings-empty"_s));
        MailSyncProgress progress;
        progress.mailbox = MailboxId(2);
        progress.folder = u"INBOX"_s;
        progress.done = 4'120;
        progress.total = 6'430;
        m_desk->progresses[2] = progress;
        show({sample::sharedMailbox(m_clock.now()), sample::soloMailbox(m_clock.now()),
              sample::lostMailbox(m_clock.now()), sample::partedMailbox(m_clock.now())});
        m_page->cannedReplies()->setReplies(sample::cannedReplies());
        QVERIFY(test::keepShot(*m_window, u"settings"_s));
        QCOMPARE(test::cutChild(*m_window), QString());
        QCOMPARE(cards().size(), size_t(4));
        QVERIFY(spokenName(cards()[0]).contains(u"Shared with Anna, Ben"_s));
        QVERIFY(spokenName(cards()[1]).contains(u"mail_sync_in_progress"_s));
        QVERIFY(!cards()[1]->syncButton()->isEnabled());
        QVERIFY(cards()[2]->reconnectButton()->isVisible());
        QVERIFY(!cards()[0]->reconnectButton()->isVisible());
        QVERIFY(spoken(cards()[2])->text(QAccessible::Description).contains(u"expired"_s));
    }

    void aCardStaysWithItsMailbox() {
        show({sample::sharedMailbox(m_clock.now()), sample::soloMailbox(m_clock.now())});
        MailboxCard* solo = cards()[1];
        const MailboxId id = solo->mailbox().account.id;
        solo->syncButton()->setFocus();
        QTRY_VERIFY(solo->syncButton()->hasFocus());
        show({sample::soloMailbox(m_clock.now())});
        QCOMPARE(cards().size(), size_t(1));
        QCOMPARE(cards()[0], solo);
        QCOMPARE(solo->mailbox().account.id, id);
        QVERIFY(solo->syncButton()->hasFocus());
    }

    // On a screen as low as that of a tablet at 200 %.
    void editorsKeepTheirFootOnTheScreen() {
        show({sample::sharedMailbox(m_clock.now())});
        trigger(*cards()[0], 0);
        auto* mailbox = m_window->findChild<MailboxEditor*>();
        CannedReplyEditor* reply = m_page->cannedReplies()->edit({});
        test::settle();
        const std::initializer_list<std::pair<Sheet*, SubtleButton*>> editors{{mailbox, mailbox->saveButton()},
                                                                              {reply, reply->saveButton()}};
        for (const auto& [sheet, save] : editors) {
            QVERIFY(sheet->height() <= sheet->screen()->availableGeometry().height());
            QVERIFY(sheet->rect().contains(QRect(save->mapTo(sheet, QPoint()), save->size())));
            QCOMPARE(test::cutChild(*sheet), QString());
            sheet->reject();
        }
    }

    void syncsOneMailbox() {
        show({sample::sharedMailbox(m_clock.now())});
        QVERIFY(pressSpoken(cards()[0]->syncButton()));
        QCOMPARE(m_desk->calls, QStringList{u"syncMailbox 1"_s});
    }

    void editsAMailbox() {
        MailboxView view = sample::sharedMailbox(m_clock.now());
        view.learnedAuthservId = u"mx2.acme.example"_s;
        show({view});
        trigger(*cards()[0], 0);
        auto* editor = m_window->findChild<MailboxEditor*>();
        QVERIFY(editor != nullptr);
        QVERIFY(test::keepShot(*editor, u"mailbox-editor"_s));
        QCOMPARE(editor->undoSeconds()->maximum(), 60);
        editor->displayName()->setText(u"Acme Help"_s);
        editor->undoSeconds()->setValue(30);
        for (SubtleButton* button : editor->findChildren<SubtleButton*>())
            if (button->text().contains(u"mx2"_s)) button->click();
        QCOMPARE(editor->authservId()->text(), u"mx2.acme.example"_s);
        QTextEdit* signature = editor->signature()->editor();
        signature->selectAll();
        signature->setFontWeight(QFont::Bold);
        QSignalSpy stale(m_page->mailboxes(), &MailboxesSection::stale);
        editor->saveButton()->click();
        QTRY_COMPARE(stale.size(), 1);
        QCOMPARE(m_desk->saved.size(), size_t(1));
        const MailAccount& saved = m_desk->saved.front();
        QCOMPARE(saved.id, MailboxId(1));
        QCOMPARE(saved.displayName, u"Acme Help"_s);
        QCOMPARE(saved.undoSeconds, 30);
        QCOMPARE(saved.authservId, u"mx2.acme.example"_s);
        QCOMPARE(saved.signatureText, u"Kim at Acme\nacme.example"_s);
        QCOMPARE(saved.signatureHtml, u"<p><b>Kim at Acme</b><br><b>acme.example</b></p>"_s);
        QCOMPARE(saved.imap, view.account.imap); // what is not on the sheet stays
        QCOMPARE(m_desk->savedSecrets.front(), QByteArray());
    }

    void keepsTheSheetOpenWhenSavingFails() {
        show({sample::sharedMailbox(m_clock.now())});
        trigger(*cards()[0], 0);
        auto* editor = m_window->findChild<MailboxEditor*>();
        m_desk->savedMailbox.set(Error{ErrorKind::Storage, u"x"_s, ErrorCause::DiskFull});
        editor->saveButton()->click();
        QTRY_VERIFY(editor->saveButton()->isEnabled());
        QVERIFY(editor->isVisible());
        editor->reject();
    }

    void asksBeforeDisconnecting() {
        show({sample::sharedMailbox(m_clock.now())});
        trigger(*cards()[0], 3);
        auto* sheet = m_window->findChild<DisconnectSheet*>();
        QVERIFY(sheet != nullptr);
        QVERIFY(test::keepShot(*sheet, u"mailbox-disconnect"_s));
        QVERIFY(!sheet->confirmButton()->hasFocus()); // Enter keeps it
        QVERIFY(m_desk->calls.isEmpty());
        QSignalSpy stale(m_page->mailboxes(), &MailboxesSection::stale);
        sheet->confirmButton()->click();
        QTRY_COMPARE(stale.size(), 1);
        QCOMPARE(m_desk->calls, QStringList{u"disconnectMailbox 1"_s});
    }

    void reconnectsFromTheCard() {
        show({sample::lostMailbox(m_clock.now())});
        cards()[0]->reconnectButton()->click();
        auto* wizard = m_window->findChild<MailboxWizard*>();
        QVERIFY(wizard != nullptr);
        QCOMPARE(wizard->current(), static_cast<WizardStep*>(wizard->servers()));
        QVERIFY(test::keepShot(*wizard, u"wizard-reconnect"_s));
        wizard->reject();
    }

    void writesAndRemovesCannedReplies() {
        m_page->cannedReplies()->setReplies(sample::cannedReplies());
        CannedReplyEditor* editor = m_page->cannedReplies()->edit({});
        QVERIFY(!editor->saveButton()->isEnabled());
        editor->name()->setText(u"Sorry"_s);
        editor->text()->setPlainText(u"Dear {{customer.frist_name}}, "_s);
        QVERIFY(test::keepShot(*editor, u"canned-editor"_s));
        QSignalSpy stale(m_page->cannedReplies(), &CannedRepliesSection::stale);
        editor->saveButton()->click();
        QTRY_COMPARE(stale.size(), 1);
        QCOMPARE(m_desk->savedReplies.back().name, u"Sorry"_s);
        m_page->cannedReplies()->remove(sample::cannedReplies()[1]);
        QCOMPARE(m_desk->calls.back(), u"removeCannedReply 2"_s);
        QVERIFY(test::keepShot(*m_window, u"canned-removed"_s));
        auto* undo = m_page->findChild<UndoBar*>();
        QVERIFY(undo->undo());
        QTRY_COMPARE(m_desk->savedReplies.back().name, u"Return steps"_s);
        QVERIFY(!m_desk->savedReplies.back().id.isValid());
    }

    void saysThatANameIsTaken() {
        CannedReplyEditor* editor = m_page->cannedReplies()->edit(sample::cannedReplies()[0]);
        m_desk->savedReply.set(Error{ErrorKind::Conflict, u"name exists"_s});
        editor->saveButton()->click();
        QTRY_VERIFY(spoken(editor->name())->text(QAccessible::Description).contains(u"has this name"_s));
        QVERIFY(editor->isVisible());
        editor->reject();
    }

private:
    void show(const std::vector<MailboxView>& mailboxes) { m_page->mailboxes()->setMailboxes(mailboxes); }
    const std::vector<MailboxCard*>& cards() const { return m_page->mailboxes()->cards(); }
    static void trigger(const MailboxCard& card, int entry) { card.menu()->actions()[entry]->trigger(); }

    ManualClock m_clock{sample::now()};
    std::unique_ptr<test::FakeMailDesk> m_desk;
    test::FakeAnswerDesk m_answers;
    test::FakeStoreDesk m_stores;
    std::unique_ptr<QWidget> m_window;
    SettingsPage* m_page = nullptr;
};

QTEST_MAIN(TestMailboxSettings)
#include "tst_mailbox_settings.moc"
