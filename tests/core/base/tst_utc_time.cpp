#include "core/base/clock.h"
#include "core/base/utc_time.h"
#include "tests/support/patience.h"

#include <QTimeZone>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestUtcTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesRfc3339_data();
    void parsesRfc3339();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void writesWhatItReads();
    void agreesWithQtOnEveryDay();
    void countsWithItsUnits();
    void manualClockMovesOnlyWhenTold();
};

void TestUtcTime::parsesRfc3339_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("epoch") << QByteArray("1970-01-01T00:00:00Z") << qint64(0);
    QTest::newRow("before epoch") << QByteArray("1969-12-31T23:59:59.999Z") << qint64(-1);
    QTest::newRow("fraction") << QByteArray("2026-02-20T14:02:03.25Z") << qint64(1'771'596'123'250);
    QTest::newRow("long fraction") << QByteArray("2026-02-20T14:02:03.123456789Z") << qint64(1'771'596'123'123);
    QTest::newRow("offset") << QByteArray("2026-02-20T16:02:03+02:00") << qint64(1'771'596'123'000);
    QTest::newRow("negative offset") << QByteArray("2026-02-20T09:02:03-0500") << qint64(1'771'596'123'000);
    QTest::newRow("half hour") << QByteArray("2026-02-20T19:32:03+05:30") << qint64(1'771'596'123'000);
    QTest::newRow("small letters") << QByteArray("2026-02-20t14:02:03z") << qint64(1'771'596'123'000);
    QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << qint64(1'709'164'800'000);
    QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << qint64(1'483'228'800'000);
    QTest::newRow("far") << QByteArray("9999-12-31T23:59:59Z") << qint64(253'402'300'799'000);
}

void TestUtcTime::parsesRfc3339() {
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const auto time = UtcTime::parseIso(text.toStdString());
    QVERIFY(time);
    QCOMPARE(time->ms(), ms);
}

void TestUtcTime::refusesOtherTexts_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "2026-02-20",
                             "2026-02-20T14:02:03",
                             "2026-02-20T14:02Z",
                             "2026-02-30T00:00:00Z",
                             "2025-02-29T00:00:00Z",
                             "1900-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:61Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00+25:00",
                             "2026-01-01T00:00:00+02",
                             "2026-01-01T00:00:00Zx",
                             "+026-01-01T00:00:00Z",
                             "20260101T000000Z",
                             "2026-01-01T00:00:00 Z",
                             "yesterday at ten o'clock"})
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
}

void TestUtcTime::refusesOtherTexts() {
    QFETCH(QByteArray, text);
    const auto time = UtcTime::parseIso(text.toStdString());
    QVERIFY(!time);
    QCOMPARE(time.error().kind, ErrorKind::Invalid);
}

void TestUtcTime::writesWhatItReads() {
    for (const qint64 ms : {qint64(0), qint64(1), qint64(999), qint64(1000), qint64(1'771'596'123'000), qint64(-1)}) {
        const auto back = UtcTime::parseIso(UtcTime(ms).isoText().toStdString());
        QVERIFY(back);
        QCOMPARE(back->ms(), ms);
    }
    QCOMPARE(UtcTime(1'771'596'123'000).isoText(), u"2026-02-20T14:02:03Z"_s);
    QCOMPARE(UtcTime(1'771'596'123'007).isoText(), u"2026-02-20T14:02:03.007Z"_s);
}

void TestUtcTime::agreesWithQtOnEveryDay() {
    int days = 0;
    for (QDate date(1600, 1, 1); date.year() < 2401; date = date.addDays(1)) {
        const std::string text = date.toString(u"yyyy-MM-dd"_s).toStdString() + "T00:00:00Z";
        const auto time = UtcTime::parseIso(text);
        if (!time || time->ms() != date.startOfDay(Qt::UTC).toMSecsSinceEpoch()) QFAIL(text.c_str());
        ++days;
    }
    qInfo("%d days", days);
}

void TestUtcTime::countsWithItsUnits() {
    const UtcTime time(1000);
    QCOMPARE(time.plusMs(5).ms(), 1005);
    QCOMPARE(time.plusSeconds(-1).ms(), 0);
    QCOMPARE(time.plusDays(90).msSince(time), 90 * 86'400'000LL);
    QVERIFY(time < time.plusMs(1));
    QCOMPARE(UtcTime(), UtcTime(0));
}

void TestUtcTime::manualClockMovesOnlyWhenTold() {
    ManualClock clock(UtcTime(500));
    QCOMPARE(clock.now(), UtcTime(500));
    clock.advanceMs(250);
    QCOMPARE(clock.now(), UtcTime(750));
    QCOMPARE(clock.monotonicMs(), 250);
    const SystemClock system;
    const qint64 before = system.monotonicMs();
    QVERIFY(system.monotonicMs() >= before);
    QVERIFY(system.now() > UtcTime(1'700'000'000'000));
}

QTEST_GUILESS_MAIN(TestUtcTime)
#include "tst_utc_time.moc"
