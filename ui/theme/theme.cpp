#include "ui/theme/theme.h"

#include "ui/theme/desk_style.h"
#include "ui/theme/font_features.h"
#include "ui/theme/words.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QHash>
#include <QPalette>
#include <QWidget>

#include <utility>

// Outside any namespace, as the macro wants it. The theme lives in a static library.
static void initializeThemeResources() {
    Q_INIT_RESOURCE(aiva_fonts);
    Q_INIT_RESOURCE(aiva_style);
}

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The appearance travels with the application object, not in a global of ours.
constexpr const char* kContrastProperty = "aivaHighContrast";
constexpr const char* kMotionProperty = "aivaReducedMotion";
constexpr const char* kPreparedProperty = "aivaThemePrepared";

const QString kTextFamily = u"Inter"_s;
const QString kMonoFamily = u"JetBrains Mono"_s;
const QString kLineItemFamily = u"Geist Mono"_s;

// What somebody wrote is shown as written: no arrow for "->", no multiplication sign between numbers. And shaping a
// line takes half as long without them, which is a third of what opening a conversation costs.
const QList<QByteArray> unwantedSubstitutions{"calt", "ccmp"};

// Once: later calls only change colours.
void prepare(QApplication& application) {
    if (application.property(kPreparedProperty).toBool()) return;
    initializeThemeResources();
    // An embedded face replaces an installed one of the same name only when that one is known already.
    QFontDatabase::families();
    const QDir fonts(u":/fonts"_s);
    for (const QString& name : fonts.entryList({u"*.otf"_s, u"*.ttf"_s}, QDir::Files)) {
        QFile file(fonts.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            QFontDatabase::addApplicationFontFromData(withoutSubstitutions(file.readAll(), unwantedSubstitutions));
    }
    installWords(application);
    application.setStyle(new DeskStyle);
    application.setProperty(kPreparedProperty, true);
}

QPalette paletteFor(const Colors& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.app);
    palette.setColor(QPalette::WindowText, c.textPrimary);
    palette.setColor(QPalette::Base, c.app);
    palette.setColor(QPalette::AlternateBase, c.elevated);
    palette.setColor(QPalette::Text, c.textPrimary);
    palette.setColor(QPalette::PlaceholderText, c.textMuted);
    palette.setColor(QPalette::Button, c.app);
    palette.setColor(QPalette::ButtonText, c.textPrimary);
    palette.setColor(QPalette::BrightText, c.danger);
    palette.setColor(QPalette::ToolTipBase, c.popover);
    palette.setColor(QPalette::ToolTipText, c.textPrimary);
    palette.setColor(QPalette::Link, c.focus);
    palette.setColor(QPalette::LinkVisited, c.focus);
    QColor selection = c.focus;
    selection.setAlpha(96);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, c.textPrimary);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.textTertiary);
    return palette;
}

QString cssColor(const QColor& color) {
    return u"rgba(%1,%2,%3,%4)"_s.arg(color.red()).arg(color.green()).arg(color.blue()).arg(color.alpha());
}

} // namespace

void Theme::apply(QApplication& application, Appearance appearance) {
    prepare(application);
    application.setProperty(kContrastProperty, appearance.contrast == Contrast::High);
    application.setProperty(kMotionProperty, appearance.motion == Motion::Reduced);
    application.setFont(font(TextStyle::Body));
    application.setPalette(paletteFor(colors()));
    application.setStyleSheet(styleSheet(colors()));
    for (QWidget* window : application.topLevelWidgets())
        window->update();
}

Appearance Theme::appearance() {
    if (qApp == nullptr) return {};
    return {qApp->property(kContrastProperty).toBool() ? Contrast::High : Contrast::Normal,
            qApp->property(kMotionProperty).toBool() ? Motion::Reduced : Motion::Full};
}

const Colors& Theme::colors() {
    static const Colors normal = Colors::of(Contrast::Normal);
    static const Colors high = Colors::of(Contrast::High);
    return appearance().contrast == Contrast::High ? high : normal;
}

static QFont madeFont(TextStyle style) {
    const TextMetrics metrics = textMetrics(style);
    QFont font;
    switch (metrics.family) {
    case TextMetrics::Family::Text:
        font.setFamilies({kTextFamily});
        break;
    case TextMetrics::Family::Mono:
        font.setFamilies({kMonoFamily});
        break;
    case TextMetrics::Family::LineItem:
        font.setFamilies({kLineItemFamily, kMonoFamily});
        break;
    }
    font.setStyleHint(metrics.family == TextMetrics::Family::Text ? QFont::SansSerif : QFont::Monospace);
    font.setPixelSize(metrics.pixelSize);
    font.setWeight(static_cast<QFont::Weight>(metrics.weight));
    // By name too: an installed Inter may call the same weight "Semi Bold" and would be taken first.
    if (metrics.weight == QFont::DemiBold) font.setStyleName(u"SemiBold"_s);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

// Copies of one font share what was found for it: a new one is looked for in the font database at its first use.
QFont Theme::font(TextStyle style) {
    static QHash<TextStyle, QFont> fonts;
    const auto known = fonts.constFind(style);
    return known != fonts.constEnd() ? *known : *fonts.insert(style, madeFont(style));
}

bool Theme::hasLineItemFont() {
    initializeThemeResources();
    return QFile::exists(u":/fonts/GeistMono-Regular.ttf"_s);
}

QString Theme::styleSheet(const Colors& c) {
    initializeThemeResources();
    QFile file(u":/style/desk.qss"_s);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // Longer names first: "@textPrimary" must not be eaten by a shorter one.
    const std::initializer_list<std::pair<QLatin1StringView, QColor>> tokens{
        {"@borderStrong"_L1, c.borderStrong},
        {"@borderSubtle"_L1, c.borderSubtle},
        {"@borderFaint"_L1, c.borderFaint},
        {"@textSecondary"_L1, c.textSecondary},
        {"@textTertiary"_L1, c.textTertiary},
        {"@textPrimary"_L1, c.textPrimary},
        {"@textMuted"_L1, c.textMuted},
        {"@primaryFill"_L1, c.primaryFill},
        {"@primaryText"_L1, c.primaryText},
        {"@elevated"_L1, c.elevated},
        {"@popover"_L1, c.popover},
        {"@selected"_L1, c.selected},
        {"@hover"_L1, c.hover},
        {"@focus"_L1, c.focus},
        {"@danger"_L1, c.danger},
        {"@app"_L1, c.app},
    };
    for (const auto& [token, color] : tokens)
        sheet.replace(token, cssColor(color));
    const std::initializer_list<std::pair<QLatin1StringView, int>> measures{
        {"@radiusChip"_L1, size::radiusChip}, {"@radius"_L1, size::radius}, {"@button"_L1, size::button}};
    for (const auto& [token, pixels] : measures)
        sheet.replace(token, QString::number(pixels) + u"px"_s);
    return sheet;
}

} // namespace aiva
