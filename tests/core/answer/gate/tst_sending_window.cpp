#include "core/answer/gate/sending_window.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

} // namespace

class SendingWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void movesToTheNextOpening_data() {
        QTest::addColumn<QString>("earliest");
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* earliest, int start, int end, const char* zone,
                            const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(earliest) << start << end << QString::fromLatin1(zone)
                                << QString::fromLatin1(expected);
        };
        row("all day", "2026-05-12T03:00:00Z", 0, 0, "Europe/Berlin", "2026-05-12T03:00:00Z");
        row("all day, spelt out", "2026-05-12T03:00:00Z", 0, 1440, "", "2026-05-12T03:00:00Z");
        row("inside", "2026-05-12T08:30:00Z", 540, 1080, "Europe/Berlin", "2026-05-12T08:30:00Z");
        row("before it opens", "2026-05-12T05:00:00Z", 540, 1080, "Europe/Berlin", "2026-05-12T07:00:00Z");
        row("the last minute", "2026-05-12T15:59:59Z", 540, 1080, "Europe/Berlin", "2026-05-12T15:59:59Z");
        row("the end is outside", "2026-05-12T16:00:00Z", 540, 1080, "Europe/Berlin", "2026-05-13T07:00:00Z");
        row("winter time", "2026-01-12T05:00:00Z", 540, 1080, "Europe/Berlin", "2026-01-12T08:00:00Z");
        row("no zone is UTC", "2026-05-12T05:00:00Z", 540, 1080, "", "2026-05-12T09:00:00Z");
        row("over midnight, evening", "2026-05-12T20:30:00Z", 1320, 360, "Europe/Berlin", "2026-05-12T20:30:00Z");
        row("over midnight, morning", "2026-05-12T03:59:00Z", 1320, 360, "Europe/Berlin", "2026-05-12T03:59:00Z");
        row("over midnight, day", "2026-05-12T04:00:00Z", 1320, 360, "Europe/Berlin", "2026-05-12T20:00:00Z");
        row("the clock goes forward tonight", "2026-03-28T20:00:00Z", 540, 1080, "Europe/Berlin",
            "2026-03-29T07:00:00Z");
        row("the clock goes back tonight", "2026-10-24T20:00:00Z", 540, 1080, "Europe/Berlin", "2026-10-25T08:00:00Z");
        row("an opening the clock skips", "2026-03-29T00:30:00Z", 120, 179, "Europe/Berlin", "2026-03-30T00:00:00Z");
        row("a day that ends elsewhere", "2026-05-12T23:00:00Z", 540, 1080, "Pacific/Auckland", "2026-05-12T23:00:00Z");
        row("west of here", "2026-05-12T02:00:00Z", 540, 1080, "America/Los_Angeles", "2026-05-12T16:00:00Z");
    }

    void movesToTheNextOpening() {
        QFETCH(const QString, earliest);
        QFETCH(const int, start);
        QFETCH(const int, end);
        QFETCH(const QString, zone);
        const auto moment = firstInWindow(at(earliest.toLatin1().constData()), {start, end}, zone);
        QVERIFY(moment);
        QTEST(moment->isoText(), "expected");
    }

    void refusesWhatMakesNoSense() {
        const UtcTime now = at("2026-05-12T08:00:00Z");
        QVERIFY(!firstInWindow(now, {540, 1080}, u"Europe/Nowhere"_s));
        QVERIFY(!firstInWindow(now, {-1, 1080}, {}));
        QVERIFY(!firstInWindow(now, {0, 1441}, {}));
        QVERIFY(!isInWindow(now, {540, 1080}, u"Europe/Nowhere"_s));
    }

    void neverLeavesTheWindow() {
        QRandomGenerator random(20260512);
        const QStringList zones{{},
                                u"Europe/Berlin"_s,
                                u"America/New_York"_s,
                                u"Australia/Lord_Howe"_s, // half an hour of summer time
                                u"Asia/Kathmandu"_s,
                                u"Pacific/Kiritimati"_s,
                                u"America/St_Johns"_s};
        int cases = 0;
        for (; cases < 20'000; ++cases) {
            const UtcTime earliest =
                at("2026-01-01T00:00:00Z").plusSeconds(random.bounded(366 * 24 * 3600)).plusMs(random.bounded(1000));
            const SendingWindow window{random.bounded(1441), random.bounded(1441)};
            const QString& zone = zones.at(random.bounded(int(zones.size())));
            const auto moment = firstInWindow(earliest, window, zone);
            QVERIFY(moment);
            QVERIFY(*moment >= earliest);
            QVERIFY(moment->msSince(earliest) < qint64(50) * 3600 * 1000);
            QVERIFY(isInWindow(*moment, window, zone));
        }
        qInfo("%d moments", cases);
    }
};

QTEST_GUILESS_MAIN(SendingWindowTest)
#include "tst_sending_window.moc"
