// People's decisions and the guards, against a world that works.
#include "tests/core/outbox/outbox_world.h"
#include "tests/support/patience.h"

#include <QSignalSpy>

#include <utility>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class OutboxDispatcherTest : public QObject {
    Q_OBJECT

    static ReplyRequest later(const OutboxWorld& world) {
        ReplyRequest request = world.reply();
        request.sendAt = world.clock.now().plusDays(1);
        return request;
    }

private Q_SLOTS:
    void waitsUntilItIsDueOrSomebodySaysNow() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto id = world.queue(later(world));
        world.startOutbox();
        world.spin(60);
        QCOMPARE(world.arrivals(), 0);
        QSignalSpy sent(world.outbox.get(), &OutboxDispatcher::sent);
        QVERIFY(world.outbox->sendNow(*id));
        QTRY_COMPARE(world.row(*id).state, OutboxState::Sent);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(world.arrivals(), 1);
        QCOMPARE(world.outbox->sendNow(*id).error().kind, ErrorKind::Conflict);
        QCOMPARE(world.outbox->cancel(*id).error().kind, ErrorKind::Conflict);
    }

    // A cancel at every step: either the mail is taken back and never arrives, or it is too late and it arrives once.
    void oneOfCancelAndSendLoses() {
        OutboxWorld world(SentProof::OwnCopy);
        int takenBack = 0;
        int tooLate = 0;
        for (int step = 0; step < 9; ++step) {
            world.begin();
            const auto id = world.queue(world.reply());
            std::optional<Result<void>> cancelled;
            world.plan.onStep = [&](int number) {
                if (number != step) return;
                QTimer::singleShot(0, world.outbox.get(), [&] { cancelled = world.outbox->cancel(*id); });
            };
            world.startOutbox();
            QTRY_VERIFY(cancelled);
            world.stopOutbox();
            QVERIFY(world.run());
            QCOMPARE(world.arrivals(), *cancelled ? 0 : 1);
            QCOMPARE(world.row(*id).state, *cancelled ? OutboxState::Cancelled : OutboxState::Sent);
            QCOMPARE((*world.ledger->draft(world.conversation)).has_value(), cancelled->has_value());
            QVERIFY(!world.isClaimHeld);
            ++(*cancelled ? takenBack : tooLate);
        }
        QVERIFY(takenBack > 0 && tooLate > 0);
    }

    void aPausedOutboxSendsNothingAndRemembersIt() {
        OutboxWorld world(SentProof::OwnCopy);
        world.startOutbox();
        QVERIFY(world.outbox->setPaused(true));
        const auto id = world.queue(world.reply());
        world.outbox->wake();
        world.spin(50);
        QCOMPARE(world.arrivals(), 0);
        world.stopOutbox();
        world.startOutbox();
        QVERIFY(world.outbox->isPaused());
        world.spin(50);
        QCOMPARE(world.arrivals(), 0);
        QVERIFY(world.outbox->setPaused(false));
        QTRY_COMPARE(world.row(*id).state, OutboxState::Sent);
    }

    // Another process pulls the switch after everything but the final dot.
    void theKillSwitchHoldsUntilTheLastMoment() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto id = world.queue(world.reply());
        world.plan.onStep = [&](int number) {
            if (world.plan.trace.value(number) == u"prepare"_s) QVERIFY(world.ledger->setPaused(true));
        };
        world.startOutbox();
        QTRY_VERIFY(world.plan.trace.contains(u"prepare"_s));
        QTRY_COMPARE(world.row(*id).state, OutboxState::Waiting);
        QCOMPARE(world.arrivals(), 0);
        QTRY_VERIFY(!world.isClaimHeld);
    }

    void holdsWhatBecameStale() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto id = world.queue(world.reply());
        world.customerWrites();
        world.startOutbox();
        QSignalSpy held(world.outbox.get(), &OutboxDispatcher::held);
        QTRY_COMPARE(world.row(*id).state, OutboxState::Held);
        QCOMPARE(world.row(*id).error, u"Conflict/DraftStale"_s);
        QCOMPARE(held.size(), 1);
        QVERIFY(!world.plan.trace.contains(u"prepare"_s));
        // Trying again changes nothing about that; taking it back does.
        QVERIFY(world.outbox->sendNow(*id));
        QTRY_COMPARE(held.size(), 2);
        QVERIFY(world.outbox->cancel(*id));
        QCOMPARE((*world.ledger->draft(world.conversation))->text, world.reply().text);
        QCOMPARE(world.arrivals(), 0);
    }

    void noticesWhatComesInWhileTheMailWaitsToBeClaimed() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto id = world.queue(world.reply());
        world.plan.onStep = [&](int number) {
            if (world.plan.trace.value(number) == u"claim"_s) world.customerWrites();
        };
        world.startOutbox();
        QTRY_COMPARE(world.row(*id).state, OutboxState::Held);
        QCOMPARE(world.arrivals(), 0);
        QTRY_VERIFY(!world.isClaimHeld);
    }

    void isTakenBackWhenTheCustomerWritesFirst() {
        OutboxWorld world(SentProof::OwnCopy);
        ReplyRequest request = later(world);
        request.cancelWhenCustomerWrites = true;
        const auto first = world.queue(request);
        const auto second = world.queue(later(world));
        world.startOutbox();
        world.customerWrites();
        world.outbox->conversationChanged(world.conversation);
        QCOMPARE(world.row(*first).state, OutboxState::Cancelled);
        QCOMPARE(world.row(*second).state, OutboxState::Held);
        QVERIFY(*world.ledger->draft(world.conversation));
    }

    void holdsWhatAColleagueAnswers() {
        OutboxWorld world(SentProof::OwnCopy);
        world.claimAnswer = {ClaimAnswer::Outcome::Taken, u"Grace"_s};
        const auto id = world.queue(world.reply());
        world.startOutbox();
        QTRY_COMPARE(world.row(*id).state, OutboxState::Held);
        QCOMPARE(world.row(*id).error, u"Conflict/ClaimTaken"_s);
        QVERIFY(!world.row(*id).holdsClaim);
        QCOMPARE(world.arrivals(), 0);
        world.claimAnswer = {ClaimAnswer::Outcome::Granted, {}};
        QVERIFY(world.outbox->sendNow(*id));
        QTRY_COMPARE(world.row(*id).state, OutboxState::Sent);
        QCOMPARE(world.arrivals(), 1);
    }

    void sendsAConversationsMailsInOrderAndSeveralConversationsAtOnce() {
        OutboxWorld world(SentProof::ServerFiles);
        std::vector<OutboxId> ids;
        for (int i = 0; i < 5; ++i) {
            ReplyRequest request = world.reply();
            request.text = QString::number(i);
            ids.push_back(*world.queue(request));
        }
        QVERIFY(world.run());
        QCOMPARE(world.arrivals(), 5);
        for (int i = 0; i < 5; ++i)
            QVERIFY(world.accepted[size_t(i)].mail.contains("\r\n\r\n" + QByteArray::number(i)));
    }

    void onlyOneProcessSends() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto lease = OutboxLease::take(outboxLeaseFile(world.workspace.dir()));
        QVERIFY(lease);
        QCOMPARE(OutboxLease::take(outboxLeaseFile(world.workspace.dir())).error().cause, ErrorCause::WorkspaceBusy);
        const auto id = world.queue(world.reply());
        world.startOutbox();
        world.spin(50);
        QVERIFY(!world.outbox->isLeading());
        QCOMPARE(world.row(*id).state, OutboxState::Waiting);
    }

    void filesACopyItselfWhenNoneArrives() {
        OutboxWorld world(SentProof::OwnCopy);
        world.ownCopyArrives = false;
        const auto id = world.queue(world.reply());
        QVERIFY(world.run());
        QCOMPARE(world.copiesIn(u"Sent"_s, world.row(*id).messageId), 1);
        QVERIFY(world.plan.trace.contains(u"append"_s));
        const auto& sent = world.server->folder(u"Sent"_s).mails;
        QVERIFY(sent.begin()->second.flags.seen);
    }

    void goesOnFilingWhenTheMailboxIsBack() {
        OutboxWorld world(SentProof::OwnCopy);
        for (const QString& step : {u"folders"_s, u"find"_s, u"store"_s, u"move"_s}) {
            world.begin();
            const auto id = world.queue(world.reply());
            bool isGone = false;
            world.plan.onStep = [&](int number) {
                if (world.plan.trace.value(number) != step || std::exchange(isGone, true)) return;
                QTimer::singleShot(0, world.outbox.get(), [&] { world.disconnectMailbox(); });
            };
            world.startOutbox();
            QTRY_VERIFY(isGone);
            world.spin(20);
            world.stopOutbox();
            QVERIFY(world.run());
            QCOMPARE(world.row(*id).state, OutboxState::Sent);
            QCOMPARE(world.arrivals(), 1);
            QCOMPARE(world.copiesIn(u"Sent"_s, world.row(*id).messageId), 1);
        }
    }

    // Over quota, say: the mail was sent all the same.
    void givesUpFilingIntoAFolderThatRefuses() {
        OutboxWorld world(SentProof::None);
        const auto id = world.queue(world.reply());
        int refused = 0;
        world.plan.onStep = [&](int number) {
            if (world.plan.trace.value(number) != u"append"_s) return;
            ++refused;
            world.plan.faults[number] = Fault::RefusedForGood;
        };
        QVERIFY(world.run());
        QCOMPARE(world.row(*id).state, OutboxState::Sent);
        QCOMPARE(world.row(*id).error, u"Refused/RecipientRefused"_s);
        QCOMPARE(refused, static_cast<int>(world.pace.retryMs.size()) + 1);
        QCOMPARE(world.arrivals(), 1);
        QVERIFY(!world.isClaimHeld);
    }

    void makesTheSentFolderWhenThereIsNone() {
        OutboxWorld world(SentProof::OwnCopy);
        world.server->removeFolder(u"Sent"_s);
        const auto id = world.queue(world.reply());
        QVERIFY(world.run());
        QCOMPARE(world.row(*id).state, OutboxState::Sent);
        QCOMPARE(world.copiesIn(u"Sent"_s, world.row(*id).messageId), 1);
        QCOMPARE(world.copiesIn(u"INBOX"_s, world.row(*id).messageId), 0);
    }

    void aSentMailIsInItsConversationWhoeverItWentTo() {
        OutboxWorld world(SentProof::ServerFiles);
        ReplyRequest request = world.reply();
        request.to = {{{}, u"warehouse@elsewhere.example"_s}};
        const auto id = world.queue(request);
        QVERIFY(world.run());
        QCOMPARE(world.recorded(world.row(*id).messageId), 1);
    }
};

QTEST_GUILESS_MAIN(OutboxDispatcherTest)
#include "tst_outbox_dispatcher.moc"
