#include "tests/support/patience.h"
#include "ui/widgets/format.h"

#include <limits>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

Money money(const char* amount, const char* currency) {
    return *Money::parse(amount, *Currency::parse(currency));
}

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

// Locales use several blanks that all look alike.
QString plainBlanks(QString text) {
    return text.replace(QChar(0x00A0), u' ').replace(QChar(0x202F), u' ');
}

} // namespace

class TestFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formatsMoneyByLocaleWithoutAFloat_data() {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QByteArray>("amount");
        QTest::addColumn<QByteArray>("currency");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* locale, const char* amount, const char* currency, const QString& text) {
            QTest::addRow("%s %s %s", locale, amount, currency)
                << QString::fromLatin1(locale) << QByteArray(amount) << QByteArray(currency) << text;
        };
        row("en_US", "450.00", "USD", u"$450.00"_s);
        row("en_US", "1234567.89", "USD", u"$1,234,567.89"_s);
        row("en_US", "1000", "JPY", u"¥1,000"_s);
        row("en_US", "0.05", "USD", u"$0.05"_s);
        row("en_US", "-0.05", "USD", u"-$0.05"_s);
        row("en_US", "-12.50", "USD", u"-$12.50"_s);
        row("en_US", "12.345", "BHD", u"BHD 12.345"_s);
        row("en_US", "12.50", "EUR", u"€12.50"_s);
        row("en_US", "12.50", "CAD", u"CA$12.50"_s);
        row("en_CA", "12.50", "CAD", u"$12.50"_s);
        row("en_CA", "12.50", "USD", u"US$12.50"_s);
        row("de_DE", "1234.50", "EUR", u"1.234,50 €"_s);
        row("de_DE", "1234.50", "USD", u"1.234,50 $"_s);
        row("fr_FR", "1234.50", "EUR", u"1 234,50 €"_s);
        row("ja_JP", "1000", "JPY", u"￥1,000"_s);
        row("hu_HU", "4990.00", "HUF", u"4 990,00 Ft"_s);
        row("en_US", "90071992547409.93", "USD", u"$90,071,992,547,409.93"_s);
        row("en_US", "-92233720368547758.08", "USD", u"-$92,233,720,368,547,758.08"_s);
    }
    void formatsMoneyByLocaleWithoutAFloat() {
        QFETCH(QString, locale);
        QFETCH(QByteArray, amount);
        QFETCH(QByteArray, currency);
        QFETCH(QString, text);
        const Money value = amount == "-92233720368547758.08"
                                ? Money(std::numeric_limits<qint64>::min(), *Currency::parse("USD"))
                                : money(amount.constData(), currency.constData());
        QCOMPARE(plainBlanks(formatMoney(value, QLocale(locale))), text);
    }

    void writesArabicDigitsWhereTheyAreRead() {
        const QString text = formatMoney(money("12.50", "EGP"), QLocale(u"ar_EG"_s));
        QVERIFY2(text.contains(u"١٢"_s) && text.contains(u"٥٠"_s), qPrintable(text));
    }

    void showsTheYearOnlyWhenItIsAnother_data() {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("thisYear");
        QTest::addColumn<QString>("otherYear");
        QTest::newRow("en_US") << u"en_US"_s << u"Feb 20"_s << u"Feb 20, 2025"_s;
        QTest::newRow("en_GB") << u"en_GB"_s << u"20 Feb"_s << u"20 Feb 2025"_s;
        QTest::newRow("de_DE") << u"de_DE"_s << u"20. Feb."_s << u"20. Feb. 2025"_s;
        QTest::newRow("fr_FR") << u"fr_FR"_s << u"20 févr."_s << u"20 févr. 2025"_s;
        QTest::newRow("es_ES") << u"es_ES"_s << u"20 de feb"_s << u"20 de feb de 2025"_s;
        QTest::newRow("ja_JP") << u"ja_JP"_s << u"2月20日"_s << u"2025年2月20日"_s;
        QTest::newRow("ko_KR") << u"ko_KR"_s << u"2월 20일"_s << u"2025년 2월 20일"_s;
        QTest::newRow("hu_HU") << u"hu_HU"_s << u"febr. 20."_s << u"2025. febr. 20."_s;
        QTest::newRow("C") << u"C"_s << u"20 Feb"_s << u"20 Feb 2025"_s;
    }
    void showsTheYearOnlyWhenItIsAnother() {
        QFETCH(QString, locale);
        QFETCH(QString, thisYear);
        QFETCH(QString, otherYear);
        const QLocale reader = locale == u"C"_s ? QLocale::c() : QLocale(locale);
        QCOMPARE(plainBlanks(formatOrderDate(at("2026-02-20T12:00:00Z"), at("2026-11-21T12:00:00Z"), reader)),
                 thisYear);
        QCOMPARE(plainBlanks(formatOrderDate(at("2025-02-20T12:00:00Z"), at("2026-11-21T12:00:00Z"), reader)),
                 otherYear);
        QCOMPARE(formatFullDate(at("2025-02-20T12:00:00Z"), reader),
                 formatOrderDate(at("2025-02-20T12:00:00Z"), at("2026-11-21T12:00:00Z"), reader));
    }

    void givesTheTimeAndTheDayWhenItIsAnother() {
        const QLocale reader(u"en_GB"_s);
        QCOMPARE(formatTime(at("2026-02-20T14:02:00Z"), at("2026-02-20T23:00:00Z"), reader), u"14:02"_s);
        QCOMPARE(formatTime(at("2026-02-19T14:02:00Z"), at("2026-02-20T23:00:00Z"), reader), u"19 Feb, 14:02"_s);
    }

    void roundsAgesDown_data() {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("ago");
        QTest::newRow("future") << qint64(-90) << u"just now"_s;
        QTest::newRow("59 s") << qint64(59) << u"just now"_s;
        QTest::newRow("60 s") << qint64(60) << u"1 min ago"_s;
        QTest::newRow("119 min") << qint64(119 * 60) << u"1 h ago"_s;
        QTest::newRow("23 h") << qint64(86'399) << u"23 h ago"_s;
        QTest::newRow("13 d") << qint64(13 * 86'400) << u"13 d ago"_s;
        QTest::newRow("30 d") << qint64(30 * 86'400) << u"30 d ago"_s;
        QTest::newRow("400 d") << qint64(400 * 86'400) << u"13 months ago"_s;
    }
    void roundsAgesDown() {
        QFETCH(qint64, seconds);
        const UtcTime now = at("2026-02-20T12:00:00Z");
        QTEST(formatAgo(now.plusSeconds(-seconds), now), "ago");
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
