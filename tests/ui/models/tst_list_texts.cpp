#include "tests/support/patience.h"
#include "ui/models/relative_time.h"
#include "ui/models/search_model.h"

#include <QAbstractItemModelTester>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestListTexts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysAgesShortly_data();
    void saysAgesShortly();
    void saysHowLongSomebodyWaits_data();
    void saysHowLongSomebodyWaits();
    void groupsHitsByKind();
    void cutsSnippetsAtTheirMarks();
};

void TestListTexts::saysAgesShortly_data() {
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("text");
    QTest::newRow("future") << u"2026-11-21T12:00:30Z"_s << u"now"_s;
    QTest::newRow("seconds") << u"2026-11-21T11:59:30Z"_s << u"now"_s;
    QTest::newRow("minutes") << u"2026-11-21T11:57:00Z"_s << u"3 m"_s;
    QTest::newRow("just under an hour") << u"2026-11-21T11:00:01Z"_s << u"59 m"_s;
    QTest::newRow("hours") << u"2026-11-21T10:00:00Z"_s << u"2 h"_s;
    QTest::newRow("day") << u"2026-11-20T12:00:00Z"_s << u"Nov 20"_s;
    QTest::newRow("month") << u"2026-02-20T12:00:00Z"_s << u"Feb 20"_s;
    QTest::newRow("another year") << u"2025-03-03T12:00:00Z"_s << u"Mar 3, 2025"_s;
}

void TestListTexts::saysAgesShortly() {
    QFETCH(QString, at);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    const UtcTime now = *UtcTime::parseIso("2026-11-21T12:00:00Z");
    QCOMPARE(ageText(*UtcTime::parseIso(at.toStdString()), now), text);
}

void TestListTexts::saysHowLongSomebodyWaits_data() {
    QTest::addColumn<qint64>("minutes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << u"0 m"_s;
    QTest::newRow("negative") << qint64(-5) << u"0 m"_s;
    QTest::newRow("minutes") << qint64(42) << u"42 m"_s;
    QTest::newRow("hours") << qint64(130) << u"2 h 10 m"_s;
    QTest::newRow("whole hours") << qint64(180) << u"3 h"_s;
    QTest::newRow("days") << qint64(3 * 1440 + 240) << u"3 d 4 h"_s;
    QTest::newRow("weeks") << qint64(12 * 1440 + 240) << u"12 d"_s;
}

void TestListTexts::saysHowLongSomebodyWaits() {
    QFETCH(qint64, minutes);
    QFETCH(QString, text);
    const UtcTime since(1'000'000'000);
    QCOMPARE(waitingText(since, since.plusSeconds(minutes * 60)), text);
}

void TestListTexts::groupsHitsByKind() {
    ManualClock clock{UtcTime(0)};
    SearchModel model(clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto hit = [](SearchHit::Kind kind, const QString& title) {
        SearchHit made;
        made.kind = kind;
        made.title = title;
        return made;
    };
    using Kind = SearchHit::Kind;
    model.setHits({hit(Kind::Message, u"m1"_s), hit(Kind::Order, u"o1"_s), hit(Kind::Customer, u"c1"_s),
                   hit(Kind::Message, u"m2"_s)});
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows << model.data(model.index(row), Qt::DisplayRole).toString();
    QCOMPARE(rows, (QStringList{u"Orders"_s, u"o1"_s, u"People"_s, u"c1"_s, u"Messages"_s, u"m1"_s, u"m2"_s}));
    QCOMPARE(model.firstHit(), 1);
    QVERIFY(!model.flags(model.index(0)).testFlag(Qt::ItemIsSelectable)); // a heading is no hit
    model.setHits({});
    QCOMPARE(model.firstHit(), -1);
}

void TestListTexts::cutsSnippetsAtTheirMarks() {
    using Parts = std::vector<SnippetPart>;
    QCOMPARE(snippetParts(u"my \x02"
                          "blue\x03 widget"_s),
             (Parts{{u"my "_s, false}, {u"blue"_s, true}, {u" widget"_s, false}}));
    QCOMPARE(snippetParts(u"\x02"
                          "all\x03"_s),
             (Parts{{u"all"_s, true}}));
    QCOMPARE(snippetParts(u"cut \x02"
                          "off"_s),
             (Parts{{u"cut "_s, false}, {u"off"_s, true}}));
    QVERIFY(snippetParts({}).empty());
}

QTEST_GUILESS_MAIN(TestListTexts)
#include "tst_list_texts.moc"
