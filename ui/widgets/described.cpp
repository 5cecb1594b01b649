#include "ui/widgets/described.h"

#include <QAbstractButton>
#include <QAccessibleWidget>

namespace aiva {
namespace {

class DescribedInterface final : public QAccessibleWidget {
public:
    DescribedInterface(QWidget* widget, const Described& described)
        : QAccessibleWidget(widget, described.face().role), m_described(described) {}

    QAccessible::Role role() const override { return m_described.face().role; }

    QString text(QAccessible::Text kind) const override {
        const AccessibleFace face = m_described.face();
        switch (kind) {
        case QAccessible::Name:
            return face.name;
        case QAccessible::Value:
            return face.value;
        case QAccessible::Description:
            return face.description;
        default:
            return QAccessibleWidget::text(kind);
        }
    }

    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        const Expansion expansion = m_described.face().expansion;
        state.expandable = expansion != Expansion::None;
        state.expanded = expansion == Expansion::Expanded;
        state.collapsed = expansion == Expansion::Collapsed;
        if (auto* button = qobject_cast<QAbstractButton*>(widget())) {
            state.pressed = button->isDown();
            state.checkable = button->isCheckable();
            state.checked = button->isChecked();
        }
        return state;
    }

    QStringList actionNames() const override {
        if (!widget()->isEnabled()) return {};
        QStringList names;
        if (qobject_cast<QAbstractButton*>(widget()) != nullptr) names << pressAction();
        return names + QAccessibleWidget::actionNames();
    }

    void doAction(const QString& name) override {
        auto* button = qobject_cast<QAbstractButton*>(widget());
        if (name == pressAction() && button != nullptr && button->isEnabled())
            button->click();
        else
            QAccessibleWidget::doAction(name);
    }

private:
    const Described& m_described;
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    // Called once for each class up the chain; the answer is the same for all of them.
    Q_UNUSED(className)
    auto* widget = qobject_cast<QWidget*>(object);
    const auto* described = dynamic_cast<const Described*>(object);
    return widget != nullptr && described != nullptr ? new DescribedInterface(widget, *described) : nullptr;
}

} // namespace

void describe(QWidget* widget) {
    Q_UNUSED(widget)
    // Installing the same function twice is a no-op.
    QAccessible::installFactory(makeInterface);
}

void announceChange(QWidget* widget, QAccessible::Event event) {
    if (!QAccessible::isActive()) return;
    QAccessibleEvent change(widget, event);
    QAccessible::updateAccessibility(&change);
}

} // namespace aiva
