// Check 7: a length of time stands in the store's own policies, with the same unit; a vague one nowhere.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/draft_reading.h"
#include "core/answer/verify/duration_reading.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr PhraseRow kVague[] = {
    {0, u"few days|few hours|few weeks|few minutes|couple of days|couple days|couple of hours|couple of weeks|"
        u"several days|several weeks|some days|within a day|within a week|within an hour|within the hour|in a day|"
        u"in a week|in an hour|half an hour|half a day|overnight|next day|same day delivery|next business day|one "
        u"day|one week|"
        u"one hour|one month|a month"},
    {0, u"paar tage|paar tagen|paar stunden|paar wochen|einige tage|einigen tagen|wenige tage|wenigen tagen|"
        u"einem tag|einer woche|einer stunde|innerhalb einer|innerhalb eines|mehrere tage|mehreren tagen|einen tag|"
        u"eine woche|einen monat|einem monat|halbe stunde|halben stunde"},
    {0, u"quelques jours|quelques heures|quelques semaines|dans une semaine|dans un jour|dans une heure|"
        u"sous une semaine|d'ici une semaine|plusieurs jours|un mois|une semaine"},
    {0, u"unos días|pocos días|algunos días|varios días|unas horas|pocas horas|en un día|en una semana|en una hora|"
        u"dentro de una|un mes|una semana"},
};

const PhraseTable& vagueOnes() {
    static const PhraseTable table(kVague);
    return table;
}

struct PolicyDuration {
    const Fact* fact;
    DurationReading reading;
};

std::vector<PolicyDuration> policyDurations(const FactIndex& index) {
    std::vector<PolicyDuration> all;
    for (const FactIndex::Policy& policy : index.policies()) {
        for (const DurationReading& reading : durationsIn(policy.text))
            all.push_back({policy.fact, reading});
        // A return window is a bare number of days.
        bool isNumber = false;
        const qint64 days = policy.fact->value.trimmed().toLongLong(&isNumber);
        if (isNumber) all.push_back({policy.fact, {{}, days, days, TimeUnit::Day}});
    }
    return all;
}

void checkVague(DraftReading& draft) {
    for (size_t i = 0; i < draft.words().size(); ++i) {
        const auto match = vagueOnes().at(draft.words(), i);
        if (!match) continue;
        const Span span = draft.spanOf(i, i + static_cast<size_t>(match->words) - 1);
        if (draft.isTaken(span)) continue;
        if (const Fact* policy = draft.policyQuoted(span))
            draft.prove(7, span, u"duration"_s, {policy});
        else
            draft.doubt(7, span, u"duration"_s, u"a length of time no policy names"_s);
    }
}

} // namespace

void checkDurations(DraftReading& draft) {
    const std::vector<PolicyDuration> known = policyDurations(draft.index());
    for (const DurationReading& duration : durationsIn(draft.text())) {
        if (draft.isTaken(duration.span)) continue;
        FactList same;
        for (const PolicyDuration& policy : known)
            if (policy.reading.saysTheSame(duration) && (same.empty() || same.back() != policy.fact))
                same.push_back(policy.fact);
        if (same.empty())
            draft.doubt(7, duration.span, u"duration"_s, u"no policy names this length of time"_s);
        else
            draft.prove(7, duration.span, u"duration"_s, std::move(same));
    }
    checkVague(draft);
}

} // namespace aiva
