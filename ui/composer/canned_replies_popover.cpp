#include "ui/composer/canned_replies_popover.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>

#include <numeric>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowWidth = 420;
constexpr int rowHeight = 44;
constexpr int mostRows = 7;
constexpr int cannedPadding = 10;
constexpr int textRole = Qt::UserRole;

class ReplyRowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {rowWidth, rowHeight}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Colors& colors = Theme::colors();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            fillRounded(*painter, QRectF(option.rect), size::radiusChip, colors.selected);
        const QRectF field = QRectF(option.rect).adjusted(cannedPadding, 4, -cannedPadding, -4);
        const QRectF top(field.left(), field.top(), field.width(), field.height() / 2);
        drawLine(*painter, top, index.data(Qt::DisplayRole).toString(), Theme::font(TextStyle::DenseStrong),
                 colors.textPrimary);
        drawLine(*painter, top.translated(0, top.height()), index.data(textRole).toString(),
                 Theme::font(TextStyle::Meta), colors.textSecondary);
        painter->restore();
    }
};

} // namespace

CannedRepliesPopover::CannedRepliesPopover(QWidget* parent) : QFrame(parent, Qt::Popup) {
    setAccessibleName(tr("Canned replies"));
    setObjectName(u"popover"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter canned replies"));
    m_filter->setAccessibleName(tr("Filter canned replies"));
    m_filter->installEventFilter(this);
    m_list = new QListWidget(this);
    m_list->setItemDelegate(new ReplyRowDelegate(m_list));
    m_list->setAccessibleName(tr("Canned replies"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_empty = textLabel({}, TextStyle::Meta, &Colors::textSecondary, this);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(cannedPadding, 4, cannedPadding, 4);
    column->addWidget(m_filter);
    column->addWidget(m_list);
    column->addWidget(m_empty);
    connect(m_filter, &QLineEdit::textChanged, this, &CannedRepliesPopover::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CannedRepliesPopover::choose);
}

void CannedRepliesPopover::setReplies(std::vector<CannedReply> replies) {
    m_replies = std::move(replies);
    fill();
}

void CannedRepliesPopover::fill() {
    const QStringList words = m_filter->text().simplified().split(u' ', Qt::SkipEmptyParts);
    m_list->clear();
    m_shown.clear();
    for (size_t i = 0; i < m_replies.size(); ++i) {
        const QString whole = m_replies[i].name + u' ' + m_replies[i].text;
        const bool fits = std::all_of(words.begin(), words.end(),
                                      [&](const QString& word) { return whole.contains(word, Qt::CaseInsensitive); });
        if (!fits) continue;
        auto* row = new QListWidgetItem(m_replies[i].name, m_list);
        row->setData(textRole, m_replies[i].text.simplified());
        m_shown.push_back(i);
    }
    m_list->setCurrentRow(0);
    m_list->setVisible(!m_shown.empty());
    m_list->setFixedHeight(rowHeight * std::clamp(static_cast<int>(m_shown.size()), 1, mostRows) + 2);
    m_empty->setText(m_replies.empty() ? tr("No canned replies yet. Write the first one in Settings.")
                                       : tr("None fits. Try fewer words."));
    m_empty->setVisible(m_shown.empty());
    setFixedWidth(rowWidth + 16);
    adjustSize();
}

void CannedRepliesPopover::openAbove(const QWidget& anchor) {
    m_filter->clear();
    fill();
    const QPoint corner = anchor.mapToGlobal(QPoint(0, -height() - size::grid));
    move(corner);
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

void CannedRepliesPopover::choose() {
    const int row = m_list->currentRow();
    if (row < 0 || static_cast<size_t>(row) >= m_shown.size()) return;
    const CannedReply reply = m_replies[m_shown[static_cast<size_t>(row)]];
    hide();
    Q_EMIT chosen(reply);
}

bool CannedRepliesPopover::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_filter || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int rows = m_list->count();
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (rows > 0) m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : rows - 1)) % rows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace aiva
