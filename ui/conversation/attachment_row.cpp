#include "ui/conversation/attachment_row.h"

#include "ui/conversation/message_text.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace aiva {

namespace {

constexpr int rowHeight = 40;
constexpr int iconSpace = 40;

} // namespace

AttachmentRow::AttachmentRow(const AttachmentView& attachment, QWidget* parent) : QWidget(parent) {
    setFixedHeight(rowHeight);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(iconSpace, 0, 2 * size::grid, 0);
    line->setSpacing(2 * size::grid);
    const QFont font = Theme::font(TextStyle::Dense);
    auto* name = textLabel(QFontMetrics(font).elidedText(attachment.name, Qt::ElideMiddle, size::inbox),
                           TextStyle::Dense, &Colors::textPrimary);
    name->setToolTip(attachment.name);
    line->addWidget(name);
    line->addWidget(textLabel(sizeText(attachment.size), TextStyle::MonoMicro, &Colors::textMuted));
    const bool risky = isRiskyAttachment(attachment.name);
    if (risky) line->addWidget(textLabel(tr("⚠ can run programs"), TextStyle::Micro, &Colors::warning));
    line->addStretch();
    auto* save = new QPushButton(tr("Save as…"), this);
    save->setAccessibleName(tr("Save %1 as…").arg(attachment.name));
    save->setAccessibleDescription(risky ? tr("This type of file can run programs when it is opened") : QString());
    line->addWidget(save);
    connect(save, &QPushButton::clicked, this,
            [this, id = attachment.id, fileName = attachment.name] { Q_EMIT saveAsked(id, fileName); });
}

void AttachmentRow::paintEvent(QPaintEvent*) {
    const Colors& colors = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.borderSubtle, size::hairline));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::radius, size::radius);
    // A sheet with a folded corner.
    const QRectF sheet(14.5, (height() - 15) / 2 + 0.5, 11, 14);
    painter.setPen(QPen(colors.textSecondary, 1.2));
    painter.drawPolygon(QPolygonF({sheet.topLeft(), sheet.topRight() - QPointF(4, 0), sheet.topRight() + QPointF(0, 4),
                                   sheet.bottomRight(), sheet.bottomLeft()}));
    painter.drawPolyline(QPolygonF(
        {sheet.topRight() - QPointF(4, 0), sheet.topRight() + QPointF(-4, 4), sheet.topRight() + QPointF(0, 4)}));
}

} // namespace aiva
