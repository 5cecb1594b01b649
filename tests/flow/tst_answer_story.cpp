// An answer that leaves by itself, from the customer's question to their mailbox, on real servers: earned by a person
// first, stopped by the kill switch, then sent; and what the audit log says of it.
#include "app/common/adapters.h"
#include "core/storage/answers/knowledge_repository.h"
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"
#include "tests/support/time_allowance.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class AnswerStoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<MailRig> m_rig;
    TemporaryWorkspace m_workspace;
    SystemClock m_clock;
    std::unique_ptr<Desk> m_desk;
    StoreId m_store;
    QString m_user;
    QStringList m_failures;
    int m_number = 0;
    const int m_patience = static_cast<int>(allowed(20'000));

    void fillShop() {
        Database& writer = m_workspace.writer();
        StoreRow row;
        row.domain = u"licht.myshopify.com"_s;
        row.name = u"Licht"_s;
        row.currency = u"USD"_s;
        row.status = StoreStatus::Connected;
        row.schedule = u"manual"_s; // there is no shop behind it
        row.createdAt = m_clock.now();
        const auto stores = StoreRepository::create(writer);
        QVERIFY(stores);
        const auto saved = (*stores)->save(row);
        QVERIFY(saved);
        m_store = *saved;
        const auto records = RecordWriter::create(writer, m_store);
        QVERIFY(records);
        CustomerRecord kim = customer("1", "customer@home.example");
        kim.firstName = "Kim";
        kim.displayName = "Kim Park";
        kim.lastName = "Park";
        kim.tags = {};
        kim.amountSpent = usd(5'000);
        QVERIFY((*records)->put(kim));
        OrderRecord lamp = order("1001", "1", "customer@home.example");
        lamp.createdAt = m_clock.now().plusDays(-4);
        lamp.fulfillments.front().createdAt = m_clock.now().plusDays(-2);
        lamp.fulfillments.front().tracking = {
            {"USPS", "9400111899223197428497",
             "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428497"}};
        QVERIFY((*records)->put(lamp));
    }
    void connectMailbox() {
        m_user = m_rig->freshUser();
        MailAccount account = m_rig->account(m_user);
        account.displayName = u"Licht"_s;
        account.undoSeconds = 0;
        account.store = m_store;
        account.authservId = u"mx.shop.example"_s;
        const auto tested = await(m_desk->mail().testMailbox(account, MailRig::password(m_user)), m_patience);
        QVERIFY2(tested, tested ? "" : qPrintable(tested.error().detail));
        MailAccount learned = *tested;
        learned.store = m_store;
        learned.authservId = account.authservId;
        QVERIFY(await(m_desk->mail().saveMailbox(learned, MailRig::password(m_user)), m_patience));
    }
    // As a sync a moment ago would leave it: older orders are read again before anything leaves by itself.
    void freshenOrders() {
        QVERIFY(m_workspace.reopenWriter());
        auto stores = StoreRepository::create(m_workspace.writer());
        QVERIFY(stores && (*stores)->setSynced(m_store, m_clock.now(), SyncStatus::Completed));
        stores->reset(); // its statements hold the connection
        m_workspace.releaseWriter();
    }
    void ask(const QString& subject) {
        freshenOrders();
        m_rig->deliver(m_user,
                       "Authentication-Results: mx.shop.example; spf=pass smtp.mailfrom=home.example;\n"
                       " dkim=pass header.d=home.example; dmarc=pass header.from=home.example\n"
                       "From: Kim Park <customer@home.example>\nTo: " +
                           MailRig::address(m_user).toUtf8() + "\nMessage-ID: <a" + QByteArray::number(++m_number) +
                           "@home.example>\nDate: Sat, 21 Nov 2026 10:02:03 +0000\nSubject: " + subject.toUtf8() +
                           "\n\nHello,\n\nwhere is my order #1001?\n\nKim\n");
    }
    ConversationId conversation(const QString& subject) {
        const auto rows = m_desk->read().inbox->page({InboxView::All}, std::nullopt, 500);
        for (const InboxRow& row : rows ? *rows : std::vector<InboxRow>())
            if (row.subject == subject) return row.id;
        return {};
    }
    std::optional<Proposal> proposal(const QString& subject) {
        const ConversationId id = conversation(subject);
        if (!id.isValid()) return std::nullopt;
        auto found = m_desk->read().answers->proposal(id);
        return found ? *found : std::nullopt;
    }
    bool waitForDraft(const QString& subject) {
        return QTest::qWaitFor([&] { return proposal(subject) && proposal(subject)->draft; }, m_patience);
    }
    int received(const QByteArray& words) const {
        int count = 0;
        for (const RigMail& mail : m_rig->mailsOf(u"customer"_s))
            count += mail.raw.contains(words) ? 1 : 0;
        return count;
    }
    AutoSendRule rule() const {
        AutoSendRule rule;
        rule.store = m_store;
        rule.mode = AutoSendMode::On;
        rule.thresholdPercent = 70;
        rule.approvalsNeeded = 1;
        rule.capPerCustomerDay = 10;
        return rule;
    }
    QString stateOf(ConversationId id) {
        const auto mails = m_desk->read().outbox->all(20);
        QStringList states;
        for (const OutboxView& mail : mails ? *mails : std::vector<OutboxView>())
            if (mail.conversation == id) states << toWord(mail.state) + u' ' + mail.error;
        const auto row = m_desk->read().inbox->row(id);
        if (row && *row)
            states << u"assignee %1, answering '%2', draft %3"_s.arg((*row)->assigneeSlot)
                          .arg((*row)->answering)
                          .arg((*row)->hasDraft);
        return states.join(u"; "_s);
    }
    QString heldBy(const QString& subject) {
        QStringList names;
        const std::optional<Proposal> held = proposal(subject);
        for (const GateCheck& check : held ? held->gate.checks : std::vector<GateCheck>())
            if (!check.passed) names << check.name + u": "_s + check.detail;
        return names.join(u"; "_s);
    }

private Q_SLOTS:
    void initTestCase() {
        if (!MailRig::missing().isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + MailRig::missing()));
        m_rig = std::make_unique<MailRig>();
        QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
        fillShop();
        m_workspace.releaseWriter();
        DeskAdapters adapters = deskAdapters(m_workspace.workspace(), m_clock);
        adapters.mail.personName = u"Anna"_s;
        DeskPace pace;
        pace.firstTickMs = 3'600'000; // the shop is not asked: there is none
        pace.scheduleTickMs = 3'600'000;
        pace.mail.setup.copyPollMs = 100;
        pace.mail.send.retryMs = {100, 200, 400};
        pace.mail.send.lookMs = {50, 100, 200};
        auto opened = Desk::open(m_workspace.workspace(), m_clock, adapters, pace);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_desk = *std::move(opened);
        connect(&m_desk->answers(), &AnswerDesk::commandFailed, this,
                [this](const QString& command, const Error& error) { m_failures << command + u": "_s + error.detail; });
        connectMailbox();
    }
    void cleanupTestCase() {
        m_desk.reset();
        m_rig.reset();
    }

    void isEarnedByAPersonFirst() {
        const auto early = await(m_desk->answers().saveRule(rule()), m_patience);
        QVERIFY(!early);
        QCOMPARE(early.error().kind, ErrorKind::Refused);

        ask(u"First"_s);
        QVERIFY(waitForDraft(u"First"_s));
        const Proposal first = *proposal(u"First"_s);
        QVERIFY2(first.state == ProposalState::Ready, qPrintable(heldBy(u"First"_s) + toJson(first.verdict)));
        QVERIFY(!first.outbox.isValid());
        ReplyRequest request;
        request.conversation = first.conversation;
        request.mailbox = m_desk->read().mailboxes->all()->front().account.id;
        request.to = {{u"Kim"_s, u"customer@home.example"_s}};
        request.subject = u"Re: First"_s;
        request.text = first.draft->reply + u"\n\n-- \nAnna"_s;
        request.basis = first.basis;
        const auto queued = await(m_desk->mail().send(request), m_patience);
        QVERIFY2(queued, queued ? "" : qPrintable(queued.error().detail));
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->read().answers->record(m_store, Intent::OrderStatus)->unedited, 1,
                                  m_patience);
        const auto now = await(m_desk->answers().saveRule(rule()), m_patience);
        QVERIFY2(now, now ? "" : qPrintable(now.error().detail));
    }

    void waitsVisiblyAndIsStoppedByOnePress() {
        ask(u"Second"_s);
        QVERIFY(waitForDraft(u"Second"_s));
        QVERIFY2(QTest::qWaitFor([&] { return proposal(u"Second"_s)->outbox.isValid(); }, m_patience),
                 qPrintable(heldBy(u"Second"_s)));
        const auto pending = m_desk->read().outbox->pending(proposal(u"Second"_s)->conversation);
        QVERIFY(pending && *pending);
        QVERIFY((*pending)->isAutomatic);
        m_desk->answers().setAutoSend(AutoSendSwitch::Stopped);
        QTRY_VERIFY_WITH_TIMEOUT(!proposal(u"Second"_s)->outbox.isValid(), m_patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->read().outbox->openCount().value_or(-1), qint64(0), m_patience);
        ask(u"While stopped"_s);
        QVERIFY(waitForDraft(u"While stopped"_s));
        QVERIFY(!proposal(u"While stopped"_s)->outbox.isValid());
        QVERIFY(heldBy(u"While stopped"_s).contains(u"kill_switch_off"_s));
    }

    void leavesByItselfOnceAndSaysSo() {
        m_desk->answers().setAutoSend(AutoSendSwitch::Allowed);
        ask(u"Third"_s);
        QVERIFY(waitForDraft(u"Third"_s));
        QVERIFY2(QTest::qWaitFor([&] { return proposal(u"Third"_s)->outbox.isValid(); }, m_patience),
                 qPrintable(heldBy(u"Third"_s)));
        const Proposal third = *proposal(u"Third"_s);
        QVERIFY(third.gate.sendAt >= third.madeAt.plusSeconds(120)); // the time to stop it
        m_desk->mail().sendNow(third.outbox);
        QVERIFY2(QTest::qWaitFor([&] { return received("Subject: Re: Third") == 1; }, m_patience),
                 qPrintable(stateOf(third.conversation)));
        QCOMPARE(received("Auto-Submitted: auto-replied"), 1);
        QCOMPARE(received("Subject: Re: Second"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!proposal(u"Third"_s), m_patience);
    }

    void keepsTheWholeStoryInTheLog() {
        QStringList kinds;
        const auto seen = [&](const QString& kind) {
            kinds.clear();
            const auto page = m_desk->read().answers->audit({}, std::nullopt, 500);
            for (const AuditEntryView& entry : page ? *page : std::vector<AuditEntryView>())
                kinds << entry.kind;
            return kinds.contains(kind);
        };
        for (const char16_t* kind : {u"draft_accepted", u"rule_changed", u"gate_decision", u"auto_queued",
                                     u"auto_send_stopped", u"auto_cancelled", u"auto_send_allowed", u"auto_sent"})
            QTRY_VERIFY2_WITH_TIMEOUT(seen(QString::fromUtf16(kind)), qPrintable(kinds.join(u' ')), m_patience);
        const auto page = m_desk->read().answers->audit({}, std::nullopt, 500);
        for (const AuditEntryView& entry : *page) // digests, never the texts
            QVERIFY(!entry.detail.contains(u"Kim"_s) && !entry.detail.contains(u"9400111899223197428497"_s));
        const auto audit = AuditRepository::create(*m_desk->read().database);
        if (audit) QVERIFY((*audit)->verifyChain());
        QVERIFY2(m_failures.isEmpty(), qPrintable(m_failures.join(u"; "_s)));
    }
};

QTEST_GUILESS_MAIN(AnswerStoryTest)
#include "tst_answer_story.moc"
