#include "ui/shell/keys_sheet.h"

#include "ui/shell/actions.h"
#include "ui/theme/painting.h"
#include "ui/widgets/line_label.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

KeysSheet::KeysSheet(QWidget* parent) : QDialog(parent, Qt::Dialog) {
    setWindowTitle(tr("Keys"));
    setAccessibleName(tr("Keys"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(7 * size::grid, 6 * size::grid, 7 * size::grid, 6 * size::grid);
    grid->setHorizontalSpacing(8 * size::grid);
    grid->setVerticalSpacing(2 * size::grid);
    grid->setSizeConstraint(QLayout::SetFixedSize);
    int row = 0;
    QString group;
    QStringList spoken;
    for (const ActionSpec& spec : deskActions()) {
        const QString next = QCoreApplication::translate("Keys", spec.group);
        if (next != group) {
            if (row > 0) grid->setRowMinimumHeight(row++, size::grid);
            grid->addWidget(textLabel(next, TextStyle::Micro, &Colors::textMuted, this), row++, 0, 1, 2);
            group = next;
        }
        const QString text = QCoreApplication::translate("Keys", spec.text);
        const QString shown = QString::fromUtf8(spec.shown);
        grid->addWidget(textLabel(text, TextStyle::Dense, &Colors::textPrimary, this), row, 0);
        grid->addWidget(textLabel(shown, TextStyle::MonoMeta, &Colors::textSecondary, this), row++, 1, Qt::AlignRight);
        spoken << tr("%1: %2").arg(shown, text);
    }
    setAccessibleDescription(spoken.join(u"; "_s));
}

void KeysSheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().popover);
    strokeRounded(painter, rect(), 0, Theme::colors().borderSubtle);
}

} // namespace aiva
