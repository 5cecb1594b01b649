// What the stores page says: of a store, its schedule, its syncs and comparisons. Pure.
#pragma once

#include "ui/stores/store_state.h"
#include "ui/widgets/status_dot.h"

#include <QString>
#include <QStringList>

namespace aiva {

struct StoreLook {
    DotLook dot;
    QString word;
};
StoreLook storeLook(const StoreState& state);

QString storeTitle(const StoreRow& store); // its name, else its domain
// "1,204 customers · 5,310 orders · 96 products"
QString storeCountsText(const StoreView& view);
// "synced 14:02 · completed with 3 errors"
QString lastSyncText(const StoreState& state, UtcTime now);
// "hourly · next 15:04", "2 retries left · next 14:10", "waiting for the network"
QString nextSyncText(const StoreState& state, UtcTime now);
// "signed in until 14:02"; empty when the sign-in stays, or is over.
QString signInText(const StoreState& state, UtcTime now);
// What is wrong and what to do about it; empty when nothing is.
QString storeAdvice(const StoreState& state);
// "> sync_in_progress (batch 1/4)"
QString storeActivityText(const SyncProgress& progress);
// "about 3 min left"; empty when nobody can say.
QString timeLeftText(const SyncProgress& progress);
// "Compared with the shop Nov 3: 2 were missing, 1 removed."
QString comparisonText(const std::optional<ComparisonSummary>& comparison, UtcTime now);
// A line for each currency: "USD · 2 stores · 12,400 customers · 51,000 orders · 310 products".
QStringList totalsTexts(const std::vector<StoreState>& states);

struct ScheduleChoice {
    QString word; // realtime, 15min, hourly, 6h, daily, manual
    QString title;
    QString inSentence; // "every hour": no language is put in small letters by rule
};
std::vector<ScheduleChoice> scheduleChoices();
QString scheduleInSentence(const QString& word);

// What a desktop notification says.
QString noticeTitle(const StoreNotice& notice);
QString noticeText(const StoreNotice& notice);

// Where a merchant reads how to ask Shopify for orders older than 60 days.
QUrl historyAccessUrl();
// What a shop must grant, as it is pasted there.
QString neededScopes();
// Of those, what is not granted; writing includes reading.
QStringList missingScopes(const QStringList& granted);
// "acme.myshopify.com" of what may be typed or pasted; empty when it is no shop's.
QString shopDomainOf(const QString& typed);
// Plain http to another machine: what the site answers can be read on the way.
bool isReadInClear(const QString& site);

} // namespace aiva
