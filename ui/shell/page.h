// A quiet page of one centred column under a heading: stores, settings, and the messages shown instead of a desk.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace aiva {

class Page : public QScrollArea {
    Q_OBJECT
public:
    explicit Page(const QString& title, QWidget* parent = nullptr);

protected:
    QVBoxLayout* column() const { return m_column; }

private:
    QVBoxLayout* m_column;
};

} // namespace aiva
