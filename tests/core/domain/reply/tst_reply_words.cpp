#include "core/domain/mail/attachment_rules.h"
#include "core/domain/reply/draft.h"
#include "core/domain/reply/reply_variables.h"
#include "core/domain/text_language.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

class ReplyWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsVariablesThatHaveAValue() {
        const VariableValues values{{u"customer.first_name"_s, u"Ada"_s}, {u"order.name"_s, QString()}};
        QCOMPARE(
            withVariables(u"Hi {{customer.first_name}}, {{ customer.first_name }}! {{order.name}} {{x}}"_s, values),
            u"Hi Ada, Ada! {{order.name}} {{x}}"_s);
    }

    void neverLooksIntoAValue() {
        const VariableValues values{{u"a"_s, u"{{b}}"_s}, {u"b"_s, u"no"_s}};
        QCOMPARE(withVariables(u"{{a}}{{b}}"_s, values), u"{{b}}no"_s);
    }

    void findsWhatIsStillOpen_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("none") << u"Hi {Ada}"_s << QStringList();
        QTest::newRow("each once") << u"{{a}} {{b.c}} {{ a }}"_s << QStringList{u"a"_s, u"b.c"_s};
        QTest::newRow("misspelt") << u"{{custmer name}}"_s << QStringList{u"custmer name"_s};
        QTest::newRow("nameless") << u"{{}}"_s << QStringList{QString()};
        QTest::newRow("quoted by the customer") << u"Yes.\n> {{x}}\n>> {{y}}"_s << QStringList();
        QTest::newRow("after a quote") << u"> hi\n{{x}}"_s << QStringList{u"x"_s};
        QTest::newRow("over a line end") << u"{{x\n}}"_s << QStringList{u"x"_s};
        QTest::newRow("three braces") << u"{{{x}}}"_s << QStringList{u"x"_s};
    }

    void findsWhatIsStillOpen() {
        QFETCH(const QString, text);
        QTEST(emptyVariables(text), "names");
        for (const VariableSpan& span : variableSpans(text)) {
            QVERIFY(text.mid(span.start, span.length).startsWith("{{"_L1));
            QVERIFY(text.mid(span.start, span.length).endsWith("}}"_L1));
        }
    }

    void noticesAPromisedAttachment_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("en") << u"The invoice is attached."_s << u"attached"_s;
        QTest::newRow("en phrase") << u"Please find the label in the attachment"_s << u"in the attachment"_s;
        QTest::newRow("de") << u"Anbei die Rechnung"_s << u"Anbei"_s;
        QTest::newRow("de phrase") << u"Das Etikett finden Sie im Anhang."_s << u"im Anhang"_s;
        QTest::newRow("fr") << u"Vous trouverez ci-joint la facture"_s << u"ci-joint"_s;
        QTest::newRow("fr phrase") << u"La facture est en pièce jointe"_s << u"pièce jointe"_s;
        QTest::newRow("es") << u"Le adjunto la factura"_s << u"Le adjunto"_s;
        QTest::newRow("it") << u"La fattura è in allegato"_s << u"in allegato"_s;
        QTest::newRow("nl") << u"De factuur is bijgevoegd"_s << u"bijgevoegd"_s;
        QTest::newRow("pt") << u"A fatura segue em anexo"_s << u"em anexo"_s;
        QTest::newRow("ja") << u"請求書を添付します"_s << u"添付"_s;
        QTest::newRow("said by the customer") << u"Thank you!\n\nOn … wrote:\n> see attached"_s << QString();
        QTest::newRow("in the signature") << u"Thank you!\n-- \nattached to our customers"_s << QString();
        QTest::newRow("part of a word") << u"We feel unattached, reattachedly"_s << QString();
        QTest::newRow("theirs") << u"Thanks for your attachment, I got it"_s << QString();
        QTest::newRow("none") << u"It was shipped today."_s << QString();
    }

    void noticesAPromisedAttachment() {
        QFETCH(const QString, text);
        QTEST(promisedAttachment(text), "word");
    }

    void countsAttachmentsAsSent() {
        QCOMPARE(attachedSize(0), 0);
        QCOMPARE(attachedSize(1), 4 + 2);
        QCOMPARE(attachedSize(57), 76 + 2);
        QCOMPARE(attachedSize(58), 80 + 4);
        QVERIFY(attachedSize(15LL << 20) > usualMailLimit);
        QVERIFY(attachedSize(14LL << 20) < usualMailLimit);
    }

    void tellsLanguagesApart_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << u"Can you check on my order? I bought the blue widgets last week."_s << u"en"_s;
        QTest::newRow("de") << u"Guten Tag, wann kommt meine Bestellung? Ich habe noch nichts erhalten."_s << u"de"_s;
        QTest::newRow("fr") << u"Bonjour, je n'ai pas reçu ma commande. Où est le colis ?"_s << u"fr"_s;
        QTest::newRow("es") << u"Hola, ¿dónde está mi pedido? No lo he recibido."_s << u"es"_s;
        QTest::newRow("it") << u"Buongiorno, non ho ancora ricevuto il mio ordine."_s << u"it"_s;
        QTest::newRow("nl") << u"Hallo, waar is mijn bestelling? Ik heb het nog niet."_s << u"nl"_s;
        QTest::newRow("pt") << u"Olá, onde está a minha encomenda? Ainda não recebi."_s << u"pt"_s;
        QTest::newRow("too little") << u"#1042?"_s << QString();
        QTest::newRow("another script") << u"Хочу повернути куртку"_s << QString();
    }

    void tellsLanguagesApart() {
        QFETCH(const QString, text);
        QTEST(languageOf(text), "language");
    }

    void knowsWhenATextIsWorthAVersion_data() {
        QTest::addColumn<QString>("last");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<bool>("isDue");
        const QString page(400, u'x');
        QTest::newRow("typing on") << QString() << 60 << u"Dear A"_s << u"Dear Ad"_s << false;
        QTest::newRow("after five minutes") << QString() << 300 << u"Dear A"_s << u"Dear Ad"_s << true;
        QTest::newRow("nothing new") << u"Dear A"_s << 900 << u"Dear A"_s << u"Dear Ad"_s << false;
        QTest::newRow("much written") << QString() << 60 << page << page + u'y' << true;
        QTest::newRow("deleted at once") << QString() << 5 << page << QString() << true;
        QTest::newRow("a word deleted") << page << 5 << page + u" word"_s << page << false;
        QTest::newRow("blank") << QString() << 900 << u" \n"_s << u"Dear"_s << false;
    }

    void knowsWhenATextIsWorthAVersion() {
        QFETCH(const QString, last);
        QFETCH(const int, seconds);
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        QTEST(isVersionDue({last, seconds * 1000LL, before, after}), "isDue");
    }
};

QTEST_GUILESS_MAIN(ReplyWordsTest)
#include "tst_reply_words.moc"
