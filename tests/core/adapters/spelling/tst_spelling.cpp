#include "core/adapters/spelling/hunspell_spelling.h"
#include "core/desk/spelling.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

class SpellingTest : public QObject {
    Q_OBJECT

    static bool write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    static QStringList judged(const QString& text) {
        QStringList words;
        for (const WordSpan& span : wordsToSpell(text))
            words << text.mid(span.start, span.length);
        return words;
    }

    QTemporaryDir m_dir;

private Q_SLOTS:
    // A dictionary of four words, in Latin-1.
    void initTestCase() {
        QVERIFY(write(m_dir.filePath(u"de_DE.aff"_s), "SET ISO8859-1\nTRY esianrtolcdugmphbyfvkw\n"));
        QVERIFY(write(m_dir.filePath(u"de_DE.dic"_s), "4\nHaus\nf\xfcr\nbestellung\ndanke\n"));
    }

    void judgesOnlyWords_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("words") << u"It isn't here."_s << QStringList{u"It"_s, u"isn't"_s, u"here"_s};
        QTest::newRow("technical") << u"see https://x.org/abc #1042 a@b.de {{order.name}} 15kg www.x.de"_s
                                   << QStringList{u"see"_s};
        QTest::newRow("names of things") << u"USPS DHL iPhone McDonald x"_s << QStringList{u"iPhone"_s};
        QTest::newRow("quoted") << u"yes\n> noo way\nfine"_s << QStringList{u"yes"_s, u"fine"_s};
        QTest::newRow("other letters") << u"für «Ärger»"_s << QStringList{u"für"_s, u"Ärger"_s};
        QTest::newRow("nothing") << QString() << QStringList();
    }

    void judgesOnlyWords() {
        QFETCH(const QString, text);
        QTEST(judged(text), "words");
    }

    void knowsItsDictionary() {
        HunspellSpelling spelling({m_dir.path()});
        QCOMPARE(spelling.languages(), QStringList{u"de_DE"_s});
        QVERIFY(spelling.isKnown(u"de_DE"_s, u"für"_s));
        QVERIFY(!spelling.isKnown(u"de_DE"_s, u"bestelung"_s));
        QVERIFY(spelling.isKnown(u"de_DE"_s, u"замовлення"_s)); // letters it cannot write are not its business
        QVERIFY(spelling.isKnown(u"fr_FR"_s, u"anything"_s));
        QVERIFY(spelling.suggestions(u"de_DE"_s, u"bestelung"_s).contains(u"bestellung"_s));
    }

    void findsTheNearestDictionary() {
        const QStringList installed{u"de_AT"_s, u"de_DE"_s, u"en_GB"_s, u"en_US"_s};
        QCOMPARE(nearestLanguage(u"de_AT"_s, installed, u"US"_s), u"de_AT"_s);
        QCOMPARE(nearestLanguage(u"en"_s, installed, u"US"_s), u"en_US"_s);
        QCOMPARE(nearestLanguage(u"de_CH"_s, installed, u"CH"_s), u"de_AT"_s);
        QCOMPARE(nearestLanguage(u"fr"_s, installed, u"FR"_s), QString());
        QCOMPARE(nearestLanguage({}, installed, u"US"_s), QString());
    }

    void answersFromItsOwnThread() {
        Spelling spelling([this] { return std::make_unique<HunspellSpelling>(QStringList{m_dir.path()}); });
        const auto mistakes = test::await(spelling.mistakes(u"de"_s, u"danke für die Bestelung"_s));
        QVERIFY(mistakes);
        QCOMPARE(*mistakes, (std::vector<WordSpan>{{10, 3}, {14, 9}}));
        const auto none = test::await(spelling.mistakes(u"fr"_s, u"merci pour la commande"_s));
        QVERIFY(none && none->empty());
        QVERIFY(test::await(spelling.suggestions(u"de"_s, u"Haos"_s))->contains(u"Haus"_s));
    }
};

QTEST_GUILESS_MAIN(SpellingTest)
#include "tst_spelling.moc"
