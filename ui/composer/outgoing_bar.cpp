#include "ui/composer/outgoing_bar.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int tickMs = 250;
constexpr int dotSpace = 20;

} // namespace

OutgoingBar::OutgoingBar(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setAccessibleName(tr("On its way out"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(3 * size::grid + dotSpace, 2 * size::grid, 2 * size::grid, 2 * size::grid);
    line->setSpacing(2 * size::grid);
    m_text = new TextBlock(TextStyle::Meta, &Colors::textPrimary, this);
    m_text->setWordWrap(true);
    line->addWidget(m_text, 1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(2 * size::grid);
    line->addLayout(m_buttons);
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &OutgoingBar::showLine);
    hide();
}

void OutgoingBar::setMail(const std::optional<OutboxView>& mail) {
    m_mail = mail && outboxGroup(mail->state) && mail->state != OutboxState::Sent ? mail : std::nullopt;
    setVisible(m_mail.has_value());
    if (!m_mail) {
        m_tick.stop();
        return;
    }
    showLine();
    showActions();
}

void OutgoingBar::setWeather(const OutboxWeather& weather) {
    if (weather == m_weather) return;
    m_weather = weather;
    if (m_mail) setMail(m_mail);
}

bool OutgoingBar::canUndo() const {
    return m_mail && std::find(m_actions.begin(), m_actions.end(), OutboxAction::Undo) != m_actions.end();
}

void OutgoingBar::showLine() {
    const OutboxLine line = outboxLine(*m_mail, m_clock.now(), m_weather);
    QString text = line.state;
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    if (!line.reason.isEmpty()) text += u". "_s + line.reason;
    if (m_text->text() != text) {
        m_text->setText(text);
        update();
    }
    if (line.ticks != m_tick.isActive()) line.ticks ? m_tick.start() : m_tick.stop();
}

void OutgoingBar::showActions() {
    const auto actions = outboxActions(*m_mail, m_weather);
    if (actions == m_actions && m_buttons->count() > 0) return;
    m_actions = actions;
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const OutboxAction action : actions) {
        if (action == OutboxAction::Open) continue; // it is open
        auto* button = new SubtleButton(outboxActionText(action), SubtleButton::Look::Subtle, this);
        connect(button, &QAbstractButton::clicked, this, [this, action] { Q_EMIT actionAsked(action); });
        m_buttons->addWidget(button);
    }
}

void OutgoingBar::paintEvent(QPaintEvent*) {
    if (!m_mail) return;
    QPainter painter(this);
    const Colors& colors = Theme::colors();
    fillRounded(painter, QRectF(rect()), size::radius, colors.hover);
    strokeRounded(painter, QRectF(rect()), size::radius, colors.borderSubtle);
    const UtcTime now = m_clock.now();
    const OutboxLine line = outboxLine(*m_mail, now, m_weather);
    const QRectF dot(3 * size::grid, (height() - size::dot) / 2.0, size::dot, size::dot);
    paintStatusDot(painter, mirrored(*this, dot), line.dot);
    if (!canUndo()) return;
    // What is left of the undo window, shrinking once a second with the words.
    const qint64 whole = std::max<qint64>(1, m_mail->notBefore.ms() - m_mail->queuedAt.ms());
    const qint64 left = std::clamp<qint64>(m_mail->notBefore.ms() - now.ms(), 0, whole);
    const qreal length = (width() - 2.0 * size::radius) * static_cast<qreal>(left) / static_cast<qreal>(whole);
    painter.fillRect(mirrored(*this, {static_cast<qreal>(size::radius), height() - 1.0, length, 1.0}),
                     colors.textSecondary);
}

} // namespace aiva
