#include "ui/theme/tokens.h"

namespace aiva {

Colors Colors::of(Contrast contrast) {
    Colors colors;
    if (contrast == Contrast::Normal) return colors;
    colors.elevated = QColor(0x00, 0x00, 0x00);
    colors.popover = QColor(0x00, 0x00, 0x00);
    colors.hover = QColor(255, 255, 255, 31);
    colors.selected = QColor(255, 255, 255, 56);
    colors.borderFaint = QColor(255, 255, 255, 115);
    colors.borderSubtle = QColor(255, 255, 255, 153);
    colors.borderStrong = QColor(255, 255, 255, 255);
    colors.textPrimary = QColor(0xFF, 0xFF, 0xFF);
    colors.textSecondary = QColor(0xD6, 0xD6, 0xD6);
    colors.textMuted = QColor(0xC8, 0xC8, 0xC8);
    colors.textTertiary = QColor(0xA8, 0xA8, 0xA8);
    colors.avatar = QColor(255, 255, 255, 41);
    colors.warning = QColor(0xFF, 0xD6, 0x4F);
    colors.warningBorder = QColor(0xFF, 0xD6, 0x4F, 204);
    colors.ok = QColor(0x5E, 0xF0, 0xB8);
    colors.okLine = QColor(0x5E, 0xF0, 0xB8, 230);
    colors.danger = QColor(0xFF, 0x9C, 0x9C);
    colors.focus = QColor(0xA8, 0xB2, 0xFF);
    colors.primaryFill = QColor(0xFF, 0xFF, 0xFF);
    return colors;
}

TextMetrics textMetrics(TextStyle style) {
    using enum TextMetrics::Family;
    switch (style) {
    case TextStyle::Title:
        return {Text, 14, 600, 20};
    case TextStyle::Body:
        return {Text, 14, 400, 20};
    case TextStyle::Draft:
        return {Text, 14, 400, 22};
    case TextStyle::Dense:
        return {Text, 13, 400, 18};
    case TextStyle::DenseStrong:
        return {Text, 13, 600, 18};
    case TextStyle::Meta:
        return {Text, 12, 400, 16};
    case TextStyle::MetaStrong:
        return {Text, 12, 500, 16};
    case TextStyle::MetaBold:
        return {Text, 12, 600, 16};
    case TextStyle::Micro:
        return {Text, 11, 500, 16};
    case TextStyle::MonoBadge:
        return {Mono, 16, 500, 24};
    case TextStyle::Mono:
        return {Mono, 13, 500, 20};
    case TextStyle::MonoMeta:
        return {Mono, 12, 500, 20};
    case TextStyle::MonoMicro:
        return {Mono, 11, 500, 16};
    case TextStyle::LineItem:
        return {LineItem, 12, 400, 19};
    }
    return {Text, 14, 400, 20};
}

} // namespace aiva
