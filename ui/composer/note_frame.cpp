#include "ui/composer/note_frame.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

namespace {

constexpr int edge = 2;
constexpr int inset = 12;

} // namespace

NoteFrame::NoteFrame(QWidget* content, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    m_label = textLabel(tr("Internal note · only your team sees this, it is never sent"), TextStyle::MetaStrong,
                        &Colors::warning, this);
    column->addWidget(m_label);
    column->addWidget(content);
    setNote(false);
}

void NoteFrame::setNote(bool isNote) {
    m_isNote = isNote;
    m_label->setVisible(isNote);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const int margin = isNote ? inset : 0;
    const int top = isNote ? 2 * size::grid : 0;
    layout()->setContentsMargins(isMirrored ? 0 : margin, top, isMirrored ? margin : 0, top);
    update();
}

void NoteFrame::paintEvent(QPaintEvent*) {
    if (!m_isNote) return;
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().hover);
    painter.fillRect(mirrored(*this, QRectF(0, 0, edge, height())), Theme::colors().warning);
}

} // namespace aiva
