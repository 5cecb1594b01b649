#include "app/aiva/aiva_options.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestAivaOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEverything();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
};

void TestAivaOptions::readsEverything() {
    const auto options = parseAivaOptions({u"--workspace"_s, u"/tmp/w"_s, u"--key-file=/tmp/k"_s, u"--screenshot"_s,
                                           u"a.png"_s, u"--view"_s, u"vip"_s, u"--conversation"_s, u"12"_s, u"--page"_s,
                                           u"stores"_s, u"--size"_s, u"1440x900"_s, u"--scale"_s, u"1.5"_s});
    QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
    QCOMPARE(options->workspaceDir, u"/tmp/w"_s);
    QCOMPARE(options->keyFile, u"/tmp/k"_s);
    QCOMPARE(options->screenshot, u"a.png"_s);
    QCOMPARE(options->view, std::optional(InboxView::Vip));
    QCOMPARE(options->conversation, ConversationId(12));
    QCOMPARE(options->page, DeskPage::Stores);
    QCOMPARE(options->size, QSize(1440, 900));
    QCOMPARE(options->scale, 1.5);
    QVERIFY(parseAivaOptions({})->workspaceDir.isEmpty());
    QVERIFY(parseAivaOptions({u"--sandbox"_s})->sandbox);
}

void TestAivaOptions::refusesWhatItDoesNotKnow_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--colour"_s};
    QTest::newRow("a word") << QStringList{u"open"_s};
    QTest::newRow("no value") << QStringList{u"--workspace"_s};
    QTest::newRow("empty value") << QStringList{u"--workspace="_s};
    QTest::newRow("view") << QStringList{u"--view"_s, u"mine"_s};
    QTest::newRow("page to come") << QStringList{u"--page"_s, u"insights"_s};
    QTest::newRow("conversation") << QStringList{u"--conversation"_s, u"first"_s};
    QTest::newRow("no conversation") << QStringList{u"--conversation"_s, u"0"_s};
    QTest::newRow("size") << QStringList{u"--size"_s, u"big"_s};
    QTest::newRow("negative size") << QStringList{u"--size"_s, u"-5x900"_s};
    QTest::newRow("huge size") << QStringList{u"--size"_s, u"99999x900"_s};
    QTest::newRow("scale") << QStringList{u"--scale"_s, u"nan"_s};
    QTest::newRow("huge scale") << QStringList{u"--scale"_s, u"50"_s};
    QTest::newRow("two homes") << QStringList{u"--sandbox"_s, u"--workspace"_s, u"/tmp/w"_s};
}

void TestAivaOptions::refusesWhatItDoesNotKnow() {
    QFETCH(QStringList, arguments);
    const auto options = parseAivaOptions(arguments);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, ErrorKind::Invalid);
    QVERIFY(!options.error().detail.contains(u'\n'));
}

QTEST_GUILESS_MAIN(TestAivaOptions)
#include "tst_aiva_options.moc"
