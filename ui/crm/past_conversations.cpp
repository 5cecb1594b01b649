#include "ui/crm/past_conversations.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace aiva {
namespace {

constexpr int kRowHeight = 28;
constexpr int kPastGap = 12;

} // namespace

PastConversationRow::PastConversationRow(QWidget* parent) : PaintedButton(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PastConversationRow::setConversation(const QString& subject, const QString& day) {
    setText(subject.isEmpty() ? tr("(no subject)") : subject);
    m_day = day;
    setToolTip(subject);
    setSpokenName(tr("%1, %2", "subject, date").arg(text(), day));
    update();
}

QSize PastConversationRow::sizeHint() const {
    return {160, kRowHeight};
}

void PastConversationRow::paint(QPainter& painter) {
    const Colors& c = Theme::colors();
    const QRectF area = QRectF(rect()).adjusted(size::outset, 0, -size::outset, 0);
    const QFont dayFont = Theme::font(TextStyle::MonoMicro);
    const qreal day = textWidth(dayFont, m_day);
    drawLine(painter, area, m_day, dayFont, c.textMuted, Qt::AlignTrailing);
    const QRectF subject = area.adjusted(0, 0, -day - kPastGap, 0);
    drawLine(painter, mirrored(*this, subject), text(), Theme::font(TextStyle::Meta),
             isHovered() ? c.textPrimary : c.textSecondary);
}

PastConversationList::PastConversationList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    constexpr int side = size::panelPadding - size::outset;
    m_column->setContentsMargins(side, size::panelPadding, side, size::panelPadding);
    m_column->setSpacing(0);
    auto* caption = new ElidedLabel(TextStyle::Micro, &Colors::textMuted, this);
    caption->setText(tr("Past conversations"));
    caption->setContentsMargins(size::outset, 0, size::outset, 0);
    m_column->addWidget(caption);
    m_column->addSpacing(size::grid);
}

void PastConversationList::setConversations(const std::vector<PastConversation>& past, UtcTime now,
                                            const QLocale& locale) {
    m_ids.clear();
    for (size_t i = 0; i < past.size(); ++i) {
        if (m_rows.size() <= i) {
            m_rows.push_back(new PastConversationRow(this));
            m_column->addWidget(m_rows.back());
            connect(m_rows.back(), &PastConversationRow::clicked, this,
                    [this, i] { Q_EMIT conversationRequested(m_ids[i]); });
        }
        m_ids.push_back(past[i].id);
        m_rows[i]->setConversation(past[i].subject, formatOrderDate(past[i].lastMessageAt, now, locale));
        m_rows[i]->show();
    }
    for (size_t i = past.size(); i < m_rows.size(); ++i)
        m_rows[i]->hide();
    setVisible(!past.empty());
}

void PastConversationList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::TopEdge, Theme::colors().borderSubtle);
}

} // namespace aiva
