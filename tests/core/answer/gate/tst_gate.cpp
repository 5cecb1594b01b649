#include "tests/core/answer/gate/gate_faults.h"

#include "core/answer/gate/sending_window.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>
#include <QSet>

#include <limits>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// Any settings a person could have, and some nobody could.
void randomSettings(GateInput& input, QRandomGenerator& random) {
    input.rule.mode = static_cast<AutoSendMode>(random.bounded(3));
    input.rule.thresholdPercent = random.bounded(-10, 120);
    input.rule.delayMinutes = random.bounded(-5, 30);
    input.rule.delayMaxMinutes = random.bounded(-5, 30);
    input.rule.windowStartMinute = random.bounded(1441);
    input.rule.windowEndMinute = random.bounded(1441);
    input.rule.capPerHour = random.bounded(100);
    input.rule.capPerCustomerDay = random.bounded(5);
    input.rule.approvalsNeeded = random.bounded(50);
    input.isMasterOn = random.bounded(8) > 0;
    input.timeZone =
        QStringList{{}, u"Europe/Berlin"_s, u"America/New_York"_s, u"Asia/Kolkata"_s}.at(random.bounded(4));
    input.sentInLastHour = random.bounded(10);
    input.chance = random.generateDouble();
    input.confidence = 0.5 + random.generateDouble() / 2;
    const qint64 shift = random.bounded(366 * 24 * 3600);
    input.now = input.now.plusSeconds(shift);
    input.factsReadAt = input.factsReadAt.plusSeconds(shift);
}

bool sends(const GateDecision& decision) {
    return decision.outcome == GateDecision::Outcome::Send;
}

