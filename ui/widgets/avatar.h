// A person's initials on a quiet square. Decoration: the name beside it is what is read.
#pragma once

#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

// At most two letters of any script, whole graphemes: "JO", "МК", "山" (names without a space give one). From the
// address when the name has no letter; empty when neither has.
QString initialsOf(const QString& name, const QString& email);

class Avatar : public QWidget, public Described {
    Q_OBJECT
public:
    explicit Avatar(QWidget* parent = nullptr);
    void setPerson(const QString& name, const QString& email);
    QString initials() const { return m_initials; }

    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_initials;
};

} // namespace aiva
