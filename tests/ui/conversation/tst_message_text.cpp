#include "tests/support/patience.h"
#include "ui/conversation/message_text.h"
#include "ui/conversation/order_choice.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class TestMessageText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsTextAtItsFolds_data();
    void cutsTextAtItsFolds();
    void findsLinks_data();
    void findsLinks();
    void opensOnlySafeSchemes_data();
    void opensOnlySafeSchemes();
    void cutsLongTextAtALine();
    void choosesTheOrderTheMailNames_data();
    void choosesTheOrderTheMailNames();
};

void TestMessageText::cutsTextAtItsFolds_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<QList<int>>>("folds"); // first, count, signature
    QTest::addColumn<QStringList>("segments");    // folded ones in brackets
    using Folds = QList<QList<int>>;
    QTest::newRow("none") << u"a\nb"_s << Folds{} << QStringList{u"a\nb"_s};
    QTest::newRow("at the end") << u"Hi\n\n> q\n> r"_s << Folds{{2, 2, 0}} << QStringList{u"Hi"_s, u"[> q\n> r]"_s};
    QTest::newRow("in the middle") << u"a\n> q\nb"_s << Folds{{1, 1, 0}} << QStringList{u"a"_s, u"[> q]"_s, u"b"_s};
    QTest::newRow("all") << u"> q"_s << Folds{{0, 1, 0}} << QStringList{u"[> q]"_s};
    QTest::newRow("beyond the text") << u"a\n> q"_s << Folds{{1, 99, 0}, {200, 5, 0}}
                                     << QStringList{u"a"_s, u"[> q]"_s};
    QTest::newRow("overlapping") << u"a\nb\nc\nd"_s << Folds{{1, 2, 0}, {2, 2, 0}}
                                 << QStringList{u"a"_s, u"[b\nc]"_s, u"d"_s};
    QTest::newRow("negative") << u"a"_s << Folds{{-3, 2, 0}, {0, -1, 0}} << QStringList{u"a"_s};
    QTest::newRow("huge count") << u"a\nb"_s << Folds{{1, 2147483647, 0}} << QStringList{u"a"_s, u"[b]"_s};
    QTest::newRow("blank") << u"\n \n"_s << Folds{} << QStringList{};
}

void TestMessageText::cutsTextAtItsFolds() {
    QFETCH(QString, text);
    QFETCH(QList<QList<int>>, folds);
    QFETCH(QStringList, segments);
    std::vector<FoldedRange> ranges;
    for (const QList<int>& fold : folds)
        ranges.push_back({fold[0], fold[1], fold[2] != 0});
    QStringList found;
    for (const TextSegment& segment : segmentsOf(text, ranges))
        found << (segment.isFolded ? u"["_s + segment.text + u"]"_s : segment.text);
    QCOMPARE(found, segments);
}

void TestMessageText::findsLinks_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("urls");
    QTest::newRow("none") << u"no links, 3.50 and a.b"_s << QStringList{};
    QTest::newRow("sentence") << u"See https://shop.example/a?b=1."_s << QStringList{u"https://shop.example/a?b=1"_s};
    QTest::newRow("brackets") << u"(https://shop.example/x)"_s << QStringList{u"https://shop.example/x"_s};
    QTest::newRow("own brackets") << u"https://en.example/a_(b)"_s << QStringList{u"https://en.example/a_(b)"_s};
    QTest::newRow("angle") << u"<https://shop.example/>"_s << QStringList{u"https://shop.example/"_s};
    QTest::newRow("www") << u"www.shop.example"_s << QStringList{u"https://www.shop.example"_s};
    QTest::newRow("mail") << u"write to john@example.com, please"_s << QStringList{u"mailto:john@example.com"_s};
    QTest::newRow("two") << u"http://a.example https://b.example"_s
                         << QStringList{u"http://a.example"_s, u"https://b.example"_s};
    QTest::newRow("javascript") << u"javascript:alert(1) file:///etc/passwd"_s << QStringList{};
    QTest::newRow("empty host") << u"https://"_s << QStringList{};
}

