// The verifier's readers of numbers, money, lengths of time, days and addresses, apart from any facts.
#include "core/answer/verify/date_reading.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/duration_reading.h"
#include "core/answer/verify/money_reading.h"
#include "core/answer/verify/number_reading.h"
#include "core/answer/verify/number_words.h"
#include "core/answer/verify/tracking_digits.h"
#include "core/answer/verify/web_address.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class ReadingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheWayBackToWhatWasWritten_data();
    void findsTheWayBackToWhatWasWritten();
    void readsNumbers_data();
    void readsNumbers();
    void readsMoney_data();
    void readsMoney();
    void readsDurations_data();
    void readsDurations();
    void readsDates_data();
    void readsDates();
    void checksTrackingDigits_data();
    void checksTrackingDigits();
    void readsWebAddresses_data();
    void readsWebAddresses();
    void endsSentences_data();
    void endsSentences();
    void knowsNumberWords();
};

void ReadingsTest::findsTheWayBackToWhatWasWritten_data() {
    QTest::addColumn<QString>("original");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("written");
    QTest::newRow("plain") << u"order 42"_s << u"order 42"_s << u"42"_s << u"42"_s;
    QTest::newRow("full width") << u"注文 ４２ です"_s << u"注文 42 です"_s << u"42"_s << u"４２"_s;
    QTest::newRow("zero width inside") << u"4\u200b2 x"_s << u"42 x"_s << u"42"_s << u"4\u200b2"_s;
    QTest::newRow("zero width before") << u"\u200b42"_s << u"42"_s << u"42"_s << u"42"_s;
    QTest::newRow("narrow space") << u"1\u202f234"_s << u"1 234"_s << u"1 234"_s << u"1\u202f234"_s;
    QTest::newRow("combining") << u"e\u0301 42"_s << u"é 42"_s << u"42"_s << u"42"_s;
    QTest::newRow("ligature") << u"ﬁ 42"_s << u"fi 42"_s << u"42"_s << u"42"_s;
    QTest::newRow("dash and quote") << u"5–7 ’"_s << u"5-7 '"_s << u"5-7"_s << u"5–7"_s;
    QTest::newRow("Arabic digits") << u"٤٢"_s << u"42"_s << u"42"_s << u"٤٢"_s;
    QTest::newRow("mathematical digits") << u"\U0001D7D2\U0001D7D0 x"_s << u"42 x"_s << u"42"_s
                                         << u"\U0001D7D2\U0001D7D0"_s;
    QTest::newRow("emoji before") << u"\U0001F600 42"_s << u"\U0001F600 42"_s << u"42"_s << u"42"_s;
}

void ReadingsTest::findsTheWayBackToWhatWasWritten() {
    QFETCH(QString, original);
    QFETCH(QString, wanted);
    const NormalisedText text = normalisedText(original);
    QTEST(text.text, "shown");
    QCOMPARE(text.folded.size(), text.text.size());
    const Span span{static_cast<int>(text.text.indexOf(wanted)), static_cast<int>(wanted.size())};
    const Span back = text.inOriginal(span);
    QTEST(original.mid(back.start, back.length), "written");
}

void ReadingsTest::readsNumbers_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("whole"); // "?": malformed
    QTest::addColumn<QString>("fraction");
    const auto row = [](const QString& text, const QString& whole, const QString& fraction) {
        QTest::newRow(qPrintable(text.simplified())) << text << whole << fraction;
    };
    row(u"1,234.56"_s, u"1234"_s, u"56"_s);
    row(u"1.234,56"_s, u"1234"_s, u"56"_s);
    row(u"1 234,56"_s, u"1234"_s, u"56"_s);
    row(u"1'234.50"_s, u"1234"_s, u"50"_s);
    row(u"1234.5"_s, u"1234"_s, u"5"_s);
    row(u"1,234"_s, u"1234"_s, QString());
    row(u"1.234"_s, u"1234"_s, QString());
    row(u"0.125"_s, u"0"_s, u"125"_s);
    row(u"1,234,567"_s, u"1234567"_s, QString());
    row(u"1.234.567,8"_s, u"1234567"_s, u"8"_s);
    row(u"12,50"_s, u"12"_s, u"50"_s);
    row(u"7."_s, u"7"_s, QString());
    row(u"1,23,456"_s, u"?"_s, QString());
    row(u"12345,678.90"_s, u"?"_s, u"90"_s);
}

