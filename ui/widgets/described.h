// How a painted widget tells assistive technology what it is. A widget inherits Described, answers face(), and calls
// describe(this) in its constructor; the accessible interface is then made from it.
#pragma once

#include <QAccessible>
#include <QString>

class QWidget;

namespace aiva {

enum class Expansion { None, Collapsed, Expanded };

struct AccessibleFace {
    QAccessible::Role role = QAccessible::StaticText;
    QString name;
    QString value;
    QString description;
    Expansion expansion = Expansion::None;
};

class Described {
public:
    virtual ~Described() = default;
    virtual AccessibleFace face() const = 0;
};

// Installs the factory on first use. Buttons keep press and focus as their actions.
void describe(QWidget* widget);
// Tells listeners that name or value is another now; does nothing when nobody listens.
void announceChange(QWidget* widget, QAccessible::Event event);

} // namespace aiva
