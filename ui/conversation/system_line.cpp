#include "ui/conversation/system_line.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

QString moveWords(const ConversationMoveView& move, UtcTime now) {
    using Kind = ConversationMoveView::Kind;
    const QString subject = move.subject.isEmpty() ? SystemLine::tr("(no subject)") : move.subject;
    const QString text = move.kind == Kind::MergedHere ? SystemLine::tr("Merged with “%1”").arg(subject)
                         : move.kind == Kind::SplitOff ? SystemLine::tr("“%1” was split off").arg(subject)
                                                       : SystemLine::tr("Split from “%1”").arg(subject);
    return SystemLine::tr("%1 · %2", "what, when").arg(text, formatTime(move.at, now, QLocale()));
}

SystemLine::SystemLine(const QString& text, const QString& action, QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_rule(new QWidget(this)) {
    setAccessibleName(text);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * size::grid);
    m_text->setText(text);
    line->addWidget(m_text);
    if (!action.isEmpty()) {
        auto* button = new SubtleButton(action, SubtleButton::Look::Quiet, this);
        button->setSpokenName(action + QStringLiteral(": ") + text);
        connect(button, &SubtleButton::clicked, this, &SystemLine::actionTriggered);
        line->addWidget(button);
    }
    line->addWidget(m_rule, 1);
}

void SystemLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect rule = m_rule->geometry();
    strokeEdge(painter, QRectF(rule.left(), height() / 2.0, rule.width(), 1), Qt::TopEdge,
               Theme::colors().borderSubtle);
}

} // namespace aiva
