#include "tests/ui/support/fake_mail_desk.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/mailboxes/address_step.h"
#include "ui/mailboxes/done_step.h"
#include "ui/mailboxes/mailbox_wizard.h"
#include "ui/mailboxes/name_step.h"
#include "ui/mailboxes/server_fields.h"
#include "ui/mailboxes/servers_step.h"
#include "ui/mailboxes/signature_edit.h"
#include "ui/mailboxes/test_step.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QLineEdit>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextEdit>

using namespace aiva;
using namespace Qt::StringLiterals;
using What = MailSetupStep::What;
using State = MailSetupStep::State;

class TestMailboxWizard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeMailDesk>();
        MailServerGuess guess;
        guess.imap = {u"imap.acme.example"_s, 993, MailSecurity::Tls};
        guess.smtp = {u"smtp.acme.example"_s, 587, MailSecurity::StartTls};
        guess.userName = u"support@acme.example"_s;
        guess.origin = u"srv"_s;
        m_desk->servers.set(std::vector{guess});
        MailAccount tested = sample::sharedMailbox(sample::now()).account;
        tested.id = {};
        tested.displayName.clear();
        m_desk->testedAccount.set(tested);
        m_desk->savedMailbox.set(MailboxId(7));
        openWizard();
    }
    void cleanup() { m_wizard.reset(); }

    void addsAMailboxByKeyboardAlone();
    void savesNothingBeforeTheEnd();
    void wipesTheSecretWhenCancelled();
    void dropsAnswersThatComeTooLate();
    void goesBackWithoutLosingWhatWasTyped();
    void saysWhatFailedAndTriesAgain();
    void takesServersByHandWhenNoneAreFound();
    void signsInThroughTheBrowser();
    void reconnectsWithoutAskingForNames();
    void trustsAPrivateAuthorityOnlyInPemForm();
    void tellsWhenJoiningTheTeamFails();
    void isNotLeftWhileItSaves();
    void scrollsWhereTheScreenIsSmall();
    void isReadAloud();

private:
    void openWizard() {
        m_wizard = std::make_unique<MailboxWizard>(*m_desk, StoreNames{{StoreId(1), u"acme"_s}}, nullptr);
        m_wizard->open();
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
    }
    void shot(const QString& name) {
        QVERIFY(test::keepShot(*m_wizard, name));
        QCOMPARE(test::cutChild(*m_wizard), QString());
    }
    static void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    static void key(Qt::Key code, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), code, modifiers);
    }
    WizardStep* step() const { return m_wizard->current(); }
    void toServers() {
        m_wizard->address()->address()->setText(u"Support@Acme.example"_s);
        m_wizard->goOnButton()->click();
        QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->servers()));
    }
    void toTest() {
        toServers();
        m_wizard->servers()->password()->setText(u"s3cret pass"_s);
        m_wizard->goOnButton()->click();
        QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->test()));
    }
    void report(What what, State state, const QString& detail = {}, std::optional<Error> error = {}) {
        Q_EMIT m_desk->setupStepped({what, state, detail, error});
    }

    std::unique_ptr<test::FakeMailDesk> m_desk;
    std::unique_ptr<MailboxWizard> m_wizard;
};

