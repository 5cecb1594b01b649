#include "core/domain/answering/named_orders.h"

#include <algorithm>

namespace aiva {

namespace {

QString plainName(const QString& order) {
    return (order.startsWith(u'#') ? order.mid(1) : order).toUpper();
}

bool isOneOf(const QString& order, const QStringList& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const QString& name) { return plainName(name) == plainName(order); });
}

} // namespace

NamedOrders namedOrdersOf(const FactSet& facts, const QStringList& named) {
    NamedOrders found;
    QStringList own;
    for (const QString& name : facts.orderNames)
        if (isOneOf(name, named)) own.append(name);
    found.namesOther =
        std::any_of(named.begin(), named.end(), [&](const QString& name) { return !isOneOf(name, facts.orderNames); });
    if (named.isEmpty() && isOneOf(facts.subjectOrder, facts.orderNames)) own = {facts.subjectOrder};
    if (named.isEmpty() && own.isEmpty()) own = facts.orderNames;
    found.candidates = static_cast<int>(own.size());
    // A mail that names none and whose subject the facts leave open is not clear, even with a single order.
    const bool isSaid = !named.isEmpty() || !facts.subjectOrder.isEmpty();
    if (own.size() == 1 && isSaid) found.only = own.first();
    return found;
}

} // namespace aiva
