#include "ui/widgets/accordion.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace aiva {
namespace {

constexpr int kHeaderHeight = 33;
constexpr int kWordGap = 8;

} // namespace

AccordionHeader::AccordionHeader(QWidget* parent) : PaintedButton(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, [this] {
        Q_EMIT expansionWanted(m_expansion == Expansion::Expanded ? Expansion::Collapsed : Expansion::Expanded);
    });
}

void AccordionHeader::setContent(const Content& content) {
    if (m_content == content) return;
    m_content = content;
    setText(content.title);
    announceChange(this, QAccessible::NameChanged);
    update();
}

void AccordionHeader::setExpansion(Expansion expansion) {
    if (m_expansion == expansion) return;
    m_expansion = expansion;
    if (QAccessible::isActive()) {
        QAccessible::State changed;
        changed.expanded = true;
        changed.collapsed = true;
        QAccessibleStateChangeEvent event(this, changed);
        QAccessible::updateAccessibility(&event);
    }
    update();
}

AccessibleFace AccordionHeader::face() const {
    const QString date = m_content.spokenDetail.isEmpty() ? m_content.detail : m_content.spokenDetail;
    return {QAccessible::Button, tr("%1, %2, %3", "order, date, status").arg(m_content.title, date, m_content.word),
            m_content.word, toolTip(), m_expansion};
}

QSize AccordionHeader::sizeHint() const {
    return {160, kHeaderHeight};
}

QRectF AccordionHeader::focusArea() const {
    return QRectF(rect()).adjusted(0, 1, 0, -1);
}

void AccordionHeader::paint(QPainter& painter) {
    const Colors& c = Theme::colors();
    const QRectF area = QRectF(rect()).adjusted(size::outset, 0, -size::outset, 0);
    const auto place = [this](const QRectF& field) { return mirrored(*this, field); };
    qreal right = area.right();
    paintStatusDot(painter, place({right - size::dot, area.top(), size::dot, area.height()}), m_content.dot);
    right -= size::dot + kWordGap;
    if (m_content.wordShown) {
        const QFont font = Theme::font(TextStyle::Micro);
        const qreal width = textWidth(font, m_content.word);
        drawLine(painter, place({right - width, area.top(), width, area.height()}), m_content.word, font,
                 toneColor(m_content.dot.tone));
        right -= width + kWordGap;
    }
    if (isHovered()) {
        const QRectF chevron =
            place({right - size::icon, area.center().y() - size::icon / 2.0, size::icon, size::icon});
        painter.save();
        if (m_expansion != Expansion::Expanded && layoutDirection() == Qt::RightToLeft) {
            painter.translate(chevron.center());
            painter.scale(-1, 1);
            painter.translate(-chevron.center());
        }
        drawIcon(painter, m_expansion == Expansion::Expanded ? Icon::ChevronDown : Icon::ChevronRight, chevron,
                 c.textMuted);
        painter.restore();
        right -= size::icon + kWordGap;
    }
    const QFont font = Theme::font(TextStyle::Mono);
    const qreal title = std::min<qreal>(textWidth(font, m_content.title), right - area.left());
    drawLine(painter, place({area.left(), area.top(), title, area.height()}), m_content.title, font, c.textPrimary);
    const QString detail = QString(QChar(0x2022)) + u' ' + m_content.detail;
    const qreal gap = textWidth(font, QString(u' '));
    drawLine(painter, place({area.left() + title + gap, area.top(), right - area.left() - title - gap, area.height()}),
             detail, font, c.textSecondary);
}

void AccordionHeader::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const int unfold = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    const int fold = layoutDirection() == Qt::RightToLeft ? Qt::Key_Right : Qt::Key_Left;
    if (event->modifiers() & ~Qt::KeypadModifier)
        PaintedButton::keyPressEvent(event);
    else if (key == unfold || key == fold)
        Q_EMIT expansionWanted(key == unfold ? Expansion::Expanded : Expansion::Collapsed);
    else if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Home || key == Qt::Key_End)
        Q_EMIT stepWanted(key);
    else
        PaintedButton::keyPressEvent(event);
}

AccordionSection::AccordionSection(QWidget* parent) : QWidget(parent), m_header(new AccordionHeader(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, size::hairline);
    column->setSpacing(0);
    column->addWidget(m_header);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_header, &AccordionHeader::expansionWanted, this, &AccordionSection::setExpansion);
}

void AccordionSection::setExpansion(Expansion expansion) {
    if (m_header->expansion() == expansion) return;
    const bool expanded = expansion == Expansion::Expanded;
    if (expanded && m_body == nullptr) {
        m_body = makeBody();
        layout()->addWidget(m_body);
    }
    if (expanded) fillBody();
    if (m_body != nullptr) m_body->setVisible(expanded);
    m_header->setExpansion(expansion);
    Q_EMIT expansionChanged(expansion);
}

void AccordionSection::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect().adjusted(size::outset, 0, -size::outset, 0), Qt::BottomEdge,
               Theme::colors().borderFaint);
}

} // namespace aiva
