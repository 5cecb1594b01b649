#include "tests/support/patience.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "ui/mailboxes/mailbox_text.h"
#include "ui/mailboxes/signature_edit.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSet>
#include <QTextDocument>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMailboxText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp); // its words: plurals
    }

    void namesWhoSharesAMailbox() {
        MailboxView view = sample::sharedMailbox(sample::now());
        QCOMPARE(sharingText(view), u"Shared with Anna, Ben"_s);
        view.team = {{1, u"Kim"_s, true}};
        QVERIFY(sharingText(view).contains(u"Nobody else"_s));
        view.account.teamMode = TeamMode::Unknown;
        QVERIFY(sharingText(view).contains(u"not tested"_s));
    }

    void givesAPlainReasonForEverySingleAgent() {
        QSet<QString> texts;
        for (const QString& word : {u"no_condstore"_s, u"no_keywords"_s, u"team_full"_s, u"test_failed"_s}) {
            MailboxView view = sample::soloMailbox(sample::now());
            view.account.teamReason = word;
            const QString text = sharingText(view);
            QVERIFY2(text.startsWith(u"Single-agent mode: "_s) && text.endsWith(u'.') && !text.contains(u'_'),
                     qPrintable(text));
            texts << text;
        }
        QCOMPARE(texts.size(), 4);
        QVERIFY(!singleAgentReason(u"a_word_of_a_later_version"_s).isEmpty());
    }

    void tellsALostSignInFromADisconnect() {
        const MailboxView lost = sample::lostMailbox(sample::now());
        const MailboxView parted = sample::partedMailbox(sample::now());
        QVERIFY(lostItsLogin(lost.account));
        QVERIFY(!lostItsLogin(parted.account));
        QVERIFY(!lostItsLogin(sample::sharedMailbox(sample::now()).account));
        QCOMPARE(mailboxLook(lost, false).word, u"sign-in lost"_s);
        QCOMPARE(mailboxLook(parted, false).word, u"disconnected"_s);
        QVERIFY(mailboxAdvice(lost.account).contains(u"sign-in has expired"_s));
        QVERIFY(mailboxAdvice(parted.account).contains(u"Reconnect"_s));
        QVERIFY(mailboxAdvice(sample::sharedMailbox(sample::now()).account).isEmpty());
    }

    void countsWhatIsHereAndWhatIsNot() {
        MailboxView view;
        view.messages = 1;
        QCOMPARE(mailboxCountsText(view), u"1 message"_s);
        QCOMPARE(mailboxCountsText(sample::soloMailbox(sample::now())),
                 u"4,120 messages · 2,310 to fetch · 3 could not be read"_s);
    }

    void explainsEachStepOfTheTest() {
        using What = MailSetupStep::What;
        using State = MailSetupStep::State;
        QSet<QString> titles;
        int cases = 0;
        for (const What what :
             {What::FindServers, What::Login, What::Folders, What::Sending, What::SentCopy, What::SelfTest}) {
            titles << setupStepTitle(what);
            for (const State state : {State::Running, State::Passed, State::Warned, State::Failed}) {
                const Error error{ErrorKind::Auth, u"x"_s, ErrorCause::LoginRefused};
                const MailSetupStep step{what, state, u"single_agent/no_condstore"_s, error};
                const QString text = setupStepText(step);
                QVERIFY(!text.contains(u"no_condstore"_s));
                if (state == State::Failed) QVERIFY(text.contains(u"app password"_s));
                if (state == State::Warned) QVERIFY(!text.isEmpty());
                ++cases;
            }
        }
        QCOMPARE(titles.size(), 6);
        QCOMPARE(cases, 24);
    }

    void writesASignatureInFewTags() {
        QTextDocument document;
        document.setHtml(u"<p>Kim <b>at</b> <a href=\"https://acme.example\">our shop</a></p><p><i>x &lt; y</i></p>"_s);
        QCOMPARE(signatureHtml(document), u"<p>Kim <b>at</b> <a href=\"https://acme.example\">our shop</a><br>"
                                          "<i>x &lt; y</i></p>"_s);
        QCOMPARE(signatureText(document), u"Kim at our shop <https://acme.example>\nx < y"_s);
        document.setHtml(signatureHtml(document));
        QCOMPARE(signatureText(document), u"Kim at our shop <https://acme.example>\nx < y"_s);
    }

    void letsNoOtherLinkIntoASignature() {
        QTextDocument document;
        document.setHtml(u"<a href=\"javascript:alert(1)\">a</a><a href=\"file:///etc/passwd\">b</a>"_s);
        QCOMPARE(signatureHtml(document), u"<p>ab</p>"_s);
        QCOMPARE(signatureText(document), u"ab"_s);
        document.setPlainText(u" \n"_s);
        QCOMPARE(signatureHtml(document), QString());
    }
};

QTEST_MAIN(TestMailboxText)
#include "tst_mailbox_text.moc"
