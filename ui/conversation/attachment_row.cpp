#include "ui/conversation/attachment_row.h"

#include "core/domain/mail/attachment_risk.h"
#include "ui/conversation/bounded_image.h"
#include "ui/models/relative_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

namespace {

constexpr int rowHeight = 40;
constexpr int iconSpace = 40;
constexpr QSize largestPreview(480, 320);

QString riskWords(AttachmentRisk risk) {
    switch (risk) {
    case AttachmentRisk::None:
        return {};
    case AttachmentRisk::Program:
        return AttachmentRow::tr("⚠ can run programs");
    case AttachmentRisk::Macros:
        return AttachmentRow::tr("⚠ can hold macros");
    case AttachmentRisk::WebPage:
        return AttachmentRow::tr("⚠ opens as a web page");
    case AttachmentRisk::DiskImage:
        return AttachmentRow::tr("⚠ a disk image");
    case AttachmentRisk::Archive:
        return AttachmentRow::tr("⚠ contents not looked into");
    case AttachmentRisk::Disguised:
        return AttachmentRow::tr("⚠ not what its name says");
    }
    return {};
}

} // namespace

AttachmentRow::AttachmentRow(const AttachmentView& attachment, const ContentSource& content, QWidget* parent)
    : QWidget(parent), m_attachment(attachment), m_content(content) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildLine());
}

QWidget* AttachmentRow::buildLine() {
    auto* row = new QWidget;
    row->setFixedHeight(rowHeight);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(iconSpace, 0, 2 * size::grid, 0);
    line->setSpacing(2 * size::grid);
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, row);
    name->setText(m_attachment.name);
    line->addWidget(name);
    line->addWidget(textLabel(sizeText(m_attachment.size), TextStyle::MonoMicro, &Colors::textMuted));
    const QString risk = riskWords(attachmentRisk(m_attachment.name));
    if (!risk.isEmpty()) line->addWidget(textLabel(risk, TextStyle::Micro, &Colors::warning));
    line->addStretch();
    const auto button = [&](const QString& text, const QString& spoken) {
        auto* made = new SubtleButton(text, SubtleButton::Look::Quiet, row);
        made->setSpokenName(risk.isEmpty() ? spoken : spoken + QStringLiteral(", ") + risk.mid(2));
        line->addWidget(made);
        return made;
    };
    if (m_content && isPreviewable(m_attachment.mimeType, m_attachment.size))
        connect(button(tr("Preview"), tr("Preview %1").arg(m_attachment.name)), &SubtleButton::clicked, this,
                &AttachmentRow::togglePreview);
    connect(button(tr("Open"), tr("Open %1").arg(m_attachment.name)), &SubtleButton::clicked, this,
            [this] { Q_EMIT openAsked(m_attachment.id, m_attachment.name); });
    connect(button(tr("Save as…"), tr("Save %1 as…").arg(m_attachment.name)), &SubtleButton::clicked, this,
            [this] { Q_EMIT saveAsked(m_attachment.id, m_attachment.name); });
    return row;
}

void AttachmentRow::togglePreview() {
    if (m_preview == nullptr) {
        const qreal scale = devicePixelRatioF();
        const auto content = m_content(m_attachment.id);
        QImage image = content ? boundedImage(*content, largestPreview * scale) : QImage();
        m_preview = textLabel({}, TextStyle::Meta, &Colors::textMuted, this);
        m_preview->setContentsMargins(3 * size::grid, 0, 3 * size::grid, 3 * size::grid);
        m_preview->hide();
        if (image.isNull()) {
            m_preview->setText(tr("This picture cannot be shown here."));
        } else {
            image.setDevicePixelRatio(scale);
            m_preview->setPixmap(QPixmap::fromImage(image));
            m_preview->setAccessibleName(tr("Picture %1").arg(m_attachment.name));
        }
        layout()->addWidget(m_preview);
    }
    m_preview->setVisible(m_preview->isHidden());
    layout()->activate(); // the block around asks for the height at once
    updateGeometry();
    Q_EMIT grew();
}

void AttachmentRow::paintEvent(QPaintEvent*) {
    const Colors& colors = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.borderSubtle, size::hairline));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::radius, size::radius);
    // A sheet with a folded corner.
    const QRectF sheet(14.5, (rowHeight - 15) / 2 + 0.5, 11, 14);
    painter.setPen(QPen(colors.textSecondary, 1.2));
    painter.drawPolygon(QPolygonF({sheet.topLeft(), sheet.topRight() - QPointF(4, 0), sheet.topRight() + QPointF(0, 4),
                                   sheet.bottomRight(), sheet.bottomLeft()}));
    painter.drawPolyline(QPolygonF(
        {sheet.topRight() - QPointF(4, 0), sheet.topRight() + QPointF(-4, 4), sheet.topRight() + QPointF(0, 4)}));
}

} // namespace aiva
