#include "ui/conversation/note_block.h"

#include "ui/conversation/safe_text_view.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

namespace {
constexpr int border = 2;
constexpr int inset = 12;
constexpr int iconField = 14;
}

NoteBlock::NoteBlock(const NoteView& note, const Clock& clock, QWidget* parent) : QWidget(parent) {
    const QString time = formatTime(note.writtenAt, clock.now(), QLocale());
    setAccessibleName(tr("Internal note by %1, %2. Customers never see it").arg(note.author, time));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(border + inset, size::grid, 0, size::grid);
    column->setSpacing(size::grid);
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * size::grid);
    line->addSpacing(iconField + size::grid);
    line->addWidget(textLabel(tr("Internal note"), TextStyle::MetaStrong, &Colors::warning));
    line->addWidget(textLabel(note.author, TextStyle::Meta, &Colors::textSecondary));
    line->addStretch();
    line->addWidget(textLabel(time, TextStyle::MonoMicro, &Colors::textMuted));
    column->addLayout(line);
    auto* text = new SafeTextView(this);
    text->setAccessibleName(accessibleName());
    text->showText(note.text, Theme::colors().textPrimary);
    connect(text, &SafeTextView::linkActivated, this, &NoteBlock::linkActivated);
    column->addWidget(text);
}

void NoteBlock::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& colors = Theme::colors();
    painter.fillRect(mirrored(*this, QRectF(0, 0, border, height())), colors.warning);
    const QRectF head(border + inset, size::grid, iconField, Theme::lineHeight(TextStyle::MetaStrong));
    drawIcon(painter, Icon::Note, mirrored(*this, head), colors.warning);
}

} // namespace aiva