void TestMailboxWizard::addsAMailboxByKeyboardAlone() {
    shot(u"wizard-1-address"_s);
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    type(u"support@acme.example"_s);
    key(Qt::Key_Return);
    QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->servers()));
    QCOMPARE(m_wizard->servers()->imap()->host()->text(), u"imap.acme.example"_s);
    QTRY_VERIFY(m_wizard->servers()->password()->hasFocus());
    type(u"s3cret pass"_s);
    shot(u"wizard-2-servers"_s);
    m_desk->testedAccount.hold();
    key(Qt::Key_Return);
    QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->test()));
    report(What::Login, State::Passed, u"Dovecot"_s);
    report(What::Folders, State::Passed);
    report(What::Sending, State::Passed);
    report(What::SentCopy, State::Running);
    shot(u"wizard-3-testing"_s);
    report(What::SentCopy, State::Passed, u"server_files"_s);
    report(What::SelfTest, State::Warned, u"single_agent/no_condstore"_s);
    shot(u"wizard-3-warned"_s);
    report(What::SelfTest, State::Passed);
    m_desk->testedAccount.release();
    QTRY_VERIFY(m_wizard->goOnButton()->hasFocus());
    shot(u"wizard-3-passed"_s);
    key(Qt::Key_Return);
    QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->names()));
    QTRY_VERIFY(m_wizard->names()->displayName()->hasFocus());
    type(u"Acme Support"_s);
    key(Qt::Key_Tab);
    QTRY_VERIFY(m_wizard->names()->agentName()->hasFocus());
    type(u"Kim"_s);
    key(Qt::Key_Tab); // store
    for (int i = 0; i < 4; ++i)
        key(Qt::Key_Tab); // bold, italic, link, signature
    QTRY_VERIFY(m_wizard->names()->signature()->editor()->hasFocus());
    type(u"Kim at Acme"_s);
    shot(u"wizard-4-names"_s);
    QSignalSpy saved(m_wizard.get(), &MailboxWizard::saved);
    key(Qt::Key_Tab);
    while (QApplication::focusWidget() != m_wizard->goOnButton())
        key(Qt::Key_Tab);
    key(Qt::Key_Return);
    QTRY_COMPARE(saved.size(), 1);
    QCOMPARE(m_desk->calls,
             QStringList({u"findServers support@acme.example"_s, u"testMailbox support@acme.example"_s,
                          u"saveMailbox support@acme.example"_s, u"joinTeam 7 Kim"_s, u"syncMailbox 7"_s}));
    QCOMPARE(m_desk->testSecrets.front(), QByteArray("s3cret pass"));
    QCOMPARE(m_desk->savedSecrets.front(), QByteArray("s3cret pass"));
    const MailAccount& account = m_desk->saved.front();
    QCOMPARE(account.displayName, u"Acme Support"_s);
    QCOMPARE(account.signatureText, u"Kim at Acme"_s);
    QCOMPARE(account.store, std::optional(StoreId(1)));
    QCOMPARE(account.authservId, u"mx.acme.example"_s); // learned by the test
    QVERIFY(m_wizard->secret().isEmpty());
    shot(u"wizard-5-done"_s);
    QSignalSpy inbox(m_wizard.get(), &MailboxWizard::inboxAsked);
    m_wizard->goOnButton()->click();
    QCOMPARE(inbox.size(), 1);
    QVERIFY(!m_wizard->isVisible());
}

void TestMailboxWizard::savesNothingBeforeTheEnd() {
    toTest();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    QCOMPARE(step(), static_cast<WizardStep*>(m_wizard->names()));
    QVERIFY(m_desk->saved.empty());
    QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
    QVERIFY(!m_wizard->isVisible());
    QVERIFY(m_desk->saved.empty());
    QVERIFY(m_wizard->secret().isEmpty());
}

void TestMailboxWizard::wipesTheSecretWhenCancelled() {
    m_desk->testedAccount.hold();
    toTest();
    QVERIFY(m_wizard->servers()->password()->text().isEmpty()); // it left the field
    QVERIFY(!m_wizard->secret().isEmpty());
    QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
    QVERIFY(m_wizard->secret().isEmpty());
    QVERIFY(m_desk->calls.contains(u"cancelTest"_s));
    m_desk->testedAccount.release();
    QTest::qWait(20);
    QVERIFY(m_desk->saved.empty());
}

void TestMailboxWizard::dropsAnswersThatComeTooLate() {
    m_desk->servers.hold();
    m_wizard->address()->address()->setText(u"support@acme.example"_s);
    m_wizard->goOnButton()->click();
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    shot(u"wizard-1-searching"_s);
    m_wizard->reject();
    m_desk->servers.release();
    QTest::qWait(20);
    QCOMPARE(step(), static_cast<WizardStep*>(m_wizard->address()));
    // A test left by Back does not carry the person on when it passes later.
    m_desk->testedAccount.hold();
    openWizard();
    toTest();
    m_wizard->backButton()->click();
    QVERIFY(m_desk->calls.contains(u"cancelTest"_s));
    m_desk->testedAccount.release();
    QTest::qWait(20);
    QCOMPARE(step(), static_cast<WizardStep*>(m_wizard->servers()));
}

void TestMailboxWizard::goesBackWithoutLosingWhatWasTyped() {
    toServers();
    m_wizard->servers()->userName()->setText(u"support"_s);
    m_wizard->servers()->imap()->host()->setText(u"mail.acme.example"_s);
    m_wizard->servers()->password()->setText(u"s3cret"_s);
    m_wizard->backButton()->click();
    QCOMPARE(m_wizard->address()->address()->text(), u"support@acme.example"_s);
    m_wizard->goOnButton()->click();
    QCOMPARE(m_desk->calls.count(u"findServers support@acme.example"_s), 1);
    QCOMPARE(m_wizard->servers()->userName()->text(), u"support"_s);
    QCOMPARE(m_wizard->servers()->imap()->host()->text(), u"mail.acme.example"_s);
    QVERIFY(m_wizard->goOnButton()->isEnabled()); // the password is still known
    // Another address: nothing of the first one stays.
    m_wizard->backButton()->click();
    m_wizard->address()->address()->setText(u"help@other.example"_s);
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->servers()));
    QVERIFY(m_wizard->secret().isEmpty());
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    m_wizard->reject();
}