void ReadingsTest::readsNumbers() {
    QFETCH(QString, text);
    QFETCH(QString, whole);
    const auto number = numberAt(text, 0, SpaceGroups::Join);
    QVERIFY(number);
    QCOMPARE(number->isWellFormed, whole != "?"_L1);
    if (number->isWellFormed) QCOMPARE(number->whole, whole);
    if (number->isWellFormed) QTEST(number->fraction, "fraction");
}

void ReadingsTest::readsMoney_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("span");
    QTest::addColumn<QString>("equal"); // "12.50 EUR"; empty: equals nothing
    const auto row = [](const QString& text, const QString& span, const QString& equal) {
        QTest::newRow(qPrintable(text.simplified())) << text << span << equal;
    };
    row(u"It is $1,234.50 in all"_s, u"$1,234.50"_s, u"1234.50 USD"_s);
    row(u"It is $ 12.5."_s, u"$ 12.5"_s, u"12.50 USD"_s);
    row(u"US$450"_s, u"US$450"_s, u"450.00 USD"_s);
    row(u"CA$450"_s, u"CA$450"_s, u"450.00 CAD"_s);
    row(u"$450 (CAD)"_s, u"$450"_s, u"450.00 CAD"_s);
    row(u"$450.00 USD"_s, u"$450.00 USD"_s, u"450.00 USD"_s);
    row(u"1.234,50 €"_s, u"1.234,50 €"_s, u"1234.50 EUR"_s);
    row(u"1 234,50\u00a0€"_s, u"1 234,50 €"_s, u"1234.50 EUR"_s);
    row(u"EUR 12,50"_s, u"EUR 12,50"_s, u"12.50 EUR"_s);
    row(u"12 euros"_s, u"12 euros"_s, u"12.00 EUR"_s);
    row(u"12 Euro"_s, u"12 Euro"_s, u"12.00 EUR"_s);
    row(u"15 US dollars"_s, u"15"_s, QString());
    row(u"15 dollars"_s, u"15 dollars"_s, u"15.00 USD"_s);
    row(u"25 dólares"_s, u"25 dólares"_s, u"25.00 USD"_s);
    row(u"¥1,200"_s, u"¥1,200"_s, u"1200 JPY"_s);
    row(u"１，２００円"_s, u"1,200円"_s, u"1200 JPY"_s);
    row(u"£9.99"_s, u"£9.99"_s, u"9.99 GBP"_s);
    row(u"CHF 450.-"_s, u"CHF 450"_s, u"450.00 CHF"_s);
    row(u"99 cents"_s, u"99 cents"_s, QString());
    row(u"$450 EUR"_s, u"$450 EUR"_s, QString());
    row(u"₿12"_s, u"₿12"_s, QString());
}

