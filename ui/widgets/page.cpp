#include "ui/widgets/page.h"

#include "ui/widgets/line_label.h"
#include "ui/widgets/overlay_bar.h"

#include <QBoxLayout>

namespace aiva {

namespace {
constexpr int columnWidth = 640;
}

Page::Page(const QString& title, QWidget* parent) : QScrollArea(parent) {
    setAccessibleName(title);
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new OverlayBar(*this);
    auto* content = new QWidget;
    auto* line = new QHBoxLayout(content);
    line->setContentsMargins(size::threadPadding, 0, size::threadPadding, size::threadPadding);
    auto* middle = new QWidget;
    middle->setMaximumWidth(columnWidth);
    m_column = new QVBoxLayout(middle);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(3 * size::grid);
    auto* heading = textLabel(title, TextStyle::Title, &Colors::textPrimary);
    heading->setFixedHeight(size::bar);
    m_heading = new QHBoxLayout;
    m_heading->setSpacing(2 * size::grid);
    m_heading->addWidget(heading);
    m_heading->addStretch();
    m_column->addLayout(m_heading);
    line->addWidget(middle, 1);
    line->addStretch();
    setWidget(content);
}

void Page::addToHeading(QWidget* widget) {
    m_heading->addWidget(widget);
}

} // namespace aiva
