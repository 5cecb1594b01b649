// A mailbox from being added to a reply in the customer's hands, through the desk as the window uses it, on real
// servers; then two colleagues at two desks.
#include "app/common/adapters.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"
#include "tests/support/time_allowance.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// One person's computer.
struct Place {
    TemporaryWorkspace workspace;
    SystemClock clock;
    std::unique_ptr<Desk> desk;
    QStringList failures;

    bool open(const QString& personName) {
        workspace.releaseWriter();
        DeskAdapters adapters = deskAdapters(workspace.workspace(), clock);
        adapters.mail.personName = personName;
        DeskPace pace;
        pace.mail.setup.copyPollMs = 100;
        pace.mail.send.retryMs = {100, 200, 400};
        pace.mail.send.lookMs = {50, 100, 200};
        pace.mail.send.proofWindowMs = 30'000; // what is accepted here is delivered at once
        auto opened = Desk::open(workspace.workspace(), clock, adapters, pace);
        if (!opened) return false;
        desk = *std::move(opened);
        QObject::connect(
            &desk->mail(), &MailDesk::commandFailed, desk.get(),
            [this](const QString& command, const Error& error) { failures << command + u": "_s + error.detail; });
        return true;
    }
    ConversationId conversation(const QString& subject) {
        const auto rows = desk->read().inbox->page({InboxView::All}, std::nullopt, 500);
        for (const InboxRow& row : rows ? *rows : std::vector<InboxRow>())
            if (row.subject == subject) return row.id;
        return {};
    }
    ConversationView view(ConversationId id) {
        const auto found = desk->read().conversations->conversation(id);
        return found && *found ? **found : ConversationView();
    }
    std::optional<MailboxView> mailbox() {
        const auto all = desk->read().mailboxes->all();
        return all && !all->empty() ? std::optional(all->front()) : std::nullopt;
    }
};

} // namespace

class MailboxStoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<MailRig> m_rig;
    int m_number = 0;
    const int m_patience = static_cast<int>(allowed(15'000));

    QByteArray question(const QString& subject) {
        return "From: Kim <customer@home.example>\nTo: support@shop.example\nMessage-ID: <q" +
               QByteArray::number(++m_number) +
               "@home.example>\nDate: Sat, 21 Nov 2026 10:02:03 +0000\nSubject: " + subject.toUtf8() +
               "\n\nWhere is my lamp?\n";
    }
    // Tested, saved, connected, and on the team.
    bool add(Place& place, const QString& user) {
        MailAccount account = m_rig->account(user);
        account.displayName = u"Licht"_s;
        account.undoSeconds = 0;
        const auto tested = await(place.desk->mail().testMailbox(account, MailRig::password(user)), m_patience);
        if (!tested) {
            qWarning("test: %s", qPrintable(tested.error().detail));
            return false;
        }
        const auto saved = await(place.desk->mail().saveMailbox(*tested, MailRig::password(user)), m_patience);
        return saved && QTest::qWaitFor(
                            [&] {
                                const auto mailbox = place.mailbox();
                                return mailbox && mailbox->account.teamMode == TeamMode::Shared &&
                                       mailbox->account.agentSlot > 0;
                            },
                            m_patience);
    }
    bool waitFor(Place& place, const QString& subject) {
        return QTest::qWaitFor([&] { return place.conversation(subject).isValid(); }, m_patience);
    }
    ReplyRequest reply(Place& place, const QString& subject, const QString& text) {
        ReplyRequest request;
        request.conversation = place.conversation(subject);
        request.mailbox = place.mailbox()->account.id;
        request.to = {{u"Kim"_s, u"customer@home.example"_s}};
        request.subject = u"Re: "_s + subject;
        request.text = text;
        const auto basis = place.desk->read().conversations->basis(request.conversation);
        if (basis) request.basis = *basis;
        return request;
    }
    int received(const QByteArray& words) const {
        int count = 0;
        const QList<RigMail> mails = m_rig->mailsOf(u"customer"_s);
        for (const RigMail& mail : mails)
            count += mail.raw.contains(words) ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!MailRig::missing().isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + MailRig::missing()));
        m_rig = std::make_unique<MailRig>();
        QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
    }
    void cleanupTestCase() { m_rig.reset(); }

    void answersACustomerWithinAMinuteOfAddingTheMailbox() {
        const QString user = m_rig->freshUser();
        m_rig->deliver(user, question(u"Old lamp"_s));
        Place anna;
        QVERIFY(anna.open(u"Anna"_s));
        QSignalSpy steps(&anna.desk->mail(), &MailDesk::setupStepped);
        QVERIFY(add(anna, user));
        QVERIFY(steps.size() >= 5);
        QVERIFY(waitFor(anna, u"Old lamp"_s));

        QElapsedTimer sinceDelivery;
        sinceDelivery.start();
        m_rig->deliver(user, question(u"New lamp"_s));
        QVERIFY(waitFor(anna, u"New lamp"_s));
        qInfo("a new mail was on the desk after %lld ms", sinceDelivery.elapsed());

        const ReplyRequest request = reply(anna, u"New lamp"_s, u"It left today."_s);
        const auto queued = await(anna.desk->mail().send(request), m_patience);
        QVERIFY2(queued, queued ? "" : qPrintable(queued.error().detail));
        QTRY_COMPARE_WITH_TIMEOUT(received("It left today."), 1, m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_rig->mailsOf(user, u"Sent"_s).size(), 1, m_patience);
        const QByteArray sent = m_rig->mailsOf(user, u"Sent"_s).front().raw;
        QVERIFY(sent.contains("In-Reply-To: <q"));
        QVERIFY(!sent.contains("Bcc"));
        QTRY_COMPARE_WITH_TIMEOUT(anna.view(request.conversation).messages.size(), size_t(2), m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(anna.view(request.conversation).status, ConversationStatus::Waiting, m_patience);
        QVERIFY2(anna.failures.isEmpty(), qPrintable(anna.failures.join(u"; "_s)));
    }

    void givesADraftBackWithinTheUndoWindow() {
        const QString user = m_rig->freshUser();
        m_rig->deliver(user, question(u"Undo"_s));
        Place anna;
        QVERIFY(anna.open(u"Anna"_s));
        QVERIFY(add(anna, user));
        QVERIFY(waitFor(anna, u"Undo"_s));
        ReplyRequest request = reply(anna, u"Undo"_s, u"Never meant to go."_s);
        request.sendAt = UtcTime(anna.clock.now().ms() + 3'600'000);
        Draft draft;
        draft.conversation = request.conversation;
        draft.text = request.text;
        anna.desk->saveDraft(draft);
        const auto queued = await(anna.desk->mail().send(request), m_patience);
        QVERIFY(queued);
        QTRY_VERIFY_WITH_TIMEOUT(!anna.view(request.conversation).draft, m_patience);
        QVERIFY(await(anna.desk->mail().cancelSend(*queued), m_patience));
        QTRY_COMPARE_WITH_TIMEOUT(anna.view(request.conversation).draft.value_or(Draft()).text, request.text,
                                  m_patience);
        QCOMPARE(received("Never meant to go."), 0);
    }

    void sendsOnceWhenTheLineComesBack() {
        const QString user = m_rig->freshUser();
        m_rig->deliver(user, question(u"Unplugged"_s));
        Place anna;
        QVERIFY(anna.open(u"Anna"_s));
        QVERIFY(add(anna, user));
        QVERIFY(waitFor(anna, u"Unplugged"_s));
        SmtpBehaviour unplugged;
        unplugged.drop = SmtpBehaviour::Drop::AfterAccept;
        m_rig->setSmtp(unplugged);
        QVERIFY(await(anna.desk->mail().send(reply(anna, u"Unplugged"_s, u"Once and only once."_s)), m_patience));
        QTRY_COMPARE_WITH_TIMEOUT(received("Once and only once."), 1, m_patience);
        m_rig->setSmtp({});
        QTRY_COMPARE_WITH_TIMEOUT(m_rig->mailsOf(user, u"Sent"_s).size(), 1, m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(anna.desk->read().outbox->openCount().value_or(-1), qint64(0), m_patience);
        QCOMPARE(received("Once and only once."), 1);
    }

    void letsOnlyOneOfTwoColleaguesAnswer() {
        const QString user = m_rig->freshUser();
        m_rig->deliver(user, question(u"Both at once"_s));
        Place anna;
        Place ben;
        QVERIFY(anna.open(u"Anna"_s));
        QVERIFY(ben.open(u"Ben"_s));
        QVERIFY(add(anna, user));
        QVERIFY(add(ben, user));
        QVERIFY(waitFor(anna, u"Both at once"_s));
        QVERIFY(waitFor(ben, u"Both at once"_s));
        QSignalSpy annaSent(&anna.desk->mail(), &MailDesk::sent);
        QSignalSpy benSent(&ben.desk->mail(), &MailDesk::sent);
        QSignalSpy annaHeld(&anna.desk->mail(), &MailDesk::sendHeld);
        QSignalSpy benHeld(&ben.desk->mail(), &MailDesk::sendHeld);
        const auto first = anna.desk->mail().send(reply(anna, u"Both at once"_s, u"Answer of Anna."_s));
        const auto second = ben.desk->mail().send(reply(ben, u"Both at once"_s, u"Answer of Ben."_s));
        QVERIFY(await(first, m_patience));
        QVERIFY(await(second, m_patience));
        QTRY_COMPARE_WITH_TIMEOUT(annaSent.size() + benSent.size(), 1, m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(annaHeld.size() + benHeld.size(), 1, m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(received("Answer of Anna.") + received("Answer of Ben."), 1, m_patience);
    }
};

QTEST_GUILESS_MAIN(MailboxStoryTest)
#include "tst_mailbox_story.moc"
