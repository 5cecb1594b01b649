#include "ui/composer/attachment_strip.h"

#include "ui/composer/attachment_chip.h"
#include "ui/models/relative_time.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>

namespace aiva {

namespace {

constexpr int nearlyFull = 80; // percent

void emptyOut(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

AttachmentStrip::AttachmentStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Attachments"));
    auto* line = new QVBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(size::grid);
    m_files = new QWidget(this);
    auto* flow = new FlowLayout(size::grid, m_files);
    flow->setContentsMargins(0, 0, 0, 0);
    m_meter = textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this);
    line->addWidget(m_files);
    line->addWidget(m_meter);
    hide();
}

void AttachmentStrip::setContent(const Content& content) {
    emptyOut(m_files->layout());
    for (const DraftAttachmentView& file : content.files) {
        const Icon icon = file.mimeType.startsWith(QLatin1String("image/")) ? Icon::Image : Icon::Paperclip;
        auto* chip = new AttachmentChip(icon, file.name, sizeText(file.size), AttachmentChip::State::There, m_files);
        connect(chip, &AttachmentChip::removeAsked, this, [this, id = file.id] { Q_EMIT removeAsked(id); });
        m_files->layout()->addWidget(chip);
    }
    for (const QString& name : content.arriving)
        m_files->layout()->addWidget(
            new AttachmentChip(Icon::Paperclip, name, tr("reading…"), AttachmentChip::State::Arriving, m_files));
    const bool isEmpty = content.files.empty() && content.arriving.isEmpty();
    const qint64 percent = content.limit > 0 ? content.sentBytes * 100 / content.limit : 0;
    m_meter->setText(tr("%1 of %2 as sent").arg(sizeText(content.sentBytes), sizeText(content.limit)));
    m_meter->setVisible(percent >= nearlyFull);
    setVisible(!isEmpty);
}

} // namespace aiva
