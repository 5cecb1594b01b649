#include "ui/composer/kind_switch.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painted_button.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QPainter>

namespace aiva {

namespace {

constexpr int smallIcon = 12;
constexpr int gap = 4;

class KindButton final : public PaintedButton {
public:
    KindButton(const QString& text, bool isNote, QWidget* parent) : PaintedButton(parent), m_isNote(isNote) {
        setText(text);
        setCheckable(true);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    AccessibleFace face() const override {
        AccessibleFace face = PaintedButton::face();
        face.role = QAccessible::RadioButton;
        face.value = isChecked() ? KindSwitch::tr("chosen") : QString();
        return face;
    }
    QSize sizeHint() const override {
        return {textWidth(Theme::font(TextStyle::MetaStrong), text()) + iconWidth(), size::rowButton};
    }

protected:
    void paint(QPainter& painter) override {
        const Colors& colors = Theme::colors();
        const QColor chosen = m_isNote ? colors.warning : colors.textPrimary;
        const QColor ink = isChecked() ? chosen : isHovered() ? colors.textSecondary : colors.textMuted;
        const QRectF field = QRectF(rect());
        QRectF words = field.adjusted(iconWidth(), 0, 0, 0);
        if (m_isNote)
            drawIcon(painter, Icon::Note, mirrored(*this, {field.left(), (height() - smallIcon) / 2.0, 12, 12}), ink);
        drawLine(painter, mirrored(*this, words), text(), Theme::font(TextStyle::MetaStrong), ink);
        if (isChecked()) painter.fillRect(QRectF(field.left(), height() - 2, field.width(), 1), ink);
    }

private:
    int iconWidth() const { return m_isNote ? smallIcon + gap : 0; }
    bool m_isNote;
};

} // namespace

KindSwitch::KindSwitch(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("What to write"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(3 * gap);
    auto* group = new QButtonGroup(this);
    const QString names[] = {tr("Reply"), tr("Reply all"), tr("Note")};
    for (const DraftKind kind : {DraftKind::Reply, DraftKind::ReplyAll, DraftKind::Note}) {
        auto* button = new KindButton(names[static_cast<int>(kind)], kind == DraftKind::Note, this);
        group->addButton(button, static_cast<int>(kind));
        line->addWidget(button);
        m_buttons << button;
    }
    m_buttons[0]->setChecked(true);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) {
        m_kind = static_cast<DraftKind>(id);
        Q_EMIT kindChosen(m_kind);
    });
}

void KindSwitch::setKind(DraftKind kind) {
    m_kind = kind;
    m_buttons[static_cast<int>(kind)]->setChecked(true);
}

} // namespace aiva
