// Every step of sending fails in every way it can, alone and in pairs; whatever happens, in the end the mail arrived
// exactly once, or certainly not at all.
#include "tests/core/outbox/outbox_world.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

const std::vector<Fault> kPassing{Fault::LostBefore, Fault::LostAfter, Fault::CrashBefore, Fault::CrashAfter,
                                  Fault::RefusedForNow};

QString describe(const FaultPlan& plan) {
    QStringList parts;
    for (const auto& [step, fault] : plan.faults)
        parts << u"step %1 (%2) %3"_s.arg(step).arg(plan.trace.value(step), QString::fromLatin1(faultName(fault)));
    return parts.join(u", "_s) + u"; steps: "_s + plan.trace.join(u' ');
}

} // namespace

class SendFaultsTest : public QObject {
    Q_OBJECT

    int m_cases = 0;

    // Sends one mail under the plan and says what is wrong afterwards; empty: nothing.
    QString outcome(OutboxWorld& world, const std::map<int, Fault>& faults) {
        world.begin();
        world.plan.faults = faults;
        const auto id = world.queue(world.reply());
        if (!id) return u"not queued: "_s + id.error().detail;
        ++m_cases;
        do {
            if (!world.run()) return u"never quiet, %1"_s.arg(toWord(world.row(*id).state));
        } while (world.plan.isCrashed);
        OutboxRow row = world.row(*id);
        // Twice at most: two faults.
        for (int held = 0; held < 2 && world.proof == SentProof::None && row.state == OutboxState::Held; ++held) {
            if (row.error != u"Timeout/OutcomeUnknown"_s) return u"held for "_s + row.error;
            if (world.arrivals() > 1) return u"arrived twice before it was held"_s;
            // The person knows.
            world.startOutbox();
            const bool wasSent = world.arrivals() == 1;
            if (!world.outbox->resolveUnknown(*id, wasSent ? OutboxDispatcher::Outcome::WasSent
                                                           : OutboxDispatcher::Outcome::WasNotSent))
                return u"could not be resolved"_s;
            world.stopOutbox();
            do {
                if (!world.run()) return u"never quiet after it was resolved"_s;
            } while (world.plan.isCrashed);
            row = world.row(*id);
        }
        if (world.arrivals() != 1) return u"arrived %1 times"_s.arg(world.arrivals());
        const Accepted& mail = world.accepted.front();
        if (mail.mail != row.mail || mail.envelope.recipients != row.recipients) return u"not what was frozen"_s;
        if (row.state != OutboxState::Sent) return u"ended "_s + toWord(row.state) + u' ' + row.error;
        if (world.recorded(row.messageId) != 1) return u"not once in the conversation"_s;
        if (world.copiesIn(u"Sent"_s, row.messageId) != 1)
            return u"%1 times in Sent"_s.arg(world.copiesIn(u"Sent"_s, row.messageId));
        if (world.copiesIn(u"INBOX"_s, row.messageId) != 0) return u"left in INBOX"_s;
        if (world.isClaimHeld || row.holdsClaim) return u"the claim was not given back"_s;
        if (world.answeredReleases < 1) return u"nobody was told that it is answered"_s;
        return {};
    }

    // Steps in order and how each run of a case went on; refusing is no fault of a look or of filing.
    static std::vector<Fault> faultsOf(const QString& step) {
        std::vector<Fault> faults = kPassing;
        if (step != u"prepare"_s && step != u"finish"_s) faults.pop_back();
        return faults;
    }

private Q_SLOTS:
    void everyStepFailsInEveryWay_data() {
        QTest::addColumn<SentProof>("proof");
        QTest::newRow("the server files") << SentProof::ServerFiles;
        QTest::newRow("a copy to ourselves") << SentProof::OwnCopy;
        QTest::newRow("no proof") << SentProof::None;
    }

    void everyStepFailsInEveryWay() {
        QFETCH(SentProof, proof);
        OutboxWorld world(proof);
        QCOMPARE(outcome(world, {}), QString());
        const QStringList calm = world.plan.trace;
        QVERIFY2(calm.contains(u"finish"_s), qPrintable(calm.join(u' ')));
        for (int step = 0; step < calm.size(); ++step)
            for (const Fault fault : faultsOf(calm[step])) {
                const QString wrong = outcome(world, {{step, fault}});
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong + u": "_s + describe(world.plan)));
            }
        qInfo("%d cases, %lld steps: %s", m_cases, static_cast<long long>(calm.size()), qPrintable(calm.join(u' ')));
    }

    void everyPairOfFaults_data() { everyStepFailsInEveryWay_data(); }

    // The second fault falls into what the first one led to: all pairs with AIVA_RUNS set, else a sample.
    void everyPairOfFaults() {
        QFETCH(SentProof, proof);
        OutboxWorld world(proof);
        QCOMPARE(outcome(world, {}), QString());
        const QStringList calm = world.plan.trace;
        const bool isWhole = qEnvironmentVariableIsSet("AIVA_RUNS");
        const quint32 seed = isWhole ? 1 : QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        const int before = m_cases;
        for (int first = 0; first < calm.size(); ++first)
            for (const Fault fault : faultsOf(calm[first])) {
                const std::map<int, Fault> one{{first, fault}};
                if (!isWhole && random.bounded(3) > 0) continue;
                QCOMPARE(outcome(world, one), QString());
                const QStringList led = world.plan.trace;
                for (int second = first + 1; second < led.size(); ++second) {
                    if (!isWhole && random.bounded(6) > 0) continue;
                    for (const Fault next : faultsOf(led[second])) {
                        if (!isWhole && random.bounded(3) > 0) continue;
                        auto two = one;
                        two[second] = next;
                        const QString wrong = outcome(world, two);
                        QVERIFY2(wrong.isEmpty(),
                                 qPrintable(wrong + u" (seed %1): "_s.arg(seed) + describe(world.plan)));
                    }
                }
            }
        qInfo("%d cases", m_cases - before);
    }

    void aServerThatSaysNoForGoodGetsItNeverAgain_data() { everyStepFailsInEveryWay_data(); }

    void aServerThatSaysNoForGoodGetsItNeverAgain() {
        QFETCH(SentProof, proof);
        OutboxWorld world(proof);
        QCOMPARE(outcome(world, {}), QString());
        const QStringList calm = world.plan.trace;
        for (const QString& step : {u"prepare"_s, u"finish"_s}) {
            world.begin();
            world.plan.faults = {{static_cast<int>(calm.indexOf(step)), Fault::RefusedForGood}};
            ReplyRequest request = world.reply();
            request.text = u"Words not to be lost"_s;
            const auto id = world.queue(request);
            QVERIFY(world.run());
            QCOMPARE(world.row(*id).state, OutboxState::Failed);
            QCOMPARE(world.row(*id).error, u"Refused/RecipientRefused"_s);
            QVERIFY(!world.row(*id).handedOverAt);
            QCOMPARE(world.arrivals(), 0);
            QVERIFY(!world.isClaimHeld);
            QCOMPARE((*world.ledger->draft(world.conversation))->text, request.text);
        }
    }
};

QTEST_GUILESS_MAIN(SendFaultsTest)
#include "tst_send_faults.moc"
