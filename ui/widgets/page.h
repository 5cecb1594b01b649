// A quiet page of one column under a heading: outbox, stores, settings, and the messages shown instead of a desk.
#pragma once

#include <QScrollArea>

class QHBoxLayout;
class QVBoxLayout;

namespace aiva {

class Page : public QScrollArea {
    Q_OBJECT
public:
    explicit Page(const QString& title, QWidget* parent = nullptr);

protected:
    QVBoxLayout* column() const { return m_column; }
    // At the trailing end of the heading's line.
    void addToHeading(QWidget* widget);

private:
    QHBoxLayout* m_heading;
    QVBoxLayout* m_column;
};

} // namespace aiva
