#include "tests/support/patience.h"
#include "ui/theme/font_license.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QRawFont>
#include <QSet>

#include <cmath>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

double channel(int value) {
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * channel(color.red()) + 0.7152 * channel(color.green()) + 0.0722 * channel(color.blue());
}

// WCAG 2.1, 1.4.3.
double contrastRatio(const QColor& a, const QColor& b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

QColor over(const QColor& top, const QColor& below) {
    const double alpha = top.alphaF();
    const auto mix = [alpha](int a, int b) { return static_cast<int>(std::lround(a * alpha + b * (1 - alpha))); };
    return {mix(top.red(), below.red()), mix(top.green(), below.green()), mix(top.blue(), below.blue())};
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp); }

    void everyTextColourReadsOnEveryGround_data() {
        QTest::addColumn<bool>("high");
        QTest::newRow("normal") << false;
        QTest::newRow("high contrast") << true;
    }
    void everyTextColourReadsOnEveryGround() {
        QFETCH(bool, high);
        const Colors c = Colors::of(high ? Contrast::High : Contrast::Normal);
        const double floor = high ? 7.0 : 4.5;
        for (const QColor& ground : {c.app, c.elevated})
            for (const QColor& text : {c.textPrimary, c.textSecondary, c.textMuted, c.warning, c.ok, c.danger, c.focus})
                QVERIFY2(contrastRatio(text, ground) >= floor, qPrintable(text.name() + u" on "_s + ground.name()));
        // A selected row is the lightest ground that carries text.
        for (const QColor& text : {c.textPrimary, c.textSecondary, c.warning, c.ok, c.danger})
            QVERIFY2(contrastRatio(text, over(c.selected, c.app)) >= 4.5, qPrintable(text.name()));
        QVERIFY(contrastRatio(c.focus, c.app) >= 3.0);
    }

    void embedsEveryFamilyOfTheRamp_data() {
        QTest::addColumn<int>("style");
        QTest::addColumn<QString>("family");
        QTest::newRow("body") << static_cast<int>(TextStyle::Body) << u"Inter"_s;
        QTest::newRow("title") << static_cast<int>(TextStyle::Title) << u"Inter"_s;
        QTest::newRow("badge") << static_cast<int>(TextStyle::MonoBadge) << u"JetBrains Mono"_s;
        if (Theme::hasLineItemFont())
            QTest::newRow("line item") << static_cast<int>(TextStyle::LineItem) << u"Geist Mono"_s;
    }
    void embedsEveryFamilyOfTheRamp() {
        QFETCH(int, style);
        QFETCH(QString, family);
        const QFontInfo info(Theme::font(static_cast<TextStyle>(style)));
        QCOMPARE(info.family(), family);
        QCOMPARE(info.pixelSize(), textMetrics(static_cast<TextStyle>(style)).pixelSize);
    }

    // An installed Inter of another build must not take the place of the embedded one for some of the weights.
    void drawsEveryWeightFromTheSameBuildOfAFamily() {
        const auto isTrueType = [](TextStyle style) {
            return !QRawFont::fromFont(Theme::font(style)).fontTable("glyf").isEmpty();
        };
        const bool regular = isTrueType(TextStyle::Body);
        for (const TextStyle style : {TextStyle::Meta, TextStyle::MetaStrong, TextStyle::MetaBold, TextStyle::Title})
            QCOMPARE(isTrueType(style), regular);
        QCOMPARE(regular, QFile::exists(u":/fonts/Inter_400Regular.ttf"_s));
    }

    void fillsEveryTokenOfTheStyleSheet() {
        const QString sheet = Theme::styleSheet(Theme::colors());
        QVERIFY(sheet.size() > 1000);
        QVERIFY2(!sheet.contains(u'@'), qPrintable(sheet.mid(sheet.indexOf(u'@'), 40)));
    }

    void switchesToHighContrastAndBack() {
        const QColor before = qApp->palette().color(QPalette::WindowText);
        Theme::apply(*qApp, {Contrast::High, Motion::Reduced});
        QVERIFY(Theme::motionReduced());
        QCOMPARE(Theme::colors().textPrimary, QColor(Qt::white));
        QCOMPARE(qApp->palette().color(QPalette::WindowText), QColor(Qt::white));
        Theme::apply(*qApp);
        QVERIFY(!Theme::motionReduced());
        QCOMPARE(qApp->palette().color(QPalette::WindowText), before);
    }

    void strokesOneDevicePixelAtEveryScale_data() {
        QTest::addColumn<double>("scale");
        QTest::addColumn<int>("devicePixels");
        QTest::newRow("100 %") << 1.0 << 1;
        QTest::newRow("125 %") << 1.25 << 1;
        QTest::newRow("150 %") << 1.5 << 1;
        QTest::newRow("200 %") << 2.0 << 2;
    }
    void strokesOneDevicePixelAtEveryScale() {
        QFETCH(double, scale);
        QFETCH(int, devicePixels);
        QImage image(QSize(100, 100), QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::black);
        QPainter painter(&image);
        strokeRounded(painter, QRectF(3, 3, 40, 30), 6, Qt::white);
        painter.end();
        const int x = static_cast<int>(20 * scale);
        int full = 0;
        int partial = 0;
        for (int y = 0; y < static_cast<int>(15 * scale); ++y) {
            const int level = qGray(image.pixel(x, y));
            full += level > 250;
            partial += level > 4 && level <= 250;
        }
        QCOMPARE(full, devicePixels);
        QCOMPARE(partial, 0);
    }

    void paintsEveryIcon() {
        for (int i = 0; i <= static_cast<int>(Icon::Warning); ++i) {
            QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            drawIcon(painter, static_cast<Icon>(i), image.rect(), Qt::white);
            painter.end();
            int inked = 0;
            for (int y = 0; y < 32; ++y)
                for (int x = 0; x < 32; ++x)
                    inked += qAlpha(image.pixel(x, y)) > 128;
            QVERIFY2(inked > 20, qPrintable(QString::number(i)));
            for (int k = 0; k < 32; ++k)
                QVERIFY2(qAlpha(image.pixel(k, 0)) < 128, qPrintable(QString::number(i)));
        }
    }

    void namesTheLicenceOfEachEmbeddedFamily() {
        QSet<QString> families;
        for (const FontLicense& license : embeddedFontLicenses()) {
            families.insert(license.family.section(u' ', 0, 0));
            QVERIFY2(license.copyright.startsWith(u"Copyright"_s), qPrintable(license.copyright));
            QVERIFY2(license.license.contains(u"SIL Open Font License, Version 1.1"_s), qPrintable(license.license));
        }
        QVERIFY(families.contains(u"Inter"_s) && families.contains(u"JetBrains"_s));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
