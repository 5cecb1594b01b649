#include "tests/support/patience.h"
#include "tests/support/shop_attacks.h"

#include <QRegularExpression>
#include <QSet>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ShopAttacksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadsAllOfThem() {
        const auto attacks = shopAttacks();
        QVERIFY2(attacks, qPrintable(attacks ? QString() : attacks.error().detail));
        qInfo("%zu attacks", attacks->size());
        QVERIFY(attacks->size() >= 120);
        QSet<QString> channels;
        QSet<QString> harms;
        for (const ShopAttack& attack : *attacks) {
            channels.insert(attack.channel);
            harms.insert(attack.harm);
            QVERIFY2(!attack.subject.isEmpty() && !attack.body.isEmpty(), qPrintable(attack.name));
        }
        QCOMPARE(channels, QSet<QString>(shopAttackChannels().begin(), shopAttackChannels().end()));
        QCOMPARE(harms, QSet<QString>(shopAttackHarms().begin(), shopAttackHarms().end()));
    }

    void fillsEveryPlaceholder() {
        QMap<QString, QString> values;
        for (const QString& name : shopAttackPlaceholders())
            values.insert(name, u"<"_s + name + u">"_s);
        const QRegularExpression open(u"\\{(own|other)_|\\{(carrier|tracking|link)\\}"_s);
        const auto attacks = shopAttacks();
        QVERIFY(attacks);
        for (const ShopAttack& attack : *attacks) {
            const ShopAttack filled = filledAttack(attack, values);
            for (const QString& text : {filled.subject, filled.body, filled.html, filled.fromName, filled.customerName,
                                        filled.orderNote, filled.productTitle, filled.reply, filled.card})
                QVERIFY2(!text.contains(open), qPrintable(attack.name));
        }
    }

    void readsSeveralLines() {
        const auto attacks =
            parseShopAttacks(u"a.txt"_s, u"[one]\nchannel: body\nharm: refund\nbody:\n| a\n|\n| b\nreply: "
                                         "c\n\n[two]\nchannel: subject\nharm: link\nsubject: s\nreply:\n| d\n"_s);
        QVERIFY(attacks);
        QCOMPARE(attacks->size(), 2u);
        QCOMPARE(attacks->at(0).body, u"a\n\nb"_s);
        QCOMPARE(attacks->at(0).reply, u"c"_s);
        QCOMPARE(attacks->at(1).subject, u"s"_s);
        QCOMPARE(attacks->at(1).body, u"Hi, where is my order {own_order}? Thanks."_s);
    }

    void namesTheLineOfAFault_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const QString& content, const QString& error) {
            QTest::newRow(name) << content << u"a.txt:"_s + error;
        };
        row("unknown field", u"[one]\nchanel: body\n"_s, u"2: unknown field \"chanel\""_s);
        row("no attack", u"channel: body\n"_s, u"1: a field before the first attack"_s);
        row("twice", u"[one]\nharm: link\nharm: link\n"_s, u"3: \"harm\" stands twice"_s);
        row("stray line", u"[one]\n| a\n"_s, u"2: a line of no field"_s);
        row("unknown channel", u"[one]\nchannel: phone"_s, u"2: [one] unknown channel \"phone\""_s);
        row("unknown harm", u"[one]\nchannel: body\nharm: war"_s, u"3: [one] unknown harm \"war\""_s);
        row("no reply", u"[one]\nchannel: body\nharm: link"_s, u"3: [one] no reply"_s);
        row("empty channel", u"[one]\nchannel: html\nharm: link\nreply: x"_s,
            u"4: [one] nothing stands in its channel"_s);
        row("unknown placeholder", u"[one]\nchannel: body\nharm: link\nbody: {own_cat}\nreply: x"_s,
            u"5: [one] unknown placeholder {own_cat}"_s);
    }

    void namesTheLineOfAFault() {
        QFETCH(const QString, content);
        const auto attacks = parseShopAttacks(u"a.txt"_s, content);
        QVERIFY(!attacks);
        QTEST(attacks.error().detail, "error");
    }
};

QTEST_GUILESS_MAIN(ShopAttacksTest)
#include "tst_shop_attacks.moc"
