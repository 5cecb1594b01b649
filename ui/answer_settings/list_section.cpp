#include "ui/answer_settings/list_section.h"

#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

ListSection::ListSection(const QString& title, const QString& whatFor, const QString& add, QWidget* parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
    , m_whatFor(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_add(new SubtleButton(add, SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    auto* head = new QHBoxLayout;
    auto* heading = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    heading->setText(title);
    head->addWidget(heading, 1);
    head->addWidget(m_add);
    m_add->setVisible(!add.isEmpty());
    column->addLayout(head);
    m_whatFor->setText(whatFor);
    column->addWidget(m_whatFor);
    m_list->setSpacing(0);
    column->addLayout(m_list);
    connect(m_add, &QAbstractButton::clicked, this, &ListSection::addAsked);
}

void ListSection::setLines(const std::vector<Line>& lines) {
    m_names.clear();
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its button may be the one that asked
        delete item;
    }
    for (const Line& line : lines) {
        m_names.append(line.name);
        QWidget* made = makeLine(line);
        m_list->addWidget(made);
        made->show(); // now, not one round of events later: nothing is seen half laid out
    }
}

QWidget* ListSection::makeLine(const Line& line) {
    auto* widget = new QWidget(this);
    auto* across = new QHBoxLayout(widget);
    across->setContentsMargins(0, size::grid, 0, size::grid);
    across->setSpacing(3 * size::grid);
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, widget);
    name->setText(line.name);
    name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* text = new ElidedLabel(TextStyle::Meta, &Colors::textMuted, widget);
    text->setText(line.text.simplified());
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* meta = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, widget);
    meta->setText(line.meta);
    across->addWidget(name);
    across->addWidget(text, 1);
    across->addWidget(meta);
    const auto addButton = [&](const QString& word, const QString& spoken, const std::function<void()>& pressed) {
        if (!pressed) return;
        auto* button = new SubtleButton(word, SubtleButton::Look::Quiet, widget);
        button->setSpokenName(spoken);
        connect(button, &QAbstractButton::clicked, this, pressed);
        across->addWidget(button);
    };
    addButton(line.action, line.action + QLatin1Char(' ') + line.name, line.act);
    addButton(tr("Edit"), tr("Edit %1").arg(line.name), line.edit);
    addButton(tr("Remove"), tr("Remove %1").arg(line.name), line.remove);
    return widget;
}

} // namespace aiva
