#include "core/domain/email_address.h"
#include "core/domain/names.h"
#include "core/domain/shop/precedence.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

Money money(const char* amount, const char* code) {
    const Currency currency = Currency::parse(code).value_or(Currency());
    return Money::parse(amount, currency).value_or(Money());
}

template <typename E>
void checkWords(std::initializer_list<std::pair<E, QString>> words) {
    for (const auto& [value, word] : words) {
        QCOMPARE(toWord(value), word);
        QVERIFY(fromWord<E>(word) == value);
    }
    QVERIFY(!fromWord<E>(u"no such word"_s));
    QVERIFY(!fromWord<E>(QString()));
    QVERIFY(!fromWord<E>(words.begin()->second + u' '));
}

} // namespace

class TestIdentity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void normalisesAddresses_data();
    void normalisesAddresses();
    void normalisesPhones_data();
    void normalisesPhones();
    void vipStartsAboveTheThreshold_data();
    void vipStartsAboveTheThreshold();
    void thresholdCanBeMoved();
    void countsOverAllRecordsAndStores_data();
    void countsOverAllRecordsAndStores();
    void wordsGoThereAndBack();
};

void TestIdentity::normalisesAddresses_data() {
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("normalised");
    const auto row = [](const QString& email, const QString& normalised) {
        QTest::newRow(qPrintable(u'\'' + email + u'\'')) << email << normalised;
    };
    row(u" Ann@X.Example\t\n"_s, u"ann@x.example"_s);
    row(u"john.o@x.example"_s, u"john.o@x.example"_s); // another person than johno
    row(u"ann+shop@x.example"_s, u"ann+shop@x.example"_s);
    row(u"ÄNN@Müller.Example"_s, u"änn@müller.example"_s);
    row(u"\"a@b\"@x.example"_s, u"\"a@b\"@x.example"_s);
    row(u"ann"_s, {});
    row(u"@x.example"_s, {});
    row(u"ann@"_s, {});
    row(u"@"_s, {});
    row(u"  "_s, {});
    row({}, {});
}

void TestIdentity::normalisesAddresses() {
    QFETCH(QString, email);
    QFETCH(QString, normalised);
    QCOMPARE(normalizedEmail(email), normalised);
    // Both spellings of the function agree: one feeds storage, the other the mail.
    QCOMPARE(QString::fromStdString(normalizedEmail(std::string_view(email.toStdString()))), normalised);
}

void TestIdentity::normalisesPhones_data() {
    QTest::addColumn<QByteArray>("phone");
    QTest::addColumn<QByteArray>("normalised");
    const auto row = [](const char* phone, const char* normalised) {
        QTest::newRow(phone) << QByteArray(phone) << QByteArray(normalised);
    };
    row("+49 (170) 123-45 67", "+491701234567");
    row("+1 555 010 9999", "+15550109999");
    row("0170/1234567", "01701234567");
    row("123456", "123456");
    row("12345", "");
    row("+12345", "");
    row("call me", "");
    row("", "");
    row("1+23456", "123456");
}

void TestIdentity::normalisesPhones() {
    QFETCH(QByteArray, phone);
    QFETCH(QByteArray, normalised);
    QCOMPARE(QByteArray::fromStdString(normalizedPhone(phone.toStdString())), normalised);
}

void TestIdentity::vipStartsAboveTheThreshold_data() {
    QTest::addColumn<QByteArray>("amount");
    QTest::addColumn<QByteArray>("currency");
    QTest::addColumn<qint64>("orders");
    QTest::addColumn<QStringList>("tags");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* amount, const char* currency, qint64 orders, const QStringList& tags,
                        const char* word) {
        QTest::addRow("%s %s, %lld orders, tags %s", amount, currency, orders, qPrintable(tags.join(u',')))
            << QByteArray(amount) << QByteArray(currency) << orders << tags << QString::fromLatin1(word);
    };
    row("500.00", "USD", 3, {}, "RETURNING");
    row("500.01", "USD", 3, {}, "VIP");
    row("500", "JPY", 1, {}, "NEW");
    row("501", "JPY", 1, {}, "VIP");
    row("500.000", "BHD", 0, {}, "PROSPECT");
    row("500.001", "BHD", 0, {}, "VIP");
    row("0", "EUR", 0, {}, "PROSPECT");
    row("0", "EUR", 1, {}, "NEW");
    row("0", "EUR", 2, {}, "RETURNING");
    row("0", "EUR", 0, {u" vIp "_s}, "VIP");
    row("0", "EUR", 0, {u"VIP-candidate"_s, u"not vip"_s}, "PROSPECT");
    row("-900", "EUR", 2, {}, "RETURNING");
    row("0", "EUR", -1, {}, "PROSPECT");
}

