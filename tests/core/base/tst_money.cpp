#include "core/base/money.h"
#include "tests/support/patience.h"

#include <limits>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMost = std::numeric_limits<qint64>::max();
constexpr qint64 kLeast = std::numeric_limits<qint64>::min();

Currency currency(const char* code) {
    return Currency::parse(code).value_or(Currency());
}

} // namespace

class TestMoney : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesCurrencyCodes();
    void knowsMinorDigits_data();
    void knowsMinorDigits();
    void parsesDecimalText_data();
    void parsesDecimalText();
    void refusesWhatIsNoAmount_data();
    void refusesWhatIsNoAmount();
    void roundsOnlyWhenAsked();
    void writesWhatItReads();
    void refusesAmountThatOverflows();
    void neverMixesCurrencies();
    void dividesHalfAwayFromZero_data();
    void dividesHalfAwayFromZero();
    void dividesLikeExactArithmetic();
};

void TestMoney::parsesCurrencyCodes() {
    QCOMPARE(currency("usd").text(), u"USD"_s);
    QCOMPARE(currency("XYZ").minorDigits(), 2);
    for (const char* code : {"", "EU", "EURO", "E1R", "€€€", "EU "})
        QVERIFY2(!Currency::parse(code), code);
    QVERIFY(!Currency().isValid());
    QCOMPARE(Currency().text(), QString());
}

void TestMoney::knowsMinorDigits_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("digits");
    QTest::newRow("USD") << QByteArray("USD") << 2;
    QTest::newRow("JPY") << QByteArray("JPY") << 0;
    QTest::newRow("KRW") << QByteArray("KRW") << 0;
    QTest::newRow("BHD") << QByteArray("BHD") << 3;
    QTest::newRow("KWD") << QByteArray("KWD") << 3;
    QTest::newRow("CLF") << QByteArray("CLF") << 4;
}

void TestMoney::knowsMinorDigits() {
    QFETCH(QByteArray, code);
    QFETCH(int, digits);
    QCOMPARE(currency(code.constData()).minorDigits(), digits);
}

void TestMoney::parsesDecimalText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<qint64>("minor");
    const auto row = [](const char* text, const char* code, qint64 minor) {
        QTest::addRow("%s %s", text, code) << QByteArray(text) << QByteArray(code) << minor;
    };
    row("450.00", "USD", 45000);
    row("450", "USD", 45000);
    row("450.5", "USD", 45050);
    row("-3", "USD", -300);
    row("+3", "USD", 300);
    row("0.01", "USD", 1);
    row("-0.01", "USD", -1);
    row("0", "USD", 0);
    row("-0", "USD", 0);
    row("007", "USD", 700);
    row("1.000000", "USD", 100);
    row("1000.0", "JPY", 1000);
    row("1000", "JPY", 1000);
    row("-0.050", "BHD", -50);
    row("1.5", "BHD", 1500);
    row("92233720368547758.07", "USD", kMost);
    row("9223372036854775807", "JPY", kMost);
}

void TestMoney::parsesDecimalText() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(qint64, minor);
    const auto money = Money::parse(text.toStdString(), currency(code.constData()));
    QVERIFY(money);
    QCOMPARE(money->minor(), minor);
    QCOMPARE(money->currency(), currency(code.constData()));
}

void TestMoney::refusesWhatIsNoAmount_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    for (const char* text : {"", "-", "+", ".", ".5", "5.", "1e3", "1,000.00", " 1", "1 ", "1.2.3", "--1", "0x10",
                             "NaN", "inf", "١", "1.001", "1.00000000001", "$1"})
        QTest::addRow("'%s' USD", text) << QByteArray(text) << QByteArray("USD");
    QTest::newRow("0.5 JPY") << QByteArray("0.5") << QByteArray("JPY");
    QTest::newRow("0.0005 BHD") << QByteArray("0.0005") << QByteArray("BHD");
}

void TestMoney::refusesWhatIsNoAmount() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const auto money = Money::parse(text.toStdString(), currency(code.constData()));
    QVERIFY(!money);
    QCOMPARE(money.error().kind, ErrorKind::Invalid);
    QVERIFY(text.isEmpty() || !money.error().detail.contains(QString::fromUtf8(text) + u' '));
}

void TestMoney::roundsOnlyWhenAsked() {
    const auto rounded = [](const char* text, const char* code) {
        return Money::parse(text, currency(code), Money::ExcessDigits::RoundHalfUp).value_or(Money()).minor();
    };
    QCOMPARE(rounded("1.004", "USD"), 100);
    QCOMPARE(rounded("1.005", "USD"), 101);
    QCOMPARE(rounded("-1.005", "USD"), -101);
    QCOMPARE(rounded("1.00499999", "USD"), 100);
    QCOMPARE(rounded("0.5", "JPY"), 1);
    QCOMPARE(rounded("0.9995", "BHD"), 1000);
    QVERIFY(!Money::parse("92233720368547758.075", currency("USD"), Money::ExcessDigits::RoundHalfUp));
}

