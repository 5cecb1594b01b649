#include "ui/inbox/search_row_delegate.h"

#include "ui/models/relative_time.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace aiva {

namespace {

constexpr int headingHeight = 32;
constexpr int hitHeight = 56;
constexpr int iconSide = 14;
constexpr int searchLine = 18;

// The parts one after another; those that matched in full brightness.
void drawParts(QPainter& painter, const QRectF& rect, const QString& snippet, const QFont& font) {
    const Colors& colors = Theme::colors();
    QRectF rest = rect;
    for (const SnippetPart& part : snippetParts(snippet)) {
        if (rest.width() <= 0) return;
        const qreal used =
            drawLine(painter, rest, part.text, font, part.matched ? colors.textPrimary : colors.textSecondary);
        rest.setLeft(rest.left() + qMax(used, QFontMetricsF(font).horizontalAdvance(part.text)));
    }
}

} // namespace

SearchRowDelegate::SearchRowDelegate(const SearchModel& model, const Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model), m_clock(clock) {}

QSize SearchRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {size::inboxMinimum, m_model.entry(index.row()).hit ? hitHeight : headingHeight};
}

void SearchRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    const SearchModel::Entry& entry = m_model.entry(index.row());
    if (entry.hit) {
        paintHit(*painter, option, *entry.hit);
    } else {
        const QRectF text = QRectF(option.rect).adjusted(iconSide, 2 * size::grid, -iconSide, 0);
        drawLine(*painter, text, entry.heading, Theme::font(TextStyle::Micro), Theme::colors().textMuted);
    }
    painter->restore();
}

void SearchRowDelegate::paintHit(QPainter& painter, const QStyleOptionViewItem& option, const SearchHit& hit) const {
    const Colors& colors = Theme::colors();
    const QRect& rect = option.rect;
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(rect, colors.selected);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(rect, colors.hover);
    strokeEdge(painter, rect, Qt::BottomEdge, colors.borderFaint);
    const QRectF box = QRectF(rect).adjusted(iconSide, 10, -iconSide, 0);
    const QFont micro = Theme::font(TextStyle::MonoMicro);
    const QString age = ageText(hit.at, m_clock.now());
    const QRectF first(box.left(), box.top(), box.width(), searchLine);
    drawLine(painter, first, age, micro, colors.textMuted, Qt::AlignTrailing);
    const bool isOrder = hit.kind == SearchHit::Kind::Order;
    drawLine(painter, first.adjusted(0, 0, -textWidth(micro, age) - 2 * size::grid, 0), hit.title,
             Theme::font(isOrder ? TextStyle::Mono : TextStyle::Dense), colors.textPrimary);
    drawParts(painter, QRectF(box.left(), box.top() + searchLine, box.width(), searchLine), hit.snippet,
              Theme::font(TextStyle::Meta));
}

} // namespace aiva