void TestMessageText::findsLinks() {
    QFETCH(QString, text);
    QFETCH(QStringList, urls);
    QStringList found;
    for (const LinkRange& link : linksIn(text))
        found << link.url.toString();
    QCOMPARE(found, urls);
}

void TestMessageText::opensOnlySafeSchemes_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("opens");
    QTest::newRow("https") << u"https://example.com/"_s << true;
    QTest::newRow("http") << u"HTTP://example.com/"_s << true;
    QTest::newRow("mailto") << u"mailto:a@b.example"_s << true;
    QTest::newRow("mailto nobody") << u"mailto:"_s << false;
    QTest::newRow("javascript") << u"javascript:alert(1)"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("data") << u"data:text/html,x"_s << false;
    QTest::newRow("ours") << u"aiva:conversation/1"_s << false;
    QTest::newRow("smb") << u"smb://host/share"_s << false;
    QTest::newRow("relative") << u"//example.com"_s << false;
    QTest::newRow("no host") << u"https:///x"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestMessageText::opensOnlySafeSchemes() {
    QFETCH(QString, url);
    QFETCH(bool, opens);
    QCOMPARE(mayOpenLink(QUrl(url)), opens);
}

void TestMessageText::cutsLongTextAtALine() {
    QCOMPARE(beginningOf(u"short"_s, 100), u"short"_s);
    const QString lines = QString(u"0123456789\n"_s).repeated(100);
    const QString begin = beginningOf(lines, 105);
    QVERIFY(begin.size() <= 105 && begin.endsWith(u"0123456789"_s));
    QCOMPARE(beginningOf(QString(1000, u'x'), 100).size(), 100);
}

void TestMessageText::choosesTheOrderTheMailNames_data() {
    QTest::addColumn<QStringList>("messages"); // oldest first; ">" begins one of ours
    QTest::addColumn<QString>("chosen");
    QTest::newRow("none named") << QStringList{u"where is it?"_s} << u"#1042"_s;
    QTest::newRow("named") << QStringList{u"about #1017 please"_s} << u"#1017"_s;
    QTest::newRow("number alone") << QStringList{u"order 1017."_s} << u"#1017"_s;
    QTest::newRow("part of a number") << QStringList{u"code 10175"_s} << u"#1042"_s;
    QTest::newRow("an amount") << QStringList{u"I paid $1017 in total"_s} << u"#1042"_s;
    QTest::newRow("decimals") << QStringList{u"that is 1017.50 in all"_s} << u"#1042"_s;
    QTest::newRow("somebody else's") << QStringList{u"about #2222"_s} << u"#1042"_s;
    QTest::newRow("newest wins") << QStringList{u"#931 is lost"_s, u"and #1017 too"_s} << u"#1017"_s;
    QTest::newRow("ours do not count") << QStringList{u"#931 is lost"_s, u">you mean #1017?"_s} << u"#931"_s;
}

void TestMessageText::choosesTheOrderTheMailNames() {
    QFETCH(QStringList, messages);
    QFETCH(QString, chosen);
    CustomerView customer;
    for (const QString& name : {u"#1042"_s, u"#1017"_s, u"#931"_s}) {
        OrderView order;
        order.name = name;
        customer.orders.push_back(order);
    }
    ConversationView conversation;
    for (const QString& text : messages) {
        MessageView message;
        message.isOutbound = text.startsWith(u'>');
        message.text = text;
        conversation.messages.push_back(message);
    }
    QCOMPARE(orderInQuestion(conversation, customer)->name, chosen);
    customer.orders.clear();
    QVERIFY(orderInQuestion(conversation, customer) == nullptr);
}

QTEST_GUILESS_MAIN(TestMessageText)
#include "tst_message_text.moc"
