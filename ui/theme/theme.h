// The desk's look applied to the application: palette, style sheet and embedded fonts, all generated from tokens.h.
// app calls apply() once before the first window and again when the person changes the appearance; widgets ask for
// colours and fonts while they paint. It never decides an appearance.
#pragma once

#include "ui/theme/tokens.h"

#include <QFont>
#include <QString>

class QApplication;

namespace aiva {

class Theme {
public:
    // Every visible widget is repainted. Call on the GUI thread, after the QApplication exists.
    static void apply(QApplication& application, Appearance appearance = {});

    // Of the last apply(); the normal appearance before it.
    static Appearance appearance();
    static const Colors& colors();
    static bool motionReduced() { return appearance().motion == Motion::Reduced; }

    // Cheap, but keep it in a member where many rows are painted.
    static QFont font(TextStyle style);
    static int lineHeight(TextStyle style) { return textMetrics(style).lineHeight; }

    // True when Geist Mono is embedded; line items fall back to JetBrains Mono otherwise.
    static bool hasLineItemFont();

    // The whole style sheet for these colours: the stock controls. Painted widgets ignore it.
    static QString styleSheet(const Colors& colors);
};

} // namespace aiva
