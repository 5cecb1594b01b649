#include "core/domain/answering/return_window.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

std::optional<int> windowDays(const FactSet& facts) {
    const Fact* window = returnWindowFact(facts);
    if (!window) return kReturnWindowDays;
    static const QRegularExpression shape(uR"(\A\s*(\d{1,4})(?:\s*days?)?\s*\z)"_s);
    const QRegularExpressionMatch match = shape.match(window->value);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

} // namespace

const Fact* returnWindowFact(const FactSet& facts) {
    const auto found = std::find_if(facts.facts.begin(), facts.facts.end(), [](const Fact& fact) {
        return fact.kind == FactKind::Policy && fact.label == "return_window"_L1;
    });
    return found == facts.facts.end() ? nullptr : &*found;
}

ReturnWindow returnWindowOf(const FactSet& facts, const QString& order, UtcTime now) {
    const auto days = windowDays(facts);
    if (order.isEmpty() || !days) return ReturnWindow::Unknown;
    const Fact* start = facts.latestOfOrder(order, FactKind::DeliveredAt); // of several parcels the last one counts
    if (!start) start = facts.latestOfOrder(order, FactKind::OrderDate);
    if (!start) return ReturnWindow::Unknown;
    QTimeZone zone(facts.timeZone.toUtf8());
    if (!zone.isValid()) zone = QTimeZone::utc();
    const auto dateOf = [&](UtcTime time) { return QDateTime::fromMSecsSinceEpoch(time.ms(), zone).date(); };
    return dateOf(*start->time).addDays(*days) >= dateOf(now) ? ReturnWindow::Inside : ReturnWindow::Outside;
}

} // namespace aiva