QStringList failures(const GateDecision& decision) {
    QStringList names;
    for (const GateCheck& check : decision.checks)
        if (!check.passed) names.append(check.name);
    return names;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsAPlainCaseAfterTheUndoWindow() {
        const GateDecision decision = decide(plainCase());
        QCOMPARE(failures(decision), QStringList());
        QVERIFY(sends(decision));
        QVERIFY(!decision.shadow);
        QCOMPARE(decision.sendAt, noon().plusSeconds(120));
    }

    void sendsAReturnInsideTheWindow() { QVERIFY(sends(decide(returnCase()))); }

    void holdsWhatNobodyFilledIn() {
        const GateDecision decision = decide(GateInput{});
        QVERIFY(!sends(decision));
        QVERIFY(!decision.shadow);
        const QStringList failed = failures(decision);
        // What is not asked of a mail that wants nothing passes; everything else is the worst case.
        const QSet<QString> mayPass{u"no_hand_over_signal"_s, u"no_injection_signal"_s, u"no_write_implied"_s,
                                    u"inside_return_window"_s};
        for (const GateCheck& check : decision.checks)
            if (check.hard && !mayPass.contains(check.name))
                QVERIFY2(failed.contains(check.name), qPrintable(check.name));
    }

    void storesEveryCheckInOneOrder() {
        const GateDecision good = decide(plainCase());
        const GateDecision bad = decide(GateInput{});
        QCOMPARE(good.checks.size(), bad.checks.size());
        QStringList names;
        bool seenSetting = false;
        for (size_t i = 0; i < good.checks.size(); ++i) {
            QCOMPARE(good.checks[i].name, bad.checks[i].name);
            QCOMPARE(good.checks[i].hard, bad.checks[i].hard);
            QVERIFY(!good.checks[i].detail.isEmpty());
            QVERIFY(!bad.checks[i].detail.isEmpty());
            QVERIFY(!(good.checks[i].hard && seenSetting)); // hard ones first
            seenSetting |= !good.checks[i].hard;
            names.append(good.checks[i].name);
        }
        QCOMPARE(gateCheckNames(), names);
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
        QCOMPARE(gateDecisionFromJson(toJson(good)), std::optional(good));
        QCOMPARE(gateDecisionFromJson(toJson(bad)), std::optional(bad));
    }

    void holdsForEachReason_data() {
        QTest::addColumn<QString>("check");
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("hard");
        const auto add = [](const std::vector<GateFault>& faults, bool hard) {
            for (size_t i = 0; i < faults.size(); ++i)
                QTest::addRow("%s: %s %zu", faults[i].check, faults[i].name, i)
                    << QString::fromLatin1(faults[i].check) << int(i) << hard;
        };
        add(hardFaults(), true);
        add(settingFaults(), false);
    }

    void holdsForEachReason() {
        QFETCH(const QString, check);
        QFETCH(const int, index);
        QFETCH(const bool, hard);
        GateInput input = plainCase();
        (hard ? hardFaults() : settingFaults())[size_t(index)].apply(input);
        const GateDecision decision = decide(input);
        QVERIFY(!sends(decision));
        QVERIFY2(failures(decision).contains(check), qPrintable(failures(decision).join(u' ')));
        QCOMPARE(decision.sendAt, UtcTime());
        const auto found = std::find_if(decision.checks.begin(), decision.checks.end(),
                                        [&](const GateCheck& c) { return c.name == check; });
        QCOMPARE(found->hard, hard);
    }

    void everyCheckHasAFault() {
        QSet<QString> covered;
        for (const auto& group : {hardFaults(), settingFaults()})
            for (const GateFault& fault : group)
                covered.insert(QString::fromLatin1(fault.check));
        const QStringList names = gateCheckNames();
        QCOMPARE(covered, QSet<QString>(names.begin(), names.end()));
    }

    void saysWhatItWouldHaveDoneInShadow() {
        GateInput input = plainCase();
        input.rule.mode = AutoSendMode::Shadow;
        const GateDecision decision = decide(input);
        QVERIFY(!sends(decision));
        QVERIFY(decision.shadow);
        QCOMPARE(failures(decision), QStringList{u"mode_on"_s});
        input.rule.mode = AutoSendMode::Off;
        QVERIFY(!decide(input).shadow);
        input.rule.mode = AutoSendMode::Shadow;
        input.isVip = true;
        QVERIFY(!decide(input).shadow);
        input.isVip = false;
        input.sentInLastHour = 1000;
        QVERIFY(!decide(input).shadow);
    }

    void drawsTheDelayBetweenItsBounds_data() {
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::addColumn<double>("chance");
        QTest::addColumn<int>("seconds");
        QTest::newRow("exact") << 3 << 3 << 0.9 << 180;
        QTest::newRow("shortest") << 2 << 10 << 0.0 << 120;
        QTest::newRow("longest") << 2 << 10 << 1.0 << 600;
        QTest::newRow("between") << 2 << 6 << 0.5 << 240;
        QTest::newRow("upper below lower") << 5 << 2 << 0.7 << 300;
        QTest::newRow("no undo is not offered") << 0 << 0 << 0.0 << 120;
        QTest::newRow("an hour is not offered") << 60 << 90 << 1.0 << 600;
        QTest::newRow("chance out of bounds") << 2 << 4 << 7.0 << 240;
        QTest::newRow("no chance at all") << 2 << 4 << std::numeric_limits<double>::quiet_NaN() << 120;
    }

    void drawsTheDelayBetweenItsBounds() {
        QFETCH(const int, least);
        QFETCH(const int, most);
        QFETCH(const double, chance);
        GateInput input = plainCase();
        input.rule.delayMinutes = least;
        input.rule.delayMaxMinutes = most;
        input.chance = chance;
        const GateDecision decision = decide(input);
        QVERIFY(sends(decision));
        QTEST(int(decision.sendAt.msSince(input.now) / 1000), "seconds");
    }

    void waitsForTheWindow() {
        GateInput input = plainCase(); // 14:00 in Berlin
        input.timeZone = u"Europe/Berlin"_s;
        input.rule.windowStartMinute = 8 * 60;
        input.rule.windowEndMinute = 14 * 60 + 1; // closed before the undo window is over
        const GateDecision decision = decide(input);
        QVERIFY(sends(decision));
        QCOMPARE(decision.sendAt.isoText(), u"2026-05-13T06:00:00Z"_s);
    }

    void asksBothConfidencesForTheThreshold_data() {
        QTest::addColumn<int>("threshold");
        QTest::addColumn<double>("draft");
        QTest::addColumn<double>("read");
        QTest::addColumn<bool>("passes");
        QTest::newRow("exactly") << 85 << 0.85 << 0.85 << true;
        QTest::newRow("a hair below") << 85 << 0.8499 << 0.99 << false;
        QTest::newRow("read below") << 85 << 0.95 << 0.8499 << false;
        QTest::newRow("being packed at 88") << 88 << 0.88 << 0.9 << true;
        QTest::newRow("being packed at 89") << 89 << 0.88 << 0.9 << false;
        QTest::newRow("above what is offered counts as the most") << 100 << 0.95 << 0.95 << true;
        QTest::newRow("below what is offered counts as the least") << 10 << 0.70 << 0.70 << true;
    }

    void asksBothConfidencesForTheThreshold() {
        QFETCH(const int, threshold);
        QFETCH(const double, draft);
        QFETCH(const double, read);
        GateInput input = plainCase();
        input.rule.thresholdPercent = threshold;
        input.confidence = draft;
        input.reading.intents = {{Intent::OrderStatus, read}};
        QTEST(sends(decide(input)), "passes");
    }

    void noHardFailureIsEverOutvoted() {
        QRandomGenerator random(4711);
        const std::vector<GateFault> faults = hardFaults();
        int cases = 0;
        for (int round = 0; round < 200; ++round)
            for (const GateFault& fault : faults) {
                GateInput input = round % 2 ? plainCase() : returnCase();
                randomSettings(input, random);
                fault.apply(input);
                const GateDecision decision = decide(input);
                QVERIFY2(!sends(decision) && !decision.shadow, fault.name);
                ++cases;
            }
        qInfo("%d decisions with one hard failure", cases);
        QVERIFY(cases > 5000);
    }

    void anotherFailureNeverOpensTheGate() {
        QRandomGenerator random(1337);
        std::vector<GateFault> faults = hardFaults();
        for (GateFault& fault : settingFaults())
            faults.push_back(std::move(fault));
        int held = 0;
        for (int round = 0; round < 4'000; ++round) {
            GateInput input = random.bounded(2) ? plainCase() : returnCase();
            if (random.bounded(2)) randomSettings(input, random);
            bool wasHeld = !sends(decide(input));
            for (int step = 0; step < 3; ++step) {
                faults[random.bounded(quint32(faults.size()))].apply(input);
                const bool isHeld = !sends(decide(input));
                QVERIFY(isHeld || !wasHeld);
                wasHeld = isHeld;
                held += isHeld;
            }
        }
        qInfo("%d holds", held);
        QVERIFY(held > 4'000);
    }

    void alwaysLeavesInsideTheWindowAndNeverAtOnce() {
        QRandomGenerator random(99);
        int sent = 0;
        for (int round = 0; round < 8'000; ++round) {
            GateInput input = plainCase();
            randomSettings(input, random);
            const GateDecision decision = decide(input);
            if (!sends(decision)) continue;
            ++sent;
            QVERIFY(decision.sendAt >= input.now.plusSeconds(120));
            QVERIFY(isInWindow(decision.sendAt, {input.rule.windowStartMinute, input.rule.windowEndMinute},
                               input.timeZone));
        }
        qInfo("%d of 8000 sent", sent);
        QVERIFY(sent > 400);
    }

    void boundsTheErrorOfWhatWasJudged() {
        QCOMPARE(errorBoundPercent(0, 0), 100.0);
        QCOMPARE(errorBoundPercent(3, 3), 100.0);
        // 0 of n: 1 - 0.05^(1/n), about 3/n.
        QVERIFY(std::abs(errorBoundPercent(0, 30) - 9.503) < 0.01);
        QVERIFY(std::abs(errorBoundPercent(0, 300) - 0.9936) < 0.001);
        // One-sided Clopper–Pearson from tables of the beta distribution.
        QVERIFY(std::abs(errorBoundPercent(1, 30) - 14.86) < 0.05);
        QVERIFY(std::abs(errorBoundPercent(5, 100) - 10.225) < 0.05);
        for (int judged = 1; judged < 500; judged += 7) {
            QVERIFY(errorBoundPercent(0, judged) > errorBoundPercent(0, judged + 1));
            QVERIFY(errorBoundPercent(1, judged + 1) > errorBoundPercent(0, judged + 1));
        }
    }

    void promotesOnlyWhatWasEarned() {
        AutoSendRule rule;
        EarnedRecord record;
        record.unedited = 29;
        record.edited = 500;
        record.shadowSends = 500;
        QVERIFY(!isPromotable(rule, record));
        record.unedited = 30;
        QVERIFY(isPromotable(rule, record));
        rule.approvalsNeeded = 0; // never without a single one
        record.unedited = 0;
        QVERIFY(!isPromotable(rule, record));
    }
};

QTEST_GUILESS_MAIN(GateTest)
#include "tst_gate.moc"
