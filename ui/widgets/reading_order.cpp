#include "ui/widgets/reading_order.h"

#include <QScrollArea>
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

bool isReachable(const QWidget& widget) {
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget.isEnabled() &&
           widget.focusProxy() == nullptr;
}

// What has the focus keeps its place, also when it can be reached no more.
void collect(const QWidget& parent, QWidget* focused, QList<QWidget*>& found) {
    // Inserted one by one: "before" is no strict order when widgets overlap, and a sort must not mind.
    QList<QWidget*> children;
    for (QObject* object : parent.children()) {
        auto* child = qobject_cast<QWidget*>(object);
        if (child == nullptr || child->isWindow()) continue;
        const bool leadsToFocus = focused != nullptr && (child == focused || child->isAncestorOf(focused));
        if (child->isHidden() && !leadsToFocus) continue;
        qsizetype place = children.size();
        while (place > 0 && isBefore(*child, *children[place - 1]))
            --place;
        children.insert(place, child);
    }
    for (QWidget* child : children) {
        if (child->isHidden()) { // of it only the focus counts
            found << focused;
            continue;
        }
        if (child == focused || isReachable(*child)) found << child;
        collect(*child, focused, found);
    }
}

} // namespace

bool stepFocus(QWidget& root, bool next) {
    QWidget* focused = root.focusWidget();
    QList<QWidget*> order;
    collect(root, focused, order);
    const qsizetype at = order.indexOf(focused);
    const bool isGone = at >= 0 && (!focused->isEnabled() || !focused->isVisibleTo(&root));
    if (order.size() <= (isGone ? 1 : 0)) return false;
    const bool staysNear = isGone && at == order.size() - 1; // around the end is far away
    const qsizetype step = next && !staysNear ? 1 : order.size() - 1;
    QWidget* target = at < 0 ? order.front() : order[(at + step) % order.size()];
    target->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    bringIntoView(*target);
    return true;
}

void bringIntoView(QWidget& widget) {
    for (QWidget* around = widget.parentWidget(); around != nullptr; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(&widget);
}

} // namespace aiva