void TestMoney::writesWhatItReads() {
    for (const char* code : {"USD", "JPY", "BHD", "CLF"})
        for (const qint64 minor : {qint64(0), qint64(1), qint64(-1), qint64(9), qint64(10), qint64(99), qint64(100),
                                   qint64(-100), qint64(12345), qint64(-98765), kMost, -kMost}) {
            const Money money(minor, currency(code));
            const auto back = Money::parse(money.decimalText().toStdString(), money.currency());
            QVERIFY(back);
            QCOMPARE(*back, money);
        }
    QCOMPARE(Money(-50, currency("BHD")).decimalText(), u"-0.050"_s);
    QCOMPARE(Money(1000, currency("JPY")).decimalText(), u"1000"_s);
    QCOMPARE(Money(kLeast, currency("USD")).decimalText(), u"-92233720368547758.08"_s);
}

void TestMoney::refusesAmountThatOverflows() {
    const Currency usd = currency("USD");
    for (const char* text :
         {"92233720368547758.08", "-92233720368547758.09", "92233720368547759", "99999999999999999999"})
        QVERIFY2(!Money::parse(text, usd), text);
    QVERIFY(!Money(kMost, usd).plus(Money(1, usd)));
    QVERIFY(!Money(kLeast, usd).plus(Money(-1, usd)));
    QVERIFY(!Money(kLeast, usd).minus(Money(1, usd)));
    QVERIFY(!Money(0, usd).minus(Money(kLeast, usd)));
    QVERIFY(!Money(kMost, usd).times(2));
    QVERIFY(!Money(kLeast, usd).times(-1));
    QVERIFY(!Money(kLeast, usd).dividedBy(-1));
    QVERIFY(!Money(1, usd).dividedBy(0));
    QCOMPARE(Money(kMost, usd).plus(Money(kLeast, usd)).value_or(Money()).minor(), -1);
    QCOMPARE(Money(kMost / 2, usd).times(2).value_or(Money()).minor(), kMost - 1);
}

void TestMoney::neverMixesCurrencies() {
    const Money dollars(1, currency("USD"));
    const Money euros(1, currency("EUR"));
    QCOMPARE(dollars.plus(euros).error().kind, ErrorKind::Conflict);
    QCOMPARE(dollars.minus(euros).error().kind, ErrorKind::Conflict);
    QVERIFY(!(dollars == euros));
    QCOMPARE(dollars.plus(Money()).error().kind, ErrorKind::Conflict); // zero of nothing is no dollar
}

void TestMoney::dividesHalfAwayFromZero_data() {
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<qint64>("divisor");
    QTest::addColumn<qint64>("expected");
    const auto row = [](qint64 minor, qint64 divisor, qint64 expected) {
        QTest::addRow("%lld / %lld", minor, divisor) << minor << divisor << expected;
    };
    row(10, 4, 3);
    row(-10, 4, -3);
    row(10, -4, -3);
    row(-10, -4, 3);
    row(9, 4, 2);
    row(11, 4, 3);
    row(1, 2, 1);
    row(1, 3, 0);
    row(2, 3, 1);
    row(kMost, 2, kMost / 2 + 1);
    row(kLeast, kLeast, 1);
    row(kMost, kLeast, -1);
    row(1, kLeast, 0);
    row(kLeast, 3, kLeast / 3 - 1);
}

void TestMoney::dividesHalfAwayFromZero() {
    QFETCH(qint64, minor);
    QFETCH(qint64, divisor);
    QFETCH(qint64, expected);
    QCOMPARE(Money(minor, currency("USD")).dividedBy(divisor).value_or(Money()).minor(), expected);
}

void TestMoney::dividesLikeExactArithmetic() {
    int cases = 0;
    for (qint64 minor = -60; minor <= 60; ++minor)
        for (qint64 divisor = -13; divisor <= 13; ++divisor) {
            if (divisor == 0) continue;
            const qint64 ours = Money(minor, currency("USD")).dividedBy(divisor).value_or(Money()).minor();
            // |minor/divisor - ours| <= 1/2, and exactly half goes away from zero.
            const qint64 twiceError = 2 * (minor - ours * divisor);
            QVERIFY(std::abs(twiceError) <= std::abs(divisor));
            if (std::abs(twiceError) == std::abs(divisor)) QVERIFY(std::abs(ours * divisor) > std::abs(minor));
            ++cases;
        }
    qInfo("%d quotients", cases);
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
