#include "ui/widgets/reading_order.h"

#include <QWidget>

namespace aiva {

namespace {

bool isBefore(const QWidget& a, const QWidget& b) {
    const QRect first = a.geometry();
    const QRect second = b.geometry();
    const bool sameLine = first.top() < second.bottom() && second.top() < first.bottom();
    if (!sameLine) return first.top() < second.top();
    return a.isRightToLeft() ? first.right() > second.right() : first.left() < second.left();
}

void collect(const QWidget& parent, QList<QWidget*>& found) {
    // Inserted one by one: "before" is no strict order when widgets overlap, and a sort must not mind.
    QList<QWidget*> children;
    for (QObject* object : parent.children()) {
        auto* child = qobject_cast<QWidget*>(object);
        if (child == nullptr || child->isWindow() || child->isHidden()) continue;
        qsizetype place = children.size();
        while (place > 0 && isBefore(*child, *children[place - 1]))
            --place;
        children.insert(place, child);
    }
    for (QWidget* child : children) {
        if ((child->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && child->isEnabled() &&
            child->focusProxy() == nullptr)
            found << child;
        collect(*child, found);
    }
}

} // namespace

QList<QWidget*> readingOrder(const QWidget& root) {
    QList<QWidget*> found;
    collect(root, found);
    return found;
}

bool stepFocus(QWidget& root, bool next) {
    const QList<QWidget*> order = readingOrder(root);
    if (order.isEmpty()) return false;
    const qsizetype at = order.indexOf(root.focusWidget());
    const qsizetype step = next ? 1 : order.size() - 1;
    QWidget* target = at < 0 ? order.front() : order[(at + step) % order.size()];
    target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace aiva
