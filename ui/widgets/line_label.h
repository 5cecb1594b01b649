// One line of text on a page, in a style and colour of the theme; paragraphs set wordWrap.
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

namespace aiva {

inline TextBlock* textLabel(const QString& text, TextStyle style, ColorRole color, QWidget* parent = nullptr) {
    auto* label = new TextBlock(style, color, parent);
    label->setWordWrap(false);
    label->setText(text);
    return label;
}

} // namespace aiva
