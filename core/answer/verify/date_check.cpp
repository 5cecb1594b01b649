// Check 6: a day is one the order has, of the kind the sentence speaks of; weekday and date agree; "tomorrow" is told
// from the day of sending.
#include "core/answer/verify/checks.h"
#include "core/answer/verify/date_reading.h"
#include "core/answer/verify/draft_reading.h"

#include <algorithm>
#include <cstdlib>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

enum Role { Ordered, Shipped, Delivered, Expected, Cancelled };

constexpr PhraseRow kRoles[] = {
    {Ordered, u"ordered|placed|order date|date of the order|datum der bestellung|bestelldatum|date de commande|fecha "
              u"del pedido|bestellt|bestellte|aufgegeben|commandé|commandée|passée|realizado|hecho"},
    {Shipped,
     u"shipped|dispatched|versandt|versendet|verschickt|abgeschickt|expédié|expédiée|expédiés|enviado|enviada"},
    {Delivered, u"delivered|zugestellt|geliefert|ausgeliefert|livré|livrée|entregado|entregada"},
    {Expected, u"estimated|expected|expects|deliver|arrive|arrives|voraussichtlich|voraussichtliche|erwartet|ankommen|"
               u"prévu|prévue|"
               u"estimée|arriver|prevista|previsto|estimada|llegar|llegará|arrivera"},
    {Cancelled, u"cancelled|canceled|storniert|annulé|annulée|cancelado|cancelada|anulado"},
};

const PhraseTable& roles() {
    static const PhraseTable table(kRoles);
    return table;
}

constexpr int kWordsBetween = 4;
constexpr qint64 kNearDays = 6;
constexpr qint64 kYearUnsaid = 330;

// "Your order #1042 from 8 May", "Bestellung #1042 vom 8. Mai": the day it was placed.
bool datesTheOrder(const DraftReading& draft, Span span) {
    static const QStringList words{u"from"_s, u"of"_s, u"dated"_s, u"vom"_s, u"von"_s, u"du"_s, u"del"_s, u"de"_s};
    for (const DraftReading::Mention& mention : draft.mentions()) {
        const int start = mention.span.end();
        if (start > span.start) continue;
        const QString between = draft.text().foldedView({start, span.start - start}).toString().simplified();
        if (words.contains(between.section(u' ', 0, 0)) && between.count(u' ') <= 1) return true;
    }
    return false;
}

// What kind of day the words beside it speak of: just before, in German also just behind.
std::optional<int> roleOf(const DraftReading& draft, Span span) {
    if (datesTheOrder(draft, span)) return Ordered;
    const std::vector<Word>& words = draft.words();
    const int own = draft.sentenceAt(span.start);
    std::optional<int> role;
    int distance = kWordsBetween + 1;
    for (size_t i = 0; i < words.size(); ++i) {
        if (words[i].sentence != own) continue;
        const auto match = roles().at(words, i);
        if (!match) continue;
        const bool isBefore = words[i].span.start < span.start;
        if (!isBefore && (draft.input().language != "de"_L1 || role)) continue;
        const int from = isBefore ? words[i].span.end() : span.end();
        const int to = isBefore ? span.start : words[i].span.start;
        const auto between = std::count_if(words.begin(), words.end(), [&](const Word& word) {
            return word.span.start >= from && word.span.end() <= to;
        });
        if (between > kWordsBetween || (!isBefore && between >= distance)) continue;
        role = match->tag;
        distance = static_cast<int>(between);
    }
    return role;
}

bool fitsRole(const DraftReading& draft, const Fact& fact, std::optional<int> role) {
    if (!role) return true;
    switch (static_cast<Role>(*role)) {
    case Ordered:
        return fact.kind == FactKind::OrderDate;
    case Shipped:
        return fact.kind == FactKind::ShippedAt;
    case Expected:
        return fact.kind == FactKind::EstimatedDelivery;
    case Cancelled:
        return fact.kind == FactKind::CancelledAt;
    case Delivered:
        break;
    }
    const bool isThere = !draft.index().ofOrder(fact.order, {FactKind::DeliveredAt}).empty();
    return fact.kind == (isThere ? FactKind::DeliveredAt : FactKind::EstimatedDelivery);
}

bool isThatDay(const DateReading& date, QDate day, QDate today) {
    switch (date.kind) {
    case DateReading::Kind::Day:
        if (date.weekday > 0 && day.dayOfWeek() != date.weekday) return false;
        if (date.year > 0 ? day.year() != date.year : std::abs(today.daysTo(day)) > kYearUnsaid) return false;
        return day.month() == date.month && day.day() == date.day;
    case DateReading::Kind::Weekday:
        return day.dayOfWeek() == date.weekday && std::abs(today.daysTo(day)) <= kNearDays;
    case DateReading::Kind::Relative:
        return today.daysTo(day) == date.offset;
    case DateReading::Kind::Vague:
    case DateReading::Kind::Ambiguous:
        break;
    }
    return false;
}

QString reasonFor(const DateReading& date) {
    if (date.kind == DateReading::Kind::Ambiguous) return u"day and month could be either"_s;
    if (date.kind == DateReading::Kind::Vague) return u"a time no fact names"_s;
    if (date.kind == DateReading::Kind::Day && date.weekday > 0) return u"no such day, or not on that weekday"_s;
    return u"no such day among the order's"_s;
}

} // namespace

void checkDates(DraftReading& draft) {
    const QDate today = draft.index().dayOf(draft.input().sendAt);
    for (const DateReading& date : datesIn(draft.text(), draft.words(), draft.input().language)) {
        if (draft.isTaken(date.span)) continue;
        const auto role = roleOf(draft, date.span);
        FactList same;
        for (const Fact* fact : draft.index().ofOrder(draft.orderAt(date.span.start),
                                                      {FactKind::OrderDate, FactKind::ShippedAt, FactKind::DeliveredAt,
                                                       FactKind::EstimatedDelivery, FactKind::CancelledAt})) {
            const QDate day = draft.index().dayOf(*fact);
            if (day.isValid() && isThatDay(date, day, today) && fitsRole(draft, *fact, role)) same.push_back(fact);
        }
        if (!same.empty())
            draft.prove(6, date.span, u"date"_s, std::move(same));
        else if (const Fact* policy = draft.policyQuoted(date.span))
            draft.prove(6, date.span, u"date"_s, {policy});
        else
            draft.doubt(6, date.span, u"date"_s, reasonFor(date));
    }
}

} // namespace aiva