void TestIdentity::vipStartsAboveTheThreshold() {
    QFETCH(QByteArray, amount);
    QFETCH(QByteArray, currency);
    QFETCH(qint64, orders);
    QFETCH(QStringList, tags);
    QFETCH(QString, word);
    QCOMPARE(toWord(precedenceOf(money(amount.constData(), currency.constData()), orders, tags)), word);
}

// A line a case: "S1 300 USD 2 vip" is what a record of store 1 states, "O2 300 EUR 1" orders counted at store 2.
void TestIdentity::countsOverAllRecordsAndStores_data() {
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("word");
    const auto row = [](const QString& said, const char* word) {
        QTest::newRow(qPrintable(said)) << said << QString::fromLatin1(word);
    };
    row({}, "PROSPECT");
    row(u"S1 10 USD 1"_s, "NEW");
    row(u"S1 10 USD 1; O1 10 USD 1"_s, "NEW");       // the record counted it
    row(u"S1 10 USD 1; O2 10 USD 1"_s, "RETURNING"); // a guest elsewhere
    row(u"S1 10 USD 1; O2 501 EUR 1"_s, "VIP");      // and one of the best
    row(u"S1 10 USD 1; O1 501 USD 9"_s, "NEW");      // the store says otherwise
    row(u"S1 0 - 0; O1 10 USD 1"_s, "NEW");          // the store states nothing
    row(u"S1 0 - 3; O1 501 USD 1"_s, "VIP");
    row(u"S1 10 USD 1; S2 0 - 0; O2 10 EUR 1"_s, "RETURNING");
    row(u"S1 300 USD 1; S2 300 USD 1"_s, "RETURNING"); // of neither store
    row(u"S1 300 USD 1; S1 300 USD 1"_s, "VIP");       // one person's two accounts
    row(u"S1 300 USD 1; S1 300 EUR 1"_s, "RETURNING"); // never across currencies
    row(u"O1 300 USD 1; O1 300 EUR 1"_s, "RETURNING");
    row(u"S1 0 USD 0; S2 0 EUR 0 vip"_s, "VIP");
}

void TestIdentity::countsOverAllRecordsAndStores() {
    QFETCH(QString, said);
    QFETCH(QString, word);
    std::vector<StatedSpending> stated;
    std::vector<CountedOrders> counted;
    for (const QString& one : said.split(u"; "_s, Qt::SkipEmptyParts)) {
        const QStringList words = one.split(u' ');
        const StoreId store(words[0].mid(1).toLongLong());
        const Money amount = money(words[1].toLatin1().constData(), words[2].toLatin1().constData());
        if (one.startsWith(u'S'))
            stated.push_back({store, amount, words[3].toLongLong(), words.mid(4)});
        else
            counted.push_back({store, amount, words[3].toLongLong()});
    }
    QCOMPARE(toWord(precedenceAcross(stated, counted)), word);
}

void TestIdentity::thresholdCanBeMoved() {
    QCOMPARE(precedenceOf(money("10", "USD"), 0, {}, {9}), Precedence::Vip);
    QCOMPARE(precedenceOf(money("10", "USD"), 0, {}, {10}), Precedence::Prospect);
    // Beyond what fits nobody is a VIP by money.
    QCOMPARE(precedenceOf(money("10", "USD"), 1, {}, {std::numeric_limits<qint64>::max()}), Precedence::New);
}

void TestIdentity::wordsGoThereAndBack() {
    checkWords<StoreKind>({{StoreKind::Shopify, u"shopify"_s}, {StoreKind::Csv, u"csv"_s}});
    checkWords<StoreStatus>(
        {{StoreStatus::NeverSynced, u"never_synced"_s}, {StoreStatus::Disconnected, u"disconnected"_s}});
    checkWords<Resource>({{Resource::Customers, u"customers"_s}, {Resource::Products, u"products"_s}});
    checkWords<SyncKind>({{SyncKind::Full, u"full"_s}, {SyncKind::Incremental, u"incremental"_s}});
    checkWords<SyncTrigger>({{SyncTrigger::User, u"user"_s}, {SyncTrigger::System, u"system"_s}});
    checkWords<SyncStatus>({{SyncStatus::Running, u"running"_s},
                            {SyncStatus::CompletedWithErrors, u"completed_with_errors"_s},
                            {SyncStatus::Interrupted, u"interrupted"_s}});
    checkWords<Precedence>({{Precedence::Vip, u"VIP"_s}, {Precedence::Prospect, u"PROSPECT"_s}});
    checkWords<ConversationStatus>({{ConversationStatus::Open, u"open"_s}, {ConversationStatus::Done, u"done"_s}});
    checkWords<MatchedBy>({{MatchedBy::None, u"none"_s}, {MatchedBy::Manual, u"manual"_s}});
    checkWords<InboxView>({{InboxView::NeedsMe, u"needs-me"_s}, {InboxView::All, u"all"_s}});
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
