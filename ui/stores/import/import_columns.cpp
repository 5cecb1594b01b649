#include "ui/stores/import/import_columns.h"

#include "ui/stores/import/import_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace aiva {

namespace {
constexpr int meaningWidth = 200;
}

ImportColumns::ImportColumns(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(3 * size::grid);
    m_grid->setVerticalSpacing(size::grid);
    m_grid->setColumnStretch(0, 1);
}

void ImportColumns::forget() {
    m_choices.clear();
    m_lines.clear();
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
}

void ImportColumns::setFile(const CsvFileReport& file) {
    m_resource = file.resource;
    QStringList columns;
    for (const auto& [field, column] : file.columns)
        columns << column;
    columns += file.unused;
    const bool isSame =
        columns.size() == qsizetype(m_lines.size()) &&
        std::all_of(m_lines.begin(), m_lines.end(), [&](const Line& line) { return columns.contains(line.column); });
    if (!isSame) {
        const std::vector<CsvChoice> chosen = std::move(m_choices);
        forget();
        m_choices = chosen;
        for (const QString& column : std::as_const(columns))
            addLine(column);
    }
    for (const Line& line : m_lines) {
        const auto found = std::find_if(file.columns.begin(), file.columns.end(),
                                        [&line](const auto& used) { return used.second == line.column; });
        const QSignalBlocker quiet(line.meaning);
        const int index = found == file.columns.end() ? 0 : line.meaning->findData(found->first);
        line.meaning->setCurrentIndex(std::max(0, index));
    }
}

void ImportColumns::addLine(const QString& column) {
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textSecondary, this);
    name->setText(column);
    auto* meaning = new QComboBox(this);
    meaning->setFixedWidth(meaningWidth);
    meaning->setAccessibleName(tr("What the column “%1” means").arg(column));
    meaning->addItem(tr("not used"));
    for (const CsvField field : importFields(m_resource))
        meaning->addItem(importFieldTitle(field), toWord(field));
    const int row = static_cast<int>(m_lines.size());
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(meaning, row, 1);
    name->show();
    meaning->show();
    connect(meaning, &QComboBox::activated, this, [this, column, meaning] { choose(column, meaning->currentData()); });
    m_lines.push_back({column, meaning});
}

// A column means one thing, and a thing comes from one column. One that is not to be used is named too: what was
// recognised of it holds no more.
void ImportColumns::choose(const QString& column, const QVariant& field) {
    const auto wanted = csvFieldFrom(field.toString());
    std::erase_if(m_choices,
                  [&](const CsvChoice& one) { return one.column == column || (wanted && one.field == wanted); });
    m_choices.push_back({wanted, column, m_resource});
    Q_EMIT changed();
}

} // namespace aiva
