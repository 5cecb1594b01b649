#include "core/domain/answering/named_orders.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class NamedOrdersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheOrderMeant_data() {
        QTest::addColumn<QStringList>("own");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QStringList>("named");
        QTest::addColumn<QString>("only");
        QTest::addColumn<int>("candidates");
        QTest::addColumn<bool>("namesOther");
        const QStringList one{u"#1042"_s};
        const QStringList two{u"#1043"_s, u"#1042-a"_s};
        const QStringList none;
        QTest::newRow("the only one") << one << u"#1042"_s << none << u"#1042"_s << 1 << false;
        QTest::newRow("the only one, not clear") << one << QString() << none << QString() << 1 << false;
        QTest::newRow("one of two by the facts") << two << u"#1043"_s << none << u"#1043"_s << 1 << false;
        QTest::newRow("one of two") << two << QString() << none << QString() << 2 << false;
        QTest::newRow("named") << two << QString() << QStringList{u"1042-A"_s} << u"#1042-a"_s << 1 << false;
        QTest::newRow("named beats the facts")
            << two << u"#1043"_s << QStringList{u"#1042-A"_s} << u"#1042-a"_s << 1 << false;
        QTest::newRow("both named") << two << QString() << two << QString() << 2 << false;
        QTest::newRow("another's") << one << u"#1042"_s << QStringList{u"#7"_s} << QString() << 0 << true;
        QTest::newRow("own and another's")
            << one << QString() << QStringList{u"#7"_s, u"#1042"_s} << u"#1042"_s << 1 << true;
        QTest::newRow("nobody's") << none << QString() << QStringList{u"#7"_s} << QString() << 0 << true;
        QTest::newRow("nothing known") << none << QString() << none << QString() << 0 << false;
        QTest::newRow("a subject that is not theirs") << none << u"#7"_s << none << QString() << 0 << false;
        QTest::newRow("a part of a name is none")
            << one << QString() << QStringList{u"#104"_s} << QString() << 0 << true;
    }

    void findsTheOrderMeant() {
        QFETCH(const QStringList, own);
        QFETCH(const QString, subject);
        QFETCH(const QStringList, named);
        FactSet facts;
        facts.orderNames = own;
        facts.subjectOrder = subject;
        const NamedOrders found = namedOrdersOf(facts, named);
        QTEST(found.only, "only");
        QTEST(found.candidates, "candidates");
        QTEST(found.namesOther, "namesOther");
    }
};

QTEST_GUILESS_MAIN(NamedOrdersTest)
#include "tst_named_orders.moc"
