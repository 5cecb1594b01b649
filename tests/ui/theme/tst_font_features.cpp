// Fonts lose the substitutions nobody wants and nothing else, and what is no font stays what it is.
#include "tests/support/patience.h"
#include "ui/theme/font_features.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QGlyphRun>
#include <QTextLayout>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestFontFeatures : public QObject {
    Q_OBJECT

    // What `text` is drawn with.
    static QList<quint32> glyphs(const QString& text, TextStyle style) {
        QTextLayout layout(text, Theme::font(style));
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        QList<quint32> found;
        for (const QGlyphRun& run : layout.glyphRuns())
            found += run.glyphIndexes();
        return found;
    }
    static QList<quint32> oneByOne(const QString& text, TextStyle style) {
        QList<quint32> found;
        for (const QChar& one : text)
            found += glyphs(one, style);
        return found;
    }

private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp); }

    void textIsShownAsItWasWritten_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"->", "=>", "!=", "2x3", "10:30", "www"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void textIsShownAsItWasWritten() {
        QFETCH(const QString, text);
        for (const TextStyle style : {TextStyle::Body, TextStyle::MonoMeta, TextStyle::LineItem})
            QCOMPARE(glyphs(text, style), oneByOne(text, style));
    }

    void accentsStandAsTheyDid() {
        // Composed by the shaper, without the font's help.
        QCOMPARE(glyphs(u"e\u0301"_s, TextStyle::Body), glyphs(u"é"_s, TextStyle::Body));
        QCOMPARE(glyphs(u"a\u0308o\u0308"_s, TextStyle::Body), glyphs(u"äö"_s, TextStyle::Body));
        QVERIFY(!glyphs(u"Nguyễn Łódź Ångström"_s, TextStyle::Body).contains(0));
    }

    void nothingElseOfAFontChanges() {
        const QDir fonts(u":/fonts"_s);
        const QStringList names = fonts.entryList({u"*.otf"_s, u"*.ttf"_s}, QDir::Files);
        QVERIFY(names.size() >= 4);
        for (const QString& name : names) {
            QFile file(fonts.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray whole = file.readAll();
            QCOMPARE(withoutSubstitutions(whole, {}), whole);
            const QByteArray changed = withoutSubstitutions(whole, {"calt"});
            QCOMPARE(changed.size(), whole.size());
            for (qsizetype i = 0; i < whole.size(); ++i)
                if (changed[i] != whole[i]) QVERIFY(changed[i] == ' ' && QByteArray("calt").contains(whole[i]));
        }
    }

    void aBrokenFontStaysAsItIs() {
        const QDir fonts(u":/fonts"_s);
        QFile file(fonts.filePath(fonts.entryList({u"*.otf"_s, u"*.ttf"_s}, QDir::Files).front()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (const qsizetype size : {0, 3, 11, 12, 40, 200, 300, 5'000}) {
            const QByteArray cut = whole.left(size);
            QCOMPARE(withoutSubstitutions(cut, {"calt"}).size(), cut.size());
        }
        QByteArray wild = whole;
        for (qsizetype i = 4; i < 400; ++i)
            wild[i] = '\xff'; // offsets beyond the end, more tables than there is file
        QCOMPARE(withoutSubstitutions(wild, {"calt"}), wild);
    }
};

QTEST_MAIN(TestFontFeatures)
#include "tst_font_features.moc"
