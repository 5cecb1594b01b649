#include "core/answer/playbooks/spoken_time.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

using Unit = SpokenDuration::Unit;

namespace {

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

} // namespace

class SpokenTimeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysDatesOfTheStoresDay_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("moment");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("spoken");
        const auto row = [](const char* language, const char* moment, const char* zone, const QString& spoken) {
            QTest::addRow("%s %s %s", language, moment, zone)
                << QString::fromLatin1(language) << QString::fromLatin1(moment) << QString::fromLatin1(zone) << spoken;
        };
        row("en", "2026-05-12T10:00:00Z", "UTC", u"12 May 2026"_s);
        row("de", "2026-05-12T10:00:00Z", "UTC", u"12. Mai 2026"_s);
        row("fr", "2026-05-12T10:00:00Z", "UTC", u"12 mai 2026"_s);
        row("es", "2026-05-12T10:00:00Z", "UTC", u"12 de mayo de 2026"_s);
        row("fr", "2026-08-01T10:00:00Z", "UTC", u"1er août 2026"_s);
        row("de", "2026-03-01T10:00:00Z", "UTC", u"1. März 2026"_s);
        row("en", "2026-05-11T22:30:00Z", "Europe/Berlin", u"12 May 2026"_s);
        row("en", "2026-01-01T03:00:00Z", "America/New_York", u"31 December 2025"_s);
        row("it", "2026-05-12T10:00:00Z", "UTC", u"12 May 2026"_s);
    }

    void saysDatesOfTheStoresDay() {
        QFETCH(const QString, language);
        QFETCH(const QString, moment);
        QFETCH(const QString, zone);
        QTEST(spokenDate(at(moment.toLatin1().constData()), QTimeZone(zone.toLatin1()), language), "spoken");
    }

    void readsDurations_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("unit");
        const auto row = [](const QString& text, int least, int most, Unit unit) {
            QTest::addRow("%s", qPrintable(text)) << text << least << most << int(unit);
        };
        row(u"24 hours"_s, 24, 24, Unit::Hours);
        row(u" 1 Hour "_s, 1, 1, Unit::Hours);
        row(u"5 to 7 business days"_s, 5, 7, Unit::BusinessDays);
        row(u"1-2 Werktage"_s, 1, 2, Unit::BusinessDays);
        row(u"1 – 2 Arbeitstagen"_s, 1, 2, Unit::BusinessDays);
        row(u"2 bis 3 Tage"_s, 2, 3, Unit::Days);
        row(u"5 à 7 jours ouvrés"_s, 5, 7, Unit::BusinessDays);
        row(u"2 días hábiles"_s, 2, 2, Unit::BusinessDays);
        row(u"1 a 2 semanas"_s, 1, 2, Unit::Weeks);
        row(u"48 Std."_s, 48, 48, Unit::Hours);
    }

    void readsDurations() {
        QFETCH(const QString, text);
        QFETCH(const int, least);
        QFETCH(const int, most);
        QFETCH(const int, unit);
        QCOMPARE(durationFrom(text), std::optional(SpokenDuration{least, most, Unit(unit)}));
    }

    void refusesWhatIsNoDuration_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "soon", "hours", "24", "0 days", "7 to 5 days", "24 hours or so", "about 24 hours",
                                 "two days", "1.5 days", "-3 days", "9999 days", "3 months"})
            QTest::addRow("%s", text) << QString::fromLatin1(text);
    }

    void refusesWhatIsNoDuration() {
        QFETCH(const QString, text);
        QVERIFY(!durationFrom(text));
    }

    void saysDurationsInEachLanguage() {
        const SpokenDuration day{24, 24, Unit::Hours};
        QCOMPARE(spokenDuration(day, u"en"_s), u"24 hours"_s);
        QCOMPARE(spokenDuration(day, u"de"_s), u"24 Stunden"_s);
        QCOMPARE(spokenDuration(day, u"fr"_s), u"24 heures"_s);
        QCOMPARE(spokenDuration(day, u"es"_s), u"24 horas"_s);
        QCOMPARE(spokenDuration(day, u"it"_s), u"24 hours"_s);
        const SpokenDuration range{1, 2, Unit::BusinessDays};
        QCOMPARE(spokenDuration(range, u"en"_s), u"1 to 2 business days"_s);
        QCOMPARE(spokenDuration(range, u"de"_s), u"1 bis 2 Werktagen"_s);
        QCOMPARE(spokenDuration(range, u"fr"_s), u"1 à 2 jours ouvrés"_s);
        QCOMPARE(spokenDuration(range, u"es"_s), u"1 a 2 días laborables"_s);
        QCOMPARE(spokenDuration({1, 1, Unit::BusinessDays}, u"de"_s), u"1 Werktag"_s);
        QCOMPARE(spokenDuration({1, 1, Unit::Weeks}, u"fr"_s), u"1 semaine"_s);
    }

    void readsBackWhatItSays() {
        for (const QString& language : {u"en"_s, u"de"_s, u"fr"_s, u"es"_s})
            for (const Unit unit : {Unit::Hours, Unit::Days, Unit::BusinessDays, Unit::Weeks})
                for (const auto& [least, most] : {std::pair{1, 1}, std::pair{3, 3}, std::pair{1, 2}}) {
                    const SpokenDuration duration{least, most, unit};
                    QCOMPARE(durationFrom(spokenDuration(duration, language)), std::optional(duration));
                }
    }

    void endsAfterTheLongerEnd_data() {
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("end");
        const auto row = [](const char* name, int most, Unit unit, const char* start, const char* end) {
            QTest::newRow(name) << most << int(unit) << QString::fromLatin1(start) << QString::fromLatin1(end);
        };
        row("hours", 24, Unit::Hours, "2026-05-12T12:00:00Z", "2026-05-13T12:00:00Z");
        row("days", 2, Unit::Days, "2026-05-15T12:00:00Z", "2026-05-17T12:00:00Z");
        row("weeks", 1, Unit::Weeks, "2026-05-15T12:00:00Z", "2026-05-22T12:00:00Z");
        row("over a weekend", 1, Unit::BusinessDays, "2026-05-15T12:00:00Z", "2026-05-18T12:00:00Z");
        row("from a Saturday", 2, Unit::BusinessDays, "2026-05-16T12:00:00Z", "2026-05-19T12:00:00Z");
        row("Friday night in Berlin is Saturday", 1, Unit::BusinessDays, "2026-05-15T22:30:00Z",
            "2026-05-17T22:30:00Z");
    }

    void endsAfterTheLongerEnd() {
        QFETCH(const int, most);
        QFETCH(const int, unit);
        QFETCH(const QString, start);
        QTEST(endOf({1, most, Unit(unit)}, at(start.toLatin1().constData()), QTimeZone("Europe/Berlin")).isoText(),
              "end");
    }
};

QTEST_GUILESS_MAIN(SpokenTimeTest)
#include "tst_spoken_time.moc"
