#include "core/storage/database/durable_transaction.h"
#include "core/storage/replies/outbox_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class OutboxRepositoryTest : public QObject {
    Q_OBJECT

    static QStringList idsOf(const Result<std::vector<OutboxRow>>& rows) {
        if (!rows) return {rows.error().detail};
        QStringList ids;
        for (const OutboxRow& row : *rows)
            ids.append(row.messageId);
        return ids;
    }

private Q_SLOTS:
    void keepsARowFieldByField() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        QVERIFY(outbox);
        OutboxRow row = outboxRow(mailbox, u"a@x"_s, day(2));
        row.origin = MailOrigin::AutoReply;
        row.cancelWhenCustomerWrites = true;
        const auto id = (*outbox)->add(row);
        QVERIFY(id);
        const auto found = (*outbox)->byId(*id);
        QVERIFY(found && *found);
        QCOMPARE((*found)->mailbox, mailbox);
        QVERIFY(!(*found)->conversation);
        QCOMPARE((*found)->messageId, row.messageId);
        QCOMPARE((*found)->state, OutboxState::Waiting);
        QCOMPARE((*found)->origin, MailOrigin::AutoReply);
        QCOMPARE((*found)->subject, row.subject);
        QCOMPARE((*found)->envelopeFrom, row.envelopeFrom);
        QCOMPARE((*found)->recipients, row.recipients);
        QCOMPARE((*found)->mail, row.mail);
        QCOMPARE((*found)->text, row.text);
        QCOMPARE((*found)->draft, row.draft);
        QCOMPARE((*found)->basis, row.basis);
        QVERIFY((*found)->cancelWhenCustomerWrites);
        QCOMPARE((*found)->queuedAt, row.queuedAt);
        QCOMPARE((*found)->notBefore, row.notBefore);
        QCOMPARE((*found)->nextAttemptAt, row.nextAttemptAt);
        QVERIFY(!(*found)->handedOverAt && !(*found)->sentAt && !(*found)->holdsClaim);
        const auto absent = (*outbox)->byId(OutboxId(99));
        QVERIFY(absent && !*absent);
    }

    void refusesTheSameMessageIdTwice() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        QVERIFY((*outbox)->add(outboxRow(mailbox, u"a@x"_s, day(2))));
        QVERIFY(!(*outbox)->add(outboxRow(mailbox, u"a@x"_s, day(3))));
    }

    void changesOnlyWhatIsStillInTheExpectedState() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        OutboxRow row = outboxRow(mailbox, u"a@x"_s, day(2));
        row.id = *(*outbox)->add(row);
        OutboxRow sending = row;
        sending.state = OutboxState::Sending;
        sending.attempts = 3;
        sending.handedOverAt = day(3);
        sending.holdsClaim = true;
        sending.error = u"Network"_s;
        sending.recipients = QStringList{u"mallory@example.com"_s};
        sending.mail = "other";
        sending.messageId = u"b@x"_s;
        QVERIFY((*outbox)->update(sending, OutboxState::Waiting));

        OutboxRow cancelled = row;
        cancelled.state = OutboxState::Cancelled;
        const auto late = (*outbox)->update(cancelled, OutboxState::Waiting);
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::Conflict);
        cancelled.id = OutboxId(77);
        QCOMPARE((*outbox)->update(cancelled, OutboxState::Waiting).error().kind, ErrorKind::NotFound);

        const auto found = **(*outbox)->byId(row.id);
        QCOMPARE(found.state, OutboxState::Sending);
        QCOMPARE(found.attempts, 3);
        QCOMPARE(found.handedOverAt, std::optional(day(3)));
        QVERIFY(found.holdsClaim);
        QCOMPARE(found.error, u"Network"_s);
        // Frozen.
        QCOMPARE(found.recipients, row.recipients);
        QCOMPARE(found.mail, row.mail);
        QCOMPARE(found.messageId, row.messageId);
    }

    void listsByStateAndNamesTheNextDue() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        QVERIFY(!*(*outbox)->nextDue());
        const std::vector<OutboxState> states{OutboxState::Waiting, OutboxState::Sending,  OutboxState::Unknown,
                                              OutboxState::Filing,  OutboxState::Sent,     OutboxState::Held,
                                              OutboxState::Failed,  OutboxState::Cancelled};
        qint64 due = 20;
        for (const OutboxState state : states) {
            OutboxRow row = outboxRow(mailbox, toWord(state), day(--due));
            row.state = state;
            QVERIFY((*outbox)->add(row));
        }
        QCOMPARE(idsOf((*outbox)->open()), QStringList({u"filing"_s, u"unknown"_s, u"sending"_s, u"waiting"_s}));
        QCOMPARE(idsOf((*outbox)->stuck()), QStringList({u"held"_s, u"failed"_s}));
        QCOMPARE(*(*outbox)->nextDue(), std::optional(day(16)));
        QCOMPARE(idsOf((*outbox)->holdingClaims()), QStringList());
        OutboxRow held = **(*outbox)->byId(OutboxId(6));
        held.holdsClaim = true;
        QVERIFY((*outbox)->update(held, OutboxState::Held));
        QCOMPARE(idsOf((*outbox)->holdingClaims()), QStringList{u"held"_s});
    }

    void forgetsTheBytesOfWhatEndedOnly() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        for (const OutboxState state : {OutboxState::Waiting, OutboxState::Sent, OutboxState::Held}) {
            OutboxRow row = outboxRow(mailbox, toWord(state), day(2));
            row.state = state;
            QVERIFY((*outbox)->add(row));
        }
        QVERIFY((*outbox)->forgetBytes(day(1)));
        QVERIFY(!(**(*outbox)->byId(OutboxId(2))).mail.isEmpty());
        QVERIFY((*outbox)->forgetBytes(day(3)));
        QVERIFY(!(**(*outbox)->byId(OutboxId(1))).mail.isEmpty());
        QVERIFY((**(*outbox)->byId(OutboxId(2))).mail.isEmpty());
        QVERIFY((**(*outbox)->byId(OutboxId(2))).draft.isEmpty());
        QVERIFY(!(**(*outbox)->byId(OutboxId(3))).mail.isEmpty());
    }

    void isOnTheDiskOnlyThroughFullSynchronisation() {
        RecordFixture cache;
        const auto level = [&] { return cache.integer("PRAGMA synchronous"); };
        QCOMPARE(level(), 1);
        {
            auto transaction = DurableTransaction::begin(cache.database());
            QVERIFY(transaction);
            QCOMPARE(level(), 2);
            QVERIFY(!DurableTransaction::begin(cache.database()));
            QCOMPARE(level(), 2);
            QVERIFY((*transaction)->commit());
        }
        QCOMPARE(level(), 1);
        // Left without a commit.
        {
            auto transaction = DurableTransaction::begin(cache.database());
            addMailboxRow(cache.database(), u"gone@shop.example"_s);
        }
        QCOMPARE(level(), 1);
        QCOMPARE(cache.integer("SELECT count(*) FROM mailboxes"), 0);
    }

    void readsNothingWhole() {
        RecordFixture cache;
        auto outbox = OutboxRepository::create(cache.database());
        QVERIFY(outbox);
        QCOMPARE(slowSteps(cache.database()).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(OutboxRepositoryTest)
#include "tst_outbox_repository.moc"