void ReadingsTest::readsMoney() {
    QFETCH(QString, text);
    QFETCH(QString, span);
    QFETCH(QString, equal);
    const NormalisedText normalised = normalisedText(text);
    const auto found = moneyIn(normalised);
    if (equal.isEmpty() && found.empty()) return; // then the number is left over
    QCOMPARE(found.size(), size_t(1));
    QCOMPARE(normalised.view(found[0].span).toString(), span);
    const QStringList parts = equal.split(u' ');
    for (const char* code : {"USD", "EUR", "CAD", "JPY", "GBP", "CHF"}) {
        const Currency currency = Currency::parse(code).value();
        if (equal.isEmpty()) QVERIFY(!found[0].equals(Money(45'000, currency)));
        if (equal.isEmpty() || parts[1] != currency.text()) continue;
        const Money money = Money::parse(parts[0].toStdString(), currency).value();
        QVERIFY(found[0].equals(money));
        QVERIFY(!found[0].equals(money.plus(Money(1, currency)).value()));
    }
}

void ReadingsTest::readsDurations_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("low"); // 0: none
    QTest::addColumn<int>("high");
    QTest::addColumn<int>("unit");
    const auto row = [](const QString& text, int low, int high, TimeUnit unit) {
        QTest::newRow(qPrintable(text.simplified())) << text << low << high << static_cast<int>(unit);
    };
    row(u"within 24 hours"_s, 24, 24, TimeUnit::Hour);
    row(u"24h"_s, 24, 24, TimeUnit::Hour);
    row(u"24-hour service"_s, 24, 24, TimeUnit::Hour);
    row(u"5 to 7 business days"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"5–7 business days"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"between 5 and 7 days"_s, 5, 7, TimeUnit::Day);
    row(u"30-day window"_s, 30, 30, TimeUnit::Day);
    row(u"30 Tage"_s, 30, 30, TimeUnit::Day);
    row(u"5 bis 7 Werktagen"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"5 à 7 jours ouvrés"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"sous 24 heures"_s, 24, 24, TimeUnit::Hour);
    row(u"de 5 a 7 días laborables"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"en 24 horas"_s, 24, 24, TimeUnit::Hour);
    row(u"２４時間以内"_s, 24, 24, TimeUnit::Hour);
    row(u"5〜7営業日"_s, 5, 7, TimeUnit::WorkingDay);
    row(u"2 weeks"_s, 2, 2, TimeUnit::Week);
    row(u"2 Jahre"_s, 2, 2, TimeUnit::Year);
    row(u"24 bottles"_s, 0, 0, TimeUnit::Day);
    row(u"A24 hours"_s, 0, 0, TimeUnit::Day);
}

void ReadingsTest::readsDurations() {
    QFETCH(QString, text);
    QFETCH(int, low);
    const auto found = durationsIn(normalisedText(text));
    QCOMPARE(found.empty(), low == 0);
    if (found.empty()) return;
    QCOMPARE(found[0].low, low);
    QTEST(int(found[0].high), "high");
    QTEST(static_cast<int>(found[0].unit), "unit");
}

void ReadingsTest::readsDates_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read"); // d.m.y weekday | ±n | weekday | vague | ambiguous
    QTest::addColumn<QString>("span");
    const auto row = [](const char* language, const QString& text, const QString& read, const QString& span) {
        QTest::newRow(qPrintable(text.simplified())) << QString::fromLatin1(language) << text << read << span;
    };
    row("en", u"on 2026-05-12."_s, u"12.5.2026 0"_s, u"2026-05-12"_s);
    row("en", u"on 12 May"_s, u"12.5.0 0"_s, u"12 May"_s);
    row("en", u"on May 12th, 2026 it"_s, u"12.5.2026 0"_s, u"May 12th, 2026"_s);
    row("en", u"on the 12th of May it"_s, u"12.5.0 0"_s, u"12th of May"_s);
    row("en", u"on Tuesday, 12 May 2026,"_s, u"12.5.2026 2"_s, u"Tuesday, 12 May 2026"_s);
    row("en", u"on Tuesday, May 12"_s, u"12.5.0 2"_s, u"Tuesday, May 12"_s);
    row("en", u"on 12 May (Tuesday)"_s, u"12.5.0 2"_s, u"12 May (Tuesday"_s);
    row("en", u"Tue, 12 May"_s, u"12.5.0 2"_s, u"Tue, 12 May"_s);
    row("en", u"on 13/05/2026"_s, u"13.5.2026 0"_s, u"13/05/2026"_s);
    row("en", u"on 05/13/2026"_s, u"13.5.2026 0"_s, u"05/13/2026"_s);
    row("en", u"on 05/12/2026"_s, u"ambiguous"_s, u"05/12/2026"_s);
    row("en", u"by Friday"_s, u"weekday 5"_s, u"Friday"_s);
    row("en", u"it comes tomorrow"_s, u"relative 1"_s, u"tomorrow"_s);
    row("en", u"the day after tomorrow"_s, u"relative 2"_s, u"day after tomorrow"_s);
    row("en", u"some time next week"_s, u"vague"_s, u"next week"_s);
    row("en", u"some time in December"_s, u"vague"_s, u"December"_s);
    row("en", u"it may take"_s, QString(), QString());
    row("de", u"am 12. Mai"_s, u"12.5.0 0"_s, u"12. Mai"_s);
    row("de", u"am Dienstag, den 12. Mai 2026"_s, u"12.5.2026 2"_s, u"Dienstag, den 12. Mai 2026"_s);
    row("de", u"am 12.05.2026 da"_s, u"12.5.2026 0"_s, u"12.05.2026"_s);
    row("de", u"am 12.05. da"_s, u"12.5.0 0"_s, u"12.05."_s);
    row("de", u"schon morgen"_s, u"relative 1"_s, u"morgen"_s);
    row("de", u"Guten Morgen Anna"_s, QString(), QString());
    row("fr", u"le mardi 12 mai"_s, u"12.5.0 2"_s, u"mardi 12 mai"_s);
    row("fr", u"le 1er juin 2026"_s, u"1.6.2026 0"_s, u"1er juin 2026"_s);
    row("fr", u"le 12/05/2026"_s, u"12.5.2026 0"_s, u"12/05/2026"_s);
    row("fr", u"après-demain"_s, u"relative 2"_s, u"après-demain"_s);
    row("es", u"el martes 12 de mayo de 2026"_s, u"12.5.2026 2"_s, u"martes 12 de mayo de 2026"_s);
    row("es", u"llega mañana"_s, u"relative 1"_s, u"mañana"_s);
    row("es", u"por la mañana"_s, u"vague"_s, u"la mañana"_s);
    row("ja", u"5月12日に"_s, u"12.5.0 0"_s, u"5月12日"_s);
    row("ja", u"２０２６年５月１２日（火）"_s, u"12.5.2026 2"_s, u"2026年5月12日(火"_s);
    row("ja", u"明日"_s, u"relative 1"_s, u"明日"_s);
}

void ReadingsTest::readsDates() {
    QFETCH(QString, text);
    QFETCH(QString, read);
    QFETCH(QString, language);
    VerifierInput input;
    input.reply = text;
    DraftReading draft(input);
    draft.readWords();
    const auto dates = datesIn(draft.text(), draft.words(), language);
    QCOMPARE(dates.empty(), read.isEmpty());
    if (dates.empty()) return;
    QCOMPARE(dates.size(), size_t(1));
    const DateReading& date = dates[0];
    QString said = u"%1.%2.%3 %4"_s.arg(date.day).arg(date.month).arg(date.year).arg(date.weekday);
    if (date.kind == DateReading::Kind::Weekday) said = u"weekday %1"_s.arg(date.weekday);
    if (date.kind == DateReading::Kind::Relative) said = u"relative %1"_s.arg(date.offset);
    if (date.kind == DateReading::Kind::Vague) said = u"vague"_s;
    if (date.kind == DateReading::Kind::Ambiguous) said = u"ambiguous"_s;
    QCOMPARE(said, read);
    QTEST(draft.text().view(date.span).toString(), "span");
}

void ReadingsTest::checksTrackingDigits_data() {
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("shape");
    QTest::addColumn<bool>("right");
    const auto row = [](const char* number, NumberShape shape, bool right) {
        QTest::newRow(number) << QString::fromLatin1(number) << static_cast<int>(shape) << right;
    };
    row("1Z999AA10123456784", NumberShape::Ups1Z, true);
    row("1Z999AA10123456785", NumberShape::Ups1Z, false);
    row("9400111899223197428497", NumberShape::Usps22, true);
    row("9400111899223197428498", NumberShape::Usps22, false);
    row("RR123456785GB", NumberShape::Postal13, true);
    row("RR123456786GB", NumberShape::Postal13, false);
    row("986578788855", NumberShape::FedEx12, true);
    row("986578788856", NumberShape::FedEx12, false);
    row("041441760228964", NumberShape::FedEx15, true);
    row("041441760228965", NumberShape::FedEx15, false);
    row("1234567891", NumberShape::Dhl10, true);
    row("1234567892", NumberShape::Dhl10, false);
    row("123", NumberShape::None, true);
}

void ReadingsTest::checksTrackingDigits() {
    QFETCH(QString, number);
    const NumberShape shape = shapeOf(number);
    QTEST(static_cast<int>(shape), "shape");
    QTEST(hasRightCheckDigit(number, shape), "right");
}

void ReadingsTest::readsWebAddresses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("addresses"); // "scheme|user|host|port|rest"
    const auto row = [](const QString& text, const QStringList& addresses) {
        QTest::newRow(qPrintable(text.simplified())) << text << addresses;
    };
    row(u"See https://acme.example/returns."_s, {u"https||acme.example||/returns"_s});
    row(u"(https://acme.example/a_(b))"_s, {u"https||acme.example||/a_(b)"_s});
    row(u"See www.acme.example, please"_s, {u"||www.acme.example||"_s});
    row(u"See acme.com/x?y=1#z now"_s, {u"||acme.com||/x?y=1#z"_s});
    row(u"https://ups.com@evil.example/x"_s, {u"https|ups.com|evil.example||/x"_s});
    row(u"https://acme.example:8443/"_s, {u"https||acme.example|8443|/"_s});
    row(u"https://xn--cme-7ka.example/"_s, {u"https||xn--cme-7ka.example||/"_s});
    row(u"HTTPS://Acme.Example/Path"_s, {u"https||acme.example||/Path"_s});
    row(u"http://10.0.0.1/x and 10.0.0.2"_s, {u"http||10.0.0.1||/x"_s, u"||10.0.0.2||"_s});
    row(u"has shipped.It is"_s, {});
    row(u"e.g. this, i.e. that, 12.5 and 1.234,56"_s, {});
    row(u"mail help@acme.example"_s, {});
    row(u"javascript://acme.example/x"_s, {u"javascript||acme.example||/x"_s});
}

