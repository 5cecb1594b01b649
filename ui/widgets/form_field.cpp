#include "ui/widgets/form_field.h"

#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace aiva {

FormField::FormField(const QString& label, QWidget* input, const QString& hint, QWidget* parent)
    : QWidget(parent)
    , m_input(input)
    , m_label(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_below(new TextBlock(TextStyle::Micro, &Colors::textMuted, this))
    , m_wrong(new TextBlock(TextStyle::Meta, &Colors::warning, this))
    , m_hint(hint) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    m_label->setBuddy(input);
    column->addWidget(m_label);
    column->addWidget(input);
    column->addWidget(m_below);
    column->addWidget(m_wrong);
    setLabel(label);
    showBelow();
}

void FormField::setLabel(const QString& label) {
    m_label->setText(label);
    m_input->setAccessibleName(label);
}

void FormField::setHint(const QString& hint) {
    m_hint = hint;
    showBelow();
}

void FormField::setTrouble(const QString& trouble) {
    m_trouble = trouble;
    showBelow();
}

void FormField::showBelow() {
    m_below->setText(m_hint);
    m_below->setVisible(m_trouble.isEmpty() && !m_hint.isEmpty());
    m_wrong->setText(m_trouble);
    m_wrong->setVisible(!m_trouble.isEmpty());
    m_input->setAccessibleDescription(m_trouble.isEmpty() ? m_hint : m_trouble);
}

} // namespace aiva