void TestMailboxWizard::saysWhatFailedAndTriesAgain() {
    m_desk->testedAccount.hold();
    toTest();
    const Error refused{ErrorKind::Auth, u"NO"_s, ErrorCause::LoginRefused};
    report(What::Login, State::Failed, {}, refused);
    m_desk->testedAccount.set(refused);
    m_desk->testedAccount.release();
    QTRY_VERIFY(m_wizard->test()->againButton()->isVisible());
    QVERIFY(m_wizard->test()->line(What::Login)->text().contains(u"app password"_s));
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    shot(u"wizard-3-failed"_s);
    m_desk->testedAccount.set(sample::sharedMailbox(sample::now()).account);
    m_wizard->test()->againButton()->click();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    QCOMPARE(m_desk->testSecrets.back(), QByteArray("s3cret pass"));
}

void TestMailboxWizard::takesServersByHandWhenNoneAreFound() {
    m_desk->servers.set(Error{ErrorKind::Network, u"x"_s, ErrorCause::HostNotFound});
    toServers();
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    shot(u"wizard-2-nothing-found"_s);
    m_wizard->servers()->imap()->host()->setText(u"localhost"_s);
    m_wizard->servers()->smtp()->host()->setText(u"localhost"_s);
    m_wizard->servers()->password()->setText(u"x"_s);
    QVERIFY(m_wizard->goOnButton()->isEnabled());
}

void TestMailboxWizard::signsInThroughTheBrowser() {
    MailServerGuess google;
    google.imap = {u"imap.gmail.com"_s, 993, MailSecurity::Tls};
    google.smtp = {u"smtp.gmail.com"_s, 465, MailSecurity::Tls};
    google.origin = u"provider"_s;
    google.needsOAuth = true;
    google.oauth.name = u"google"_s;
    m_desk->servers.set(std::vector{google});
    toServers();
    ServersStep* servers = m_wizard->servers();
    QVERIFY(!servers->password()->isVisible());
    shot(u"wizard-2-google"_s);
    servers->signInButton()->click();
    QVERIFY(m_desk->calls.filter(u"signIn"_s).isEmpty()); // the client id first
    servers->clientId()->setText(u"client-1"_s);
    servers->clientSecret()->setText(u"desktop"_s);
    QVERIFY(!m_wizard->goOnButton()->isEnabled());
    m_desk->refreshToken.hold();
    servers->signInButton()->click();
    shot(u"wizard-2-waiting-for-browser"_s);
    m_desk->refreshToken.release();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(step(), static_cast<WizardStep*>(m_wizard->test()));
    QCOMPARE(m_desk->calls.filter(u"signIn"_s).value(0), u"signIn client-1 desktop support@acme.example"_s);
    QVERIFY(servers->clientSecret()->text().isEmpty());
    QCOMPARE(m_desk->testSecrets.front(), QByteArray("refresh-token"));
    QCOMPARE(m_desk->tested.front().auth, MailAuth::OAuth);
    QCOMPARE(m_desk->tested.front().oauth.clientId, u"client-1"_s);
}

void TestMailboxWizard::reconnectsWithoutAskingForNames() {
    const MailAccount lost = sample::lostMailbox(sample::now()).account;
    m_desk->testedAccount.set(lost);
    m_wizard = std::make_unique<MailboxWizard>(*m_desk, lost, nullptr);
    m_wizard->open();
    QCOMPARE(step(), static_cast<WizardStep*>(m_wizard->servers()));
    QVERIFY(!m_wizard->backButton()->isEnabled());
    m_wizard->servers()->clientId()->setText(u"client-1"_s);
    m_wizard->servers()->signInButton()->click();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(m_wizard->goOnButton()->text(), u"Reconnect"_s);
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(m_desk->saved.size(), size_t(1));
    QCOMPARE(m_desk->saved.front().id, lost.id);
    QCOMPARE(m_desk->saved.front().displayName, lost.displayName);
    QCOMPARE(m_desk->saved.front().status, MailboxStatus::Connected);
    QVERIFY(m_desk->saved.front().lastError.isEmpty());
}