void ReadingsTest::readsWebAddresses() {
    QFETCH(QString, text);
    QStringList found;
    for (const WebAddress& web : webAddressesIn(normalisedText(text)))
        found << QStringList{web.scheme, web.user, web.host, web.port, web.rest}.join(u'|');
    QTEST(found, "addresses");
}

void ReadingsTest::endsSentences_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    const auto row = [](const QString& text, int count) {
        QTest::newRow(qPrintable(text.simplified())) << text << count;
    };
    row(u"One. Two."_s, 2);
    row(u"Am 12. Mai. Danke!"_s, 2);
    row(u"Order #1042. It left."_s, 2);
    row(u"Order no. 1042"_s, 1);
    row(u"It is 12.50 now"_s, 1);
    row(u"Hi Anna,\nyes"_s, 2);
    row(u"はい。いいえ。"_s, 2);
    row(QString(), 1);
}

void ReadingsTest::endsSentences() {
    QFETCH(QString, text);
    VerifierInput input;
    input.reply = text;
    DraftReading draft(input);
    draft.readWords();
    QTEST(draft.sentenceCount(), "count");
}

void ReadingsTest::knowsNumberWords() {
    QVERIFY(isNumberWord(u"twenty"_s, u"en"_s));
    QVERIFY(isNumberWord(u"einundzwanzig"_s, u"de"_s));
    QVERIFY(isNumberWord(u"once"_s, u"es"_s));
    QVERIFY(!isNumberWord(u"once"_s, u"en"_s));
    QVERIFY(!isNumberWord(u"one"_s, u"en"_s));
    QVERIFY(isNumberWord(u"三日"_s, u"ja"_s));
}

QTEST_GUILESS_MAIN(ReadingsTest)
#include "tst_readings.moc"
