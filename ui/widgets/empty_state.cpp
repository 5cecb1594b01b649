#include "ui/widgets/empty_state.h"

#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace aiva {
namespace {

constexpr int kReadableWidth = 280;

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextBlock(TextStyle::DenseStrong, &Colors::textPrimary, this))
    , m_whatToDo(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_action(new SubtleButton({}, SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(size::panelPadding, size::panelPadding, size::panelPadding, size::panelPadding);
    column->setSpacing(size::grid);
    column->addStretch(2);
    for (TextBlock* block : {m_title, m_whatToDo}) {
        block->setAlignment(Qt::AlignHCenter);
        block->setMaximumWidth(kReadableWidth);
        // Centred as a block, yet as wide as it may be: a wrapped label alone would shrink to its minimum.
        auto* row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(block, 1000);
        row->addStretch(1);
        column->addLayout(row);
    }
    column->addSpacing(2 * size::grid);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_action, &SubtleButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setContent(const QString& title, const QString& whatToDo, const QString& action) {
    m_title->setText(title);
    m_whatToDo->setText(whatToDo);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

} // namespace aiva
