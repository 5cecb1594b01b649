#include "ui/inbox/inbox_row_delegate.h"

#include "ui/answering/answer_text.h"
#include "ui/models/relative_time.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/avatar.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

enum class Cut { Never, AtTheEnd }; // words that do not fit: left out, or cut

constexpr int left = 22;
constexpr int right = 14;
constexpr int top = 10;
constexpr int line = 18;
constexpr int chipGap = 5;
constexpr int chipHeight = 18;
constexpr int chipPadding = 6;
constexpr int markDiameter = 5;
constexpr int initialsPadding = 4;

QString oneLine(const QString& text) {
    return text.simplified();
}

} // namespace

InboxRowDelegate::InboxRowDelegate(const InboxModel& model, const Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_clock(clock)
    , m_dense(Theme::font(TextStyle::Dense))
    , m_denseStrong(Theme::font(TextStyle::DenseStrong))
    , m_micro(Theme::font(TextStyle::Micro))
    , m_monoMicro(Theme::font(TextStyle::MonoMicro)) {}

QSize InboxRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {size::inboxMinimum, rowHeight};
}

void InboxRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    paintGround(*painter, option);
    if (const auto row = m_model.rowAt(index.row())) {
        const QRect box = option.rect.adjusted(left, top, -right, 0);
        if (row->unreadCount > 0) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(Theme::colors().focus);
            painter->drawEllipse(QRect(option.rect.left() + 9, box.top() + 6, markDiameter, markDiameter));
            painter->setRenderHint(QPainter::Antialiasing, false);
        }
        paintText(*painter, box, *row);
        paintChips(*painter, QRect(box.left(), box.top() + 3 * line + 6, box.width(), chipHeight), *row);
    }
    painter->restore();
}

void InboxRowDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option) const {
    const Colors& colors = Theme::colors();
    const QRect& rect = option.rect;
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(rect, colors.selected);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(rect, colors.hover);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), size::hairline), colors.borderFaint);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setPen(QPen(colors.focus, size::focusRing));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(1, 1, -1, -2));
    }
}

void InboxRowDelegate::paintText(QPainter& painter, const QRect& box, const InboxRow& row) const {
    const Colors& colors = Theme::colors();
    const auto lineRect = [&](int number) { return QRect(box.left(), box.top() + number * line, box.width(), line); };
    const auto draw = [&](const QRect& rect, const QFont& font, const QColor& color, const QString& text) {
        painter.setFont(font);
        painter.setPen(color);
        const QString fitted = QFontMetrics(font).elidedText(oneLine(text), Qt::ElideRight, rect.width());
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, fitted);
    };

    const QString age = ageText(row.lastMessageAt, m_clock.now());
    const int ageWidth = QFontMetrics(m_monoMicro).horizontalAdvance(age);
    painter.setFont(m_monoMicro);
    painter.setPen(colors.textMuted);
    painter.drawText(lineRect(0), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, age);

    const QString name = row.fromName.isEmpty() ? row.fromEmail : row.fromName;
    draw(lineRect(0).adjusted(0, 0, -ageWidth - 2 * size::grid, 0), row.unreadCount > 0 ? m_denseStrong : m_dense,
         colors.textPrimary, name);
    draw(lineRect(1), m_dense, colors.textPrimary, row.subject.isEmpty() ? tr("(no subject)") : row.subject);
    draw(lineRect(2), m_dense, colors.textSecondary, row.snippet);
}

// Who has it, at the end of the line; mine in the primary colour. Returns what is left of the line.
QRect InboxRowDelegate::paintAssignee(QPainter& painter, const QRect& lineBox, const InboxRow& row) const {
    if (row.assigneeSlot == 0) return lineBox;
    const Colors& colors = Theme::colors();
    QString initials = initialsOf(row.assigneeName, {});
    if (initials.isEmpty()) initials = QString::number(row.assigneeSlot);
    const int width = qMax(chipHeight, QFontMetrics(m_micro).horizontalAdvance(initials) + 2 * initialsPadding);
    const QRect box(lineBox.right() - width + 1, lineBox.top(), width, chipHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(row.isMine ? colors.selected : colors.avatar);
    painter.drawRoundedRect(box, size::radiusChip, size::radiusChip);
    painter.setFont(m_micro);
    painter.setPen(row.isMine ? colors.textPrimary : colors.textSecondary);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, initials);
    return lineBox.adjusted(0, 0, -width - chipGap, 0);
}

void InboxRowDelegate::paintChips(QPainter& painter, const QRect& whole, const InboxRow& row) const {
    const Colors& colors = Theme::colors();
    const QRect lineBox = paintAssignee(painter, whole, row);
    int x = lineBox.left();
    const auto chip = [&](const QString& text, const QColor& color) {
        const QFontMetrics metrics(m_micro);
        const QString fitted = metrics.elidedText(text, Qt::ElideRight, lineBox.width() / 2);
        const QRect box(x, lineBox.top(), metrics.horizontalAdvance(fitted) + 2 * chipPadding, chipHeight);
        if (box.right() > lineBox.right()) return;
        strokeRounded(painter, box, size::radiusChip, colors.borderSubtle);
        painter.setFont(m_micro);
        painter.setPen(color);
        painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, fitted);
        x = box.right() + 1 + chipGap;
    };
    const auto words = [&](const QString& full, const QColor& color, Cut cut) {
        const QFontMetrics metrics(m_monoMicro);
        const QString text = metrics.elidedText(full, Qt::ElideRight, lineBox.right() - x);
        const int width = metrics.horizontalAdvance(text);
        if (text != full && (text.size() < 4 || cut == Cut::Never)) return;
        painter.setFont(m_monoMicro);
        painter.setPen(color);
        painter.drawText(QRect(x, lineBox.top(), width + 1, chipHeight), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += width + 2 * chipGap;
    };

    if (row.precedence == Precedence::Vip) chip(tr("VIP"), colors.warning);
    if (row.hasDraft) chip(tr("Draft"), colors.textPrimary);
    const bool isOpen = row.customerSpokeLast && row.status == ConversationStatus::Open && !row.hasDraft;
    if (isOpen && row.answerState == "ready"_L1) chip(tr("✓ Ready"), colors.ok);
    if (isOpen && row.answerState == "check"_L1) chip(tr("Check"), colors.warning);
    if (isOpen && row.answerState == "blocked"_L1) chip(tr("Needs you"), colors.textSecondary);
    if (isOpen && row.intent && *row.intent != Intent::Other) chip(intentText(*row.intent), colors.textSecondary);
    if (row.outgoing == Outgoing::OnItsWay) chip(tr("→ Sending"), colors.textPrimary);
    if (row.outgoing == Outgoing::NeedsYou) chip(tr("! Held"), colors.warning);
    if (!row.storeName.isEmpty()) chip(row.storeName, colors.textSecondary);
    if (!row.answering.isEmpty())
        words(tr("%1 is answering").arg(row.answering), colors.warning, Cut::AtTheEnd);
    else if (row.status == ConversationStatus::Done)
        words(tr("✓ done"), colors.textSecondary, Cut::Never);
    else if (row.customerSpokeLast)
        words(tr("waiting %1").arg(waitingText(row.lastMessageAt, m_clock.now())), colors.textSecondary, Cut::Never);
    else
        words(tr("↩ replied"), colors.textSecondary, Cut::Never);
}

} // namespace aiva
