#include "core/answer/playbooks/order_situation.h"

#include "core/answer/playbooks/spoken_time.h"
#include "core/domain/answering/named_orders.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// One that is somebody else's is as unknown as one that never was.
void findOrder(const PlaybookCase& playbookCase, OrderSituation& situation) {
    const NamedOrders named = namedOrdersOf(playbookCase.facts, playbookCase.namedOrders);
    situation.order = named.only;
    if (!named.only.isEmpty())
        situation.known = OrderKnown::Known;
    else if (named.candidates > 0)
        situation.known = OrderKnown::Unclear;
}

QString statusOf(const FactSet& facts, const QString& order, FactKind kind) {
    const auto found = facts.ofOrder(order, kind);
    return found.empty() ? QString() : found.front()->value.toUpper();
}

bool allDelivered(const FactSet& facts, const QString& order) {
    const std::vector<int> parcels = parcelsOf(facts, order);
    return !parcels.empty() && std::all_of(parcels.begin(), parcels.end(), [&](int parcel) {
        return parcelFact(facts, order, parcel, FactKind::DeliveredAt);
    });
}

// Nobody packs what is not paid for, or paid back.
bool isBeingPacked(const FactSet& facts, const QString& order) {
    static const QStringList open{u"UNFULFILLED"_s, u"IN_PROGRESS"_s, u"OPEN"_s};
    static const QStringList paid{u"PAID"_s, u"AUTHORIZED"_s, u"PROCESSING"_s};
    return open.contains(statusOf(facts, order, FactKind::FulfillmentStatus)) &&
           paid.contains(statusOf(facts, order, FactKind::FinancialStatus));
}

void findStage(const FactSet& facts, OrderSituation& situation) {
    const QString& order = situation.order;
    if (!facts.ofOrder(order, FactKind::CancelledAt).empty()) {
        situation.stage = OrderStage::Cancelled;
        return;
    }
    const QString status = statusOf(facts, order, FactKind::FulfillmentStatus);
    if (status == u"FULFILLED"_s)
        situation.stage = allDelivered(facts, order) ? OrderStage::Delivered : OrderStage::Shipped;
    else if (status == u"PARTIALLY_FULFILLED"_s || status == u"PARTIAL"_s)
        situation.stage = OrderStage::Partial;
    else if (isBeingPacked(facts, order))
        situation.stage = OrderStage::Unfulfilled;
    if (situation.stage) situation.stageFacts = {facts.ofOrder(order, FactKind::FulfillmentStatus).front()->id};
}

void findParcels(const FactSet& facts, OrderSituation& situation) {
    const std::vector<int> parcels = parcelsOf(facts, situation.order);
    if (!parcels.empty()) situation.parcels = parcels.size() == 1 ? ParcelCount::One : ParcelCount::Several;
    const auto has = [&](int parcel, FactKind kind) { return parcelFact(facts, situation.order, parcel, kind); };
    const bool isComplete = std::all_of(parcels.begin(), parcels.end(), [&](int parcel) {
        return has(parcel, FactKind::Carrier) && has(parcel, FactKind::TrackingNumber) &&
               has(parcel, FactKind::TrackingUrl);
    });
    if (isComplete && !parcels.empty()) situation.tracking = TrackingKnown::Complete;
    // Of an order known in outline only, without its items, nobody can say that its parcels have no number.
    const bool isWhole = !facts.ofOrder(situation.order, FactKind::Item).empty();
    if (isWhole && facts.ofOrder(situation.order, FactKind::TrackingNumber).empty())
        situation.tracking = TrackingKnown::Missing;
}

void findAge(const PlaybookCase& playbookCase, OrderSituation& situation) {
    const Fact* ordered = playbookCase.facts.latestOfOrder(situation.order, FactKind::OrderDate);
    const Fact* handling = handlingTimeFact(playbookCase.facts);
    const auto duration = handling ? durationFrom(handling->value) : std::nullopt;
    if (!ordered || !duration) return;
    const bool isYoung = playbookCase.now < endOf(*duration, *ordered->time, zoneOf(playbookCase.facts));
    situation.age = isYoung ? OrderAge::WithinHandlingTime : OrderAge::Late;
}

} // namespace

OrderSituation situationOf(const PlaybookCase& playbookCase) {
    OrderSituation situation;
    findOrder(playbookCase, situation);
    if (situation.known != OrderKnown::Known) return situation;
    findStage(playbookCase.facts, situation);
    findParcels(playbookCase.facts, situation);
    findAge(playbookCase, situation);
    situation.returnWindow = returnWindowOf(playbookCase.facts, situation.order, playbookCase.now);
    return situation;
}

bool fits(const PlaybookConditions& conditions, Intent intent, const OrderSituation& situation) {
    const auto holds = [](const auto& wanted, const auto& found) { return !wanted || found == wanted; };
    const auto contains = [](const auto& list, const auto& value) {
        return std::find(list.begin(), list.end(), value) != list.end();
    };
    const bool stageFits =
        conditions.stages.empty() || (situation.stage && contains(conditions.stages, *situation.stage));
    return contains(conditions.intents, intent) && stageFits &&
           (!conditions.order || *conditions.order == situation.known) &&
           holds(conditions.parcels, situation.parcels) && holds(conditions.tracking, situation.tracking) &&
           holds(conditions.age, situation.age) &&
           (!conditions.returnWindow || *conditions.returnWindow == situation.returnWindow);
}

const Fact* handlingTimeFact(const FactSet& facts) {
    for (const Fact* policy : facts.ofKind(FactKind::Policy))
        if (policy->label == "handling_time"_L1) return policy;
    return nullptr;
}

std::vector<int> parcelsOf(const FactSet& facts, const QString& order) {
    std::set<int> numbers;
    for (const Fact& fact : facts.facts)
        if (fact.parcel > 0 && fact.order == order) numbers.insert(fact.parcel);
    return {numbers.begin(), numbers.end()};
}

const Fact* parcelFact(const FactSet& facts, const QString& order, int parcel, FactKind kind) {
    for (const Fact* fact : facts.ofOrder(order, kind))
        if (fact->parcel == parcel && !fact->value.isEmpty()) return fact;
    return nullptr;
}

QTimeZone zoneOf(const FactSet& facts) {
    const QTimeZone zone(facts.timeZone.toUtf8());
    return zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace aiva
