// Which column of a file means what, one line a column, to be put right by hand. Shows what was recognised; says what a
// person chose.
#pragma once

#include "core/desk/stores/store_desk.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;

namespace aiva {

class ImportColumns final : public QWidget {
    Q_OBJECT
public:
    explicit ImportColumns(QWidget* parent = nullptr);

    // The same file again keeps its lines, and the focus where it is.
    void setFile(const CsvFileReport& file);
    // Everything a person changed of this file; what was recognised otherwise is not named.
    const std::vector<CsvChoice>& choices() const { return m_choices; }
    void forget();

Q_SIGNALS:
    void changed();

private:
    struct Line {
        QString column;
        QComboBox* meaning = nullptr;
    };
    void addLine(const QString& column);
    void choose(const QString& column, const QVariant& field);

    QGridLayout* m_grid;
    Resource m_resource = Resource::Customers;
    std::vector<Line> m_lines;
    std::vector<CsvChoice> m_choices;
};

} // namespace aiva
