// Every colour and every measure of the desk, and nothing else. Read by the theme (palette and style sheet) and by each
// painted widget; no other file names a colour or a size.
#pragma once

#include <QColor>

namespace aiva {

enum class Contrast { Normal, High };
enum class Motion { Full, Reduced };

struct Appearance {
    Contrast contrast = Contrast::Normal;
    Motion motion = Motion::Full;
    bool operator==(const Appearance&) const = default;
};

struct Colors {
    QColor app{0x00, 0x00, 0x00};
    QColor elevated{0x0A, 0x0A, 0x0A};      // CRM panel
    QColor popover{0x11, 0x11, 0x11};       // menus, tooltips, palette: one step above elevated
    QColor hover{255, 255, 255, 10};        // white 4 %
    QColor selected{255, 255, 255, 20};     // white 8 %
    QColor borderFaint{255, 255, 255, 12};  // between rows of one list
    QColor borderSubtle{255, 255, 255, 20}; // white 8 %
    QColor borderStrong{255, 255, 255, 41}; // a control under the pointer
    QColor textPrimary{0xED, 0xED, 0xED};   //
    QColor textSecondary{0x8F, 0x8F, 0x8F}; //
    QColor textMuted{0x7C, 0x7C, 0x7C};     // quiet information: still 4.5:1 on elevated
    QColor textTertiary{0x5C, 0x5C, 0x5C};  // decoration only, never the sole carrier of a fact
    QColor avatar{255, 255, 255, 13};       // white 5 %
    QColor warning{0xFB, 0xBF, 0x24};       // VIP, unfulfilled, held
    QColor warningBorder{0xFB, 0xBF, 0x24, 64};
    QColor ok{0x34, 0xD3, 0x99};          // fulfilled, verified
    QColor okLine{0x34, 0xD3, 0x99, 153}; // progression, underline of a verified claim
    QColor danger{0xF8, 0x71, 0x71};      //
    QColor focus{0x7C, 0x8C, 0xFF};       // focus ring, unread mark, selection of text
    QColor primaryFill{0xED, 0xED, 0xED}; // the one filled button of a view (Send)
    QColor primaryText{0x00, 0x00, 0x00};

    static Colors of(Contrast contrast);
};

// Logical pixels on a 4 px grid.
namespace size {
inline constexpr int grid = 4;
inline constexpr int hairline = 1;
inline constexpr int focusRing = 2;
inline constexpr int outset = 4; // how far ring and hover ground of a row reach beyond its text
inline constexpr int radius = 6;
inline constexpr int radiusChip = 4;
inline constexpr int radiusCard = 8;
inline constexpr int rail = 188;
inline constexpr int inbox = 320; // resizable
inline constexpr int inboxMinimum = 260;
inline constexpr int crmPanel = 300;
inline constexpr int bar = 48; // header of each column
inline constexpr int statusLine = 26;
inline constexpr int panelPadding = 16;
inline constexpr int threadPadding = 28;
inline constexpr int avatar = 40;
inline constexpr int dot = 8;
inline constexpr int pulseDot = 7;
inline constexpr int icon = 16;
inline constexpr int button = 28;
inline constexpr int rowButton = 24; // quiet text buttons inside lists
} // namespace size

// Milliseconds.
namespace duration {
inline constexpr int motion = 120;  // the longest transition of the desk
inline constexpr int pulse = 1600;  // one breath of the sync dot
inline constexpr int copied = 1200; // how long "Copied" stands
} // namespace duration

// The type ramp. Names say the role, the theme says the family: Inter for text, JetBrains Mono for ids, money and
// micro-copy, Geist Mono for line items.
enum class TextStyle {
    Title,       // 14 semi-bold
    Body,        // 14
    Draft,       // 14 on 22 px lines: what is written and read at length
    Dense,       // 13
    DenseStrong, // 13 semi-bold
    Meta,        // 12
    MetaStrong,  // 12 medium: buttons
    MetaBold,    // 12 semi-bold: the filled button
    Micro,       // 11 medium: chips, labels
    MonoBadge,   // 16 medium mono: LTV
    Mono,        // 13 medium mono: order names
    MonoMeta,    // 12 medium mono: facts
    MonoMicro,   // 11 medium mono: times, tracking, key hints
    LineItem,    // 12 Geist Mono
};

struct TextMetrics {
    enum class Family { Text, Mono, LineItem } family;
    int pixelSize;
    int weight; // CSS scale
    int lineHeight;
};
TextMetrics textMetrics(TextStyle style);

} // namespace aiva
