#include "ui/composer/attachment_strip.h"

#include "ui/composer/attachment_chip.h"
#include "ui/composer/size_meter.h"
#include "ui/models/relative_time.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/flow_layout.h"

#include <QBoxLayout>

#include <algorithm>
#include <utility>

namespace aiva {

AttachmentStrip::AttachmentStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Attachments"));
    auto* line = new QVBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(size::grid);
    m_files = new QWidget(this);
    auto* flow = new FlowLayout(size::grid, m_files);
    flow->setContentsMargins(0, 0, 0, 0);
    m_meter = new SizeMeter(this);
    line->addWidget(m_files);
    line->addWidget(m_meter);
    hide();
}

void AttachmentStrip::setContent(const Content& content) {
    std::vector<DraftAttachmentId> files;
    for (const DraftAttachmentView& file : content.files)
        files.push_back(file.id);
    if (files != m_shown || content.arriving != m_arriving) {
        showFiles(content);
        m_shown = std::move(files);
        m_arriving = content.arriving;
    }
    m_meter->setSizes(content.sentBytes, content.limit);
    setVisible(!m_chips.isEmpty());
}

void AttachmentStrip::showFiles(const Content& content) {
    const auto focused =
        std::find_if(m_chips.begin(), m_chips.end(), [](const auto* chip) { return chip->hasFocus(); });
    const qsizetype place = focused == m_chips.end() ? -1 : focused - m_chips.begin();
    const QList<AttachmentChip*> before = std::exchange(m_chips, {});
    const auto add = [this](const QString& name, const QString& size, Icon icon, AttachmentChip::State state) {
        auto* chip = new AttachmentChip(icon, name, size, state, m_files);
        m_files->layout()->addWidget(chip);
        chip->show();
        m_chips << chip;
        return chip;
    };
    for (const DraftAttachmentView& file : content.files) {
        const Icon icon = file.mimeType.startsWith(QLatin1String("image/")) ? Icon::Image : Icon::Paperclip;
        const AttachmentChip* chip = add(file.name, sizeText(file.size), icon, AttachmentChip::State::There);
        connect(chip, &AttachmentChip::removeAsked, this, [this, id = file.id] { Q_EMIT removeAsked(id); });
    }
    for (const QString& name : content.arriving)
        add(name, tr("reading…"), Icon::Paperclip, AttachmentChip::State::Arriving);
    if (place >= 0 && !m_chips.isEmpty()) m_chips[std::min(place, m_chips.size() - 1)]->setFocus(Qt::OtherFocusReason);
    for (AttachmentChip* chip : before) {
        m_files->layout()->removeWidget(chip);
        chip->hide();
        chip->deleteLater(); // it may be inside its own signal
    }
    if (place >= 0 && m_chips.isEmpty()) Q_EMIT emptied();
}

} // namespace aiva
