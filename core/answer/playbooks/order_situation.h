// How things stand with the order a mail is about, as far as playbooks ask: derived from facts alone. Pure.
#pragma once

#include "core/answer/playbooks/playbook.h"
#include "core/answer/playbooks/playbook_case.h"

#include <QTimeZone>

#include <optional>
#include <vector>

namespace aiva {

struct OrderSituation {
    OrderKnown known = OrderKnown::Unknown;
    QString order;                      // empty unless known
    std::optional<OrderStage> stage;    // absent: a status no playbook speaks of
    QStringList stageFacts;             // ids of what says so
    std::optional<ParcelCount> parcels; // absent: none
    std::optional<TrackingKnown> tracking;
    std::optional<OrderAge> age;
    ReturnWindow returnWindow = ReturnWindow::Unknown;
};

OrderSituation situationOf(const PlaybookCase& playbookCase);
bool fits(const PlaybookConditions& conditions, Intent intent, const OrderSituation& situation);

// The fact that says how long packing takes; null when none does.
const Fact* handlingTimeFact(const FactSet& facts);
// Numbers of the order's parcels, ascending.
std::vector<int> parcelsOf(const FactSet& facts, const QString& order);
// Null when the parcel has none.
const Fact* parcelFact(const FactSet& facts, const QString& order, int parcel, FactKind kind);
QTimeZone zoneOf(const FactSet& facts);

} // namespace aiva
