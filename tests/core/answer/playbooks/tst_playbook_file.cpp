#include "core/answer/playbooks/playbook_book.h"
#include "core/answer/playbooks/playbook_file.h"

#include "core/domain/reply/reply_variables.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const QString goodHeader = u"# Said of shipped orders.\nname: sample\nintent: order_status return\nconfidence: 0.9\n"
                           "order: known\nstage: shipped delivered\nparcels: one\ntracking: complete\ncard: order\n"_s;

QString sections() {
    return u"\n[en]\n{{greeting}}\n\nHello.\n\n[de]\nHallo.\n[fr]\nBonjour.\n[es]\nHola.[[ {{order.name}}]]\n"_s;
}

} // namespace

class PlaybookFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAFile() {
        const auto playbook = parsePlaybook(u"sample.playbook"_s, goodHeader + sections());
        QVERIFY2(playbook, qPrintable(playbook ? QString() : playbook.error().detail));
        QCOMPARE(playbook->name, u"sample"_s);
        QCOMPARE(playbook->confidence, 0.9);
        QCOMPARE(playbook->conditions.intents, (std::vector{Intent::OrderStatus, Intent::Return}));
        QCOMPARE(playbook->conditions.stages, (std::vector{OrderStage::Shipped, OrderStage::Delivered}));
        QCOMPARE(playbook->conditions.order, std::optional(OrderKnown::Known));
        QCOMPARE(playbook->conditions.parcels, std::optional(ParcelCount::One));
        QCOMPARE(playbook->conditions.tracking, std::optional(TrackingKnown::Complete));
        QVERIFY(!playbook->conditions.age);
        QVERIFY(!playbook->conditions.returnWindow);
        QVERIFY(playbook->showsCard);
        QVERIFY(!playbook->needsPerson);
        QCOMPARE(playbook->texts.value(u"en"_s), u"{{greeting}}\n\nHello."_s);
        QCOMPARE(playbook->texts.value(u"es"_s), u"Hola.[[ {{order.name}}]]"_s);
    }

    void namesTheLineOfEachFault_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const QString& content, const QString& error) {
            QTest::newRow(name) << content << u"sample.playbook:"_s + error;
        };
        const auto with = [](const QString& line) { return goodHeader + line + u'\n' + sections(); };
        row("unknown key", with(u"carier: UPS"_s), u"10: unknown key \"carier\""_s);
        row("no key", with(u"just words"_s), u"10: expected \"key: value\" or a language in brackets"_s);
        row("twice", with(u"card: none"_s), u"10: \"card\" stands twice"_s);
        row("unknown age", with(u"age: old"_s), u"10: \"age\" cannot be \"old\""_s);
        row("unknown window", with(u"return_window: open"_s), u"10: \"return_window\" cannot be \"open\""_s);
        row("a person without a reason", with(u"needs_person: yes"_s),
            u"23: a reason belongs to needs_person: yes, and to nothing else"_s);
        row("a reason without a person", with(u"reason: late"_s),
            u"23: a reason belongs to needs_person: yes, and to nothing else"_s);
        row("unknown language", goodHeader + u"\n[it]\nCiao.\n"_s + sections(), u"11: unknown language \"it\""_s);
        row("language twice", goodHeader + sections() + u"[en]\nAgain.\n"_s, u"22: [en] stands twice"_s);
        row("language missing", goodHeader + sections().replace(u"[fr]\nBonjour.\n"_s, QString()),
            u"20: no text in [fr]"_s);
        row("empty text", goodHeader + sections().replace(u"Bonjour."_s, u"  "_s), u"18: [fr] the text is empty"_s);
        row("unknown variable", goodHeader + sections().replace(u"Bonjour."_s, u"{{order.nam}}"_s),
            u"18: [fr] no variable \"order.nam\""_s);
        row("open variable", goodHeader + sections().replace(u"Bonjour."_s, u"{{order.name}"_s),
            u"18: [fr] {{ and }} do not pair up"_s);
        row("open part", goodHeader + sections().replace(u"Bonjour."_s, u"a [[ {{order.name}}"_s),
            u"18: [fr] [[ and ]] do not pair up"_s);
        row("closed part", goodHeader + sections().replace(u"Bonjour."_s, u"a ]] {{order.name}}"_s),
            u"18: [fr] [[ and ]] do not pair up"_s);
        row("part in a part", goodHeader + sections().replace(u"Bonjour."_s, u"[[ [[ {{order.name}} ]] ]]"_s),
            u"18: [fr] [[ and ]] do not pair up"_s);
        row("part without a variable", goodHeader + sections().replace(u"Bonjour."_s, u"a [[b]]"_s),
            u"18: [fr] [[ ]] without a variable is never left out"_s);
        row("another name", QString(goodHeader).replace(u"name: sample"_s, u"name: simple"_s) + sections(),
            u"1: the name must be \"sample\""_s);
        row("confidence of a sure thing", QString(goodHeader).replace(u"0.9"_s, u"1.2"_s) + sections(),
            u"4: \"confidence\" cannot be \"1.2\""_s);
        row("confidence in words", QString(goodHeader).replace(u"0.9"_s, u"high"_s) + sections(),
            u"4: \"confidence\" cannot be \"high\""_s);
        row("no intent", QString(goodHeader).replace(u"intent: order_status return\n"_s, QString()) + sections(),
            u"21: no intent"_s);
        row("unknown intent",
            QString(goodHeader).replace(u"order_status return"_s, u"order_status wismo"_s) + sections(),
            u"3: \"intent\" cannot be \"order_status wismo\""_s);
        row("stage twice", QString(goodHeader).replace(u"shipped delivered"_s, u"shipped shipped"_s) + sections(),
            u"6: \"stage\" cannot be \"shipped shipped\""_s);
    }

    void namesTheLineOfEachFault() {
        QFETCH(const QString, content);
        const auto playbook = parsePlaybook(u"sample.playbook"_s, content);
        QVERIFY(!playbook);
        QCOMPARE(playbook.error().kind, ErrorKind::Invalid);
        QTEST(playbook.error().detail, "error");
    }

    void shippedFilesAreReadable() {
        const auto book = PlaybookBook::shipped();
        QVERIFY2(book, qPrintable(book ? QString() : book.error().detail));
        QVERIFY(book->playbooks().size() >= 15);
        QCOMPARE(book->byName(u"wismo_fulfilled"_s)->confidence, 0.95);
        QCOMPARE(book->byName(u"wismo_fulfilled_parcels"_s)->confidence, 0.95);
        QCOMPARE(book->byName(u"wismo_unfulfilled"_s)->confidence, 0.88);
        for (const QString& name : {u"wismo_no_tracking"_s, u"wismo_late"_s, u"return_outside"_s, u"refund_status"_s,
                                    u"cancel"_s, u"address_change"_s})
            QVERIFY2(book->byName(name)->needsPerson, qPrintable(name));
    }

    void shippedTextsUseTheSameVariablesInEveryLanguage() {
        const auto book = PlaybookBook::shipped();
        QVERIFY(book);
        for (const Playbook& playbook : book->playbooks()) {
            QStringList expected = emptyVariables(playbook.texts.value(u"en"_s));
            expected.sort();
            for (const QString& language : playbookLanguages()) {
                QStringList found = emptyVariables(playbook.texts.value(language));
                found.sort();
                QVERIFY2(found == expected, qPrintable(playbook.name + u' ' + language));
                QVERIFY2(!playbook.texts.value(language).contains(u'!'), qPrintable(playbook.name + u' ' + language));
            }
        }
    }

    void takesAPersonsOwnWording() {
        auto book = PlaybookBook::shipped();
        QVERIFY(book);
        const Playbook& playbook = *book->byName(u"wismo_fulfilled"_s);
        const QString before = book->text(playbook, u"de"_s);
        QVERIFY(book->setText(playbook.name, u"de"_s, u" Moin, {{order.name}} ist unterwegs. "_s));
        QCOMPARE(book->text(playbook, u"de"_s), u"Moin, {{order.name}} ist unterwegs."_s);
        QVERIFY(book->text(playbook, u"en"_s) != book->text(playbook, u"de"_s));
        QCOMPARE(book->text(playbook, u"it"_s), book->text(playbook, u"en"_s));
        const auto refused = book->setText(playbook.name, u"de"_s, u"{{order.nmae}}"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Invalid);
        QCOMPARE(book->text(playbook, u"de"_s), u"Moin, {{order.name}} ist unterwegs."_s);
        QVERIFY(book->setText(playbook.name, u"de"_s, QString()));
        QCOMPARE(book->text(playbook, u"de"_s), before);
        QCOMPARE(book->setText(u"none"_s, u"de"_s, u"x"_s).error().kind, ErrorKind::NotFound);
        QCOMPARE(book->setText(playbook.name, u"it"_s, u"x"_s).error().kind, ErrorKind::NotFound);
    }

    void refusesTwoOfOneName() {
        const auto one = parsePlaybook(u"sample.playbook"_s, goodHeader + sections());
        QVERIFY(one);
        QVERIFY(!PlaybookBook::of({*one, *one}));
    }
};

QTEST_GUILESS_MAIN(PlaybookFileTest)
#include "tst_playbook_file.moc"
