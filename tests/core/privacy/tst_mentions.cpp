// An address is taken out where it stands as a whole, and only there.
#include "core/domain/mentions.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class MentionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesOutWholeNamesOnly_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("alone") << u"ana@x.example"_s << u"[erased]"_s;
        QTest::newRow("shouted") << u"Write to ANA@X.EXAMPLE!"_s << u"Write to [erased]!"_s;
        QTest::newRow("in brackets") << u"Ana <ana@x.example>, b@y"_s << u"Ana <[erased]>, b@y"_s;
        QTest::newRow("ends a sentence") << u"It is ana@x.example. Thanks"_s << u"It is [erased]. Thanks"_s;
        QTest::newRow("in JSON") << u"{\"to\":\"ana@x.example\"}"_s << u"{\"to\":\"[erased]\"}"_s;
        QTest::newRow("behind an escaped line break") << u"{\"note\":\"Hi\\nana@x.example\\r\\n+4930123456\"}"_s
                                                      << u"{\"note\":\"Hi\\n[erased]\\r\\n[erased]\"}"_s;
        QTest::newRow("behind an escaped bracket") << u"\\u003cana@x.example\\u003e"_s << u"\\u003c[erased]\\u003e"_s;
        QTest::newRow("behind an escaped letter") << u"\\u00e4ana@x.example"_s << u"\\u00e4ana@x.example"_s;
        QTest::newRow("behind an escaped backslash") << u"\\\\nana@x.example"_s << u"\\\\nana@x.example"_s;
        QTest::newRow("twice") << u"ana@x.example ana@x.example"_s << u"[erased] [erased]"_s;
        QTest::newRow("longer before") << u"susana@x.example"_s << u"susana@x.example"_s;
        QTest::newRow("dotted before") << u"b.ana@x.example"_s << u"b.ana@x.example"_s;
        QTest::newRow("plus before") << u"a+ana@x.example"_s << u"a+ana@x.example"_s;
        QTest::newRow("longer behind") << u"ana@x.examples"_s << u"ana@x.examples"_s;
        QTest::newRow("domain goes on") << u"ana@x.example.org"_s << u"ana@x.example.org"_s;
        QTest::newRow("hyphen goes on") << u"ana@x.example-shop.org"_s << u"ana@x.example-shop.org"_s;
        QTest::newRow("phone") << u"call +4930123456 now"_s << u"call [erased] now"_s;
        QTest::newRow("longer number") << u"call +49301234567 now"_s << u"call +49301234567 now"_s;
    }

    void takesOutWholeNamesOnly() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QStringList names{u"ana@x.example"_s, u"+4930123456"_s, QString()};
        QCOMPARE(mentions(text, names), text != expected);
        QCOMPARE(eraseMentions(text, names), mentions(text, names) || text.contains(kErasedMention));
        QCOMPARE(text, expected);
    }
};

QTEST_GUILESS_MAIN(MentionsTest)
#include "tst_mentions.moc"
