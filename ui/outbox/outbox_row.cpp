#include "ui/outbox/outbox_row.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int outboxTextInset = 18; // where the text stands behind the dot
constexpr int vertical = 10;
} // namespace

OutboxRowView::OutboxRowView(QWidget* parent)
    : QWidget(parent)
    , m_dot(new StatusDot(this))
    , m_subject(new ElidedLabel(TextStyle::DenseStrong, &Colors::textPrimary, this))
    , m_automatic(new Chip(tr("Automatic"), Tone::Neutral, ChipLook::Outline, this))
    , m_state(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_addresses(new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this))
    , m_snippet(new ElidedLabel(TextStyle::Meta, &Colors::textMuted, this))
    , m_reason(new TextBlock(TextStyle::Meta, &Colors::textPrimary, this)) {
    describe(this);
    build();
}

void OutboxRowView::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, vertical, 0, vertical + size::hairline);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    m_state->setAlignment(Qt::AlignTrailing);
    m_subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_state->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    head->addWidget(m_dot);
    head->addWidget(m_subject, 1);
    head->addWidget(m_automatic);
    head->addWidget(m_state);
    column->addLayout(head);

    auto* body = new QHBoxLayout;
    body->setContentsMargins(outboxTextInset, 0, 0, 0);
    body->setSpacing(4 * size::grid);
    auto* text = new QVBoxLayout;
    text->setSpacing(0);
    for (ElidedLabel* line : {m_addresses, m_snippet}) {
        line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        text->addWidget(line);
    }
    body->addLayout(text, 1);
    m_buttonLine = new QHBoxLayout;
    m_buttonLine->setSpacing(6);
    body->addLayout(m_buttonLine);
    column->addLayout(body);
    m_reason->setContentsMargins(outboxTextInset, 2, 0, 0);
    column->addWidget(m_reason);
}

void OutboxRowView::setMail(const OutboxView& mail, UtcTime now, const OutboxWeather& weather) {
    m_mail = mail;
    m_subject->setText(mail.subject.isEmpty() ? tr("(no subject)") : mail.subject.simplified());
    m_automatic->setVisible(mail.isAutomatic);
    m_addresses->setText(outboxAddresses(mail));
    m_snippet->setText(mail.snippet.simplified());
    m_snippet->setVisible(outboxGroup(mail.state) != OutboxGroup::Sent && !mail.snippet.isEmpty());
    showActions(weather);
    showLine(outboxLine(mail, now, weather));
}

bool OutboxRowView::tick(UtcTime now, const OutboxWeather& weather) {
    showActions(weather);
    showLine(outboxLine(m_mail, now, weather));
    return m_line.ticks;
}

void OutboxRowView::showLine(const OutboxLine& line) {
    if (m_line == line) return;
    m_line = line;
    m_dot->setStatus(line.dot, line.state);
    m_state->setText(line.state);
    m_reason->setText(line.reason);
    m_reason->setVisible(!line.reason.isEmpty());
    // A countdown is not read out every second; who asks hears where it stands.
    if (!line.ticks) announceChange(this, QAccessible::NameChanged);
}

// Buttons stay the same objects while they are offered: the keyboard keeps its place.
void OutboxRowView::showActions(const OutboxWeather& weather) {
    const std::vector<OutboxAction> offered = outboxActions(m_mail, weather);
    for (auto& [action, button] : m_buttons)
        button->setVisible(std::find(offered.begin(), offered.end(), action) != offered.end());
    for (size_t i = 0; i < offered.size(); ++i) {
        SubtleButton*& button = m_buttons[offered[i]];
        if (button == nullptr) {
            const bool isQuiet = offered[i] == OutboxAction::Open;
            button = new SubtleButton(outboxActionText(offered[i]),
                                      isQuiet ? SubtleButton::Look::Quiet : SubtleButton::Look::Subtle, this);
            connect(button, &QAbstractButton::clicked, this, [this, action = offered[i]] { Q_EMIT asked(action); });
        }
        button->setSpokenName(u"%1: %2"_s.arg(button->text(), m_subject->text()));
        if (m_buttonLine->itemAt(static_cast<int>(i)) == nullptr ||
            m_buttonLine->itemAt(static_cast<int>(i))->widget() != button)
            m_buttonLine->insertWidget(static_cast<int>(i), button, 0, Qt::AlignTop);
        button->show();
    }
}

SubtleButton* OutboxRowView::button(OutboxAction action) const {
    const auto found = m_buttons.find(action);
    return found == m_buttons.end() || found->second->isHidden() ? nullptr : found->second;
}

AccessibleFace OutboxRowView::face() const {
    QStringList words{m_subject->text(), m_addresses->text()};
    if (m_mail.isAutomatic) words << m_automatic->text();
    words << m_line.state.simplified();
    return {QAccessible::ListItem, words.join(u", "_s), m_line.state.simplified(), m_line.reason, Expansion::None};
}

void OutboxRowView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::BottomEdge, Theme::colors().borderFaint);
}

} // namespace aiva