void TestMailboxWizard::trustsAPrivateAuthorityOnlyInPemForm() {
    QTemporaryDir dir;
    const auto write = [&dir](const QString& name, const QByteArray& content) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("not written");
        return file.fileName();
    };
    toServers();
    QVERIFY(!m_wizard->servers()->loadCertificates(write(u"ca.pem"_s, "no certificate")));
    QVERIFY(!m_wizard->servers()->loadCertificates(dir.filePath(u"absent.pem"_s)));
    shot(u"wizard-2-no-certificate"_s);
    const QByteArray pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    QVERIFY(m_wizard->servers()->loadCertificates(write(u"good.pem"_s, pem)));
    m_wizard->servers()->password()->setText(u"x"_s);
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(m_desk->tested.size(), size_t(1));
    QCOMPARE(m_desk->tested.front().caCertificates, pem);
}

void TestMailboxWizard::tellsWhenJoiningTheTeamFails() {
    m_desk->joined.set(Error{ErrorKind::Conflict, u"full"_s});
    toTest();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    m_wizard->names()->displayName()->setText(u"Acme"_s);
    m_wizard->names()->agentName()->setText(u"Kim"_s);
    m_wizard->goOnButton()->click();
    QTRY_COMPARE(m_wizard->goOnButton()->text(), u"Go to the inbox"_s);
    QTest::qWait(20);
    shot(u"wizard-5-not-shared"_s);
}

// A mailbox that is being saved will be there: going back would add it a second time, and nobody would hear of the
// first.
void TestMailboxWizard::isNotLeftWhileItSaves() {
    toTest();
    QTRY_VERIFY(m_wizard->goOnButton()->isEnabled());
    m_wizard->goOnButton()->click();
    m_wizard->names()->displayName()->setText(u"Acme"_s);
    m_wizard->names()->agentName()->setText(u"Kim"_s);
    m_desk->savedMailbox.hold();
    QSignalSpy saved(m_wizard.get(), &MailboxWizard::saved);
    m_wizard->goOnButton()->click();
    QVERIFY(!m_wizard->backButton()->isEnabled());
    QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
    QVERIFY(m_wizard->isVisible());
    m_desk->savedMailbox.release();
    QTRY_COMPARE(saved.size(), 1);
    QCOMPARE(m_desk->saved.size(), size_t(1));
    QTRY_VERIFY(m_wizard->goOnButton()->hasFocus()); // to the inbox
    // Of what arrives, only what arrives in this mailbox.
    Q_EMIT m_desk->syncProgressed({MailboxId(2), u"INBOX"_s, 3, 10});
    QVERIFY(!m_wizard->end()->progressText().contains(u"INBOX"_s));
    Q_EMIT m_desk->syncProgressed({MailboxId(7), u"INBOX"_s, 4, 10});
    QVERIFY(m_wizard->end()->progressText().contains(u"INBOX 4/10"_s));
}

void TestMailboxWizard::scrollsWhereTheScreenIsSmall() {
    MailServerGuess google;
    google.imap = {u"imap.gmail.com"_s, 993, MailSecurity::Tls};
    google.smtp = {u"smtp.gmail.com"_s, 465, MailSecurity::Tls};
    google.needsOAuth = true;
    google.oauth.name = u"google"_s;
    m_desk->servers.set(std::vector{google});
    toServers();
    test::settle();
    QVERIFY(m_wizard->height() <= m_wizard->screen()->availableGeometry().height());
    const SubtleButton* foot = m_wizard->goOnButton();
    QVERIFY(m_wizard->rect().contains(QRect(foot->mapTo(m_wizard.get(), QPoint()), foot->size())));
    QSet<QWidget*> reached;
    for (QWidget* focus = QApplication::focusWidget(); focus && !reached.contains(focus);
         focus = QApplication::focusWidget()) {
        QTRY_COMPARE(focus->visibleRegion().boundingRect().height(), focus->height());
        reached << focus;
        key(Qt::Key_Tab);
    }
    QVERIFY(reached.contains(m_wizard->servers()->smtp()->host()));
}

void TestMailboxWizard::isReadAloud() {
    m_desk->testedAccount.hold();
    QCOMPARE(spokenName(m_wizard->address()->address()), u"E-mail address"_s);
    toTest();
    TestLine* line = m_wizard->test()->line(What::SelfTest);
    QCOMPARE(spoken(line)->role(), QAccessible::ListItem);
    QCOMPARE(spokenName(line), u"Share with colleagues: waits"_s);
    report(What::SelfTest, State::Warned, u"single_agent/no_keywords"_s);
    QCOMPARE(spokenName(line), u"Share with colleagues: works, with a limit"_s);
    QVERIFY(spoken(line)->text(QAccessible::Description).contains(u"Single-agent mode"_s));
    QCOMPARE(spokenName(m_wizard->servers()->smtp()->host()), u"SMTP server"_s);
    QCOMPARE(spoken(m_wizard->servers()->password())->state().passwordEdit, true);
}

QTEST_MAIN(TestMailboxWizard)
#include "tst_mailbox_wizard.moc"
