// The desk's icons: painted strokes on a 16 px field, crisp at every scale and in any colour. Decoration only: the
// control that shows one carries the accessible name.
#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace aiva {

enum class Icon {
    Bold,
    Bullets,
    Check,
    ChevronDown,
    ChevronRight, // mirrored by the caller in right-to-left layouts
    Close,
    Copy,
    External,
    Image,
    Italic,
    Link,
    Lock,
    More,
    Note,
    Numbers,
    Offline,
    Paperclip,
    Person,
    Refresh,
    Reply,
    Snippet,
    Search,
    Warning,
};

// Centred in the field, scaled to its smaller side.
void drawIcon(QPainter& painter, Icon icon, const QRectF& field, const QColor& color);
// For stock controls (menu entries, line edit actions), rendered at 1x, 2x and 3x.
QIcon makeIcon(Icon icon, const QColor& color);

} // namespace aiva
