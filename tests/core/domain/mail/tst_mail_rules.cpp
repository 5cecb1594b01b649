#include "core/domain/mail/mail_subject.h"
#include "core/domain/shop/order_names.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMailRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stripsSubjects_data();
    void stripsSubjects();
    void findsOrderNames_data();
    void findsOrderNames();
    void stopsAtTheMostOrderNames();
};

void TestMailRules::stripsSubjects_data() {
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("reply");
    const auto row = [](const QString& subject, const QString& base, bool reply) {
        QTest::newRow(qPrintable(subject)) << subject << base << reply;
    };
    row(u"Hello"_s, u"hello"_s, false);
    row(u"Re: Hello"_s, u"hello"_s, true);
    row(u"RE: Re: AW: Fwd: Hello"_s, u"hello"_s, true);
    row(u"Re[2]: Hello"_s, u"hello"_s, true);
    row(u"Re(3): Hello"_s, u"hello"_s, true);
    row(u"[list] Re: [list] Hello"_s, u"hello"_s, true);
    row(u"[foo] Fwd: [bar] Re: fw: b (fWd)  (fwd)"_s, u"b"_s, true);
    row(u"Re: [FWD: c]"_s, u"c"_s, true);
    row(u"re: [fwd: [fwd: re: [fwd: babylon]]]"_s, u"babylon"_s, true);
    row(u"[xyz]"_s, u"[xyz]"_s, false); // a blob that is everything stays (RFC 5256 §2.1)
    row(u"b (a)"_s, u"b (a)"_s, false);
    row(u"SV: Hej"_s, u"hej"_s, true);
    row(u"Antw: Hallo"_s, u"hallo"_s, true);
    row(u"回复：你好"_s, u"你好"_s, true);
    row(u"Regarding: my order"_s, u"regarding: my order"_s, false);
    row(u"  Re :   Hello \t there "_s, u"hello there"_s, true);
    row(u"Re:"_s, u""_s, true);
    row(QString(), QString(), false);
}

void TestMailRules::stripsSubjects() {
    QFETCH(QString, subject);
    QTEST(baseSubject(subject), "base");
    QTEST(isReplySubject(subject), "reply");
}

void TestMailRules::findsOrderNames_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const QString& text, const QStringList& names) {
        QTest::newRow(qPrintable(text.left(40))) << text << names;
    };
    row(u"Where is #1042?"_s, {u"1042"_s});
    row(u"order 1042 and Order #1043, order no. 1044, order number: 1045"_s,
        {u"1042"_s, u"1043"_s, u"1044"_s, u"1045"_s});
    row(u"Bestellung Nr. 1042-A ist da"_s, {u"1042-A"_s});
    row(u"Bestellnummer: SH-10423"_s, {u"SH-10423"_s});
    row(u"ma commande n° 55123"_s, {u"55123"_s});
    row(u"mi pedido número 9876"_s, {u"9876"_s});
    row(u"il mio ordine #777"_s, {u"777"_s});
    row(u"注文番号：12345 です"_s, {u"12345"_s});
    row(u"#1042 again #1042"_s, {u"1042"_s});
    row(u"I paid 1042 euros, call 0170 1234567"_s, {});
    row(u"see &#1042; and page.html#1042x and x#1042"_s, {});
    row(u"#12"_s, {});
    row(u"in order to get 1042 points"_s, {});
    row(QString(), {});
}

void TestMailRules::findsOrderNames() {
    QFETCH(QString, text);
    QTEST(orderNamesIn(text), "names");
}

void TestMailRules::stopsAtTheMostOrderNames() {
    QString text;
    for (int i = 1000; i < 2000; ++i)
        text += u" #%1"_s.arg(i);
    QCOMPARE(orderNamesIn(text, 3), (QStringList{u"1000"_s, u"1001"_s, u"1002"_s}));
}

QTEST_GUILESS_MAIN(TestMailRules)
#include "tst_mail_rules.moc"
