#include "ui/crm/match_foot.h"

#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace aiva {
namespace {

constexpr int kFootHeight = 24;
constexpr int kFootSide = 4;

} // namespace

QSize FootButton::sizeHint() const {
    const int icon = m_opens == Opens::Menu ? size::icon : 0;
    return {textWidth(Theme::font(TextStyle::MonoMicro), text()) + 2 * kFootSide + icon, kFootHeight};
}

QSize FootButton::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 40), kFootHeight};
}

AccessibleFace FootButton::face() const {
    AccessibleFace face = PaintedButton::face();
    if (m_opens == Opens::Menu) face.role = QAccessible::ButtonMenu;
    return face;
}

void FootButton::paint(QPainter& painter) {
    const Colors& c = Theme::colors();
    const QColor color = isHovered() || isFocusShown() ? c.textPrimary : c.textMuted;
    const QRectF area = QRectF(rect()).adjusted(kFootSide, 0, -kFootSide, 0);
    const qreal icon = m_opens == Opens::Menu ? size::icon : 0;
    drawLine(painter, mirrored(*this, area.adjusted(0, 0, -icon, 0)), text(), Theme::font(TextStyle::MonoMicro), color);
    if (m_opens == Opens::Menu && (isHovered() || isFocusShown()))
        drawIcon(painter, Icon::ChevronDown,
                 mirrored(*this, {area.right() - icon + 2, area.top(), icon, area.height()}), color);
}

QString matchReason(MatchedBy by, const QString& detail) {
    switch (by) {
    case MatchedBy::None:
        return {};
    case MatchedBy::Email:
        return MatchFoot::tr("matched by e-mail");
    case MatchedBy::Alias:
        return MatchFoot::tr("matched by another address");
    case MatchedBy::Phone:
        return MatchFoot::tr("matched by phone");
    case MatchedBy::Order:
        return detail.isEmpty() ? MatchFoot::tr("matched by order") : MatchFoot::tr("matched by order %1").arg(detail);
    case MatchedBy::Manual:
        return MatchFoot::tr("linked by hand");
    }
    return {};
}

MatchFoot::MatchFoot(QWidget* parent)
    : QWidget(parent), m_reason(new FootButton(this)), m_refresh(new FootButton(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(size::panelPadding - kFootSide, 6, size::panelPadding - kFootSide, 6);
    row->setSpacing(8);
    row->addWidget(m_reason);
    row->addStretch(1);
    row->addWidget(m_refresh);
    m_reason->setOpens(FootButton::Opens::Menu);
    m_refresh->setText(QStringLiteral("F5"));
    m_refresh->setSpokenName(tr("Refresh"));
    m_refresh->setToolTip(tr("Refresh"));
    connect(m_reason, &FootButton::clicked, this, &MatchFoot::openMenu);
    connect(m_refresh, &FootButton::clicked, this, &MatchFoot::refreshRequested);
}

void MatchFoot::setMatch(MatchedBy by, const QString& detail, CrmPanelState::Link link) {
    m_link = link;
    const QString reason = matchReason(by, detail);
    m_reason->setText(reason);
    m_reason->setToolTip(detail);
    m_reason->setSpokenName(tr("%1. Correct the match").arg(reason));
    m_reason->updateGeometry();
    m_reason->setVisible(!reason.isEmpty());
}

void MatchFoot::clearMatch() {
    m_reason->hide();
}

void MatchFoot::openMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Not this person…")), &QAction::triggered, this, &MatchFoot::unlinkRequested);
    if (m_link == CrmPanelState::Link::Corrected)
        connect(menu->addAction(tr("Undo: match automatically")), &QAction::triggered, this, &MatchFoot::undoRequested);
    menu->popup(m_reason->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

} // namespace aiva
