#include "ui/stores/store_text.h"

#include "core/domain/shop/store_access.h"
#include "ui/errors/error_text.h"
#include "ui/stores/job_text.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct StoreWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::StoreText)
};

const QString kBetween = u" · "_s;

// Nothing else says so of files: no shop is tried again.
bool isFailedImport(const StoreRow& store) {
    return store.kind == StoreKind::Csv && store.lastSyncStatus == SyncStatus::Failed;
}

} // namespace

QString storeTitle(const StoreRow& store) {
    return store.name.isEmpty() ? store.domain : store.name;
}

StoreLook storeLook(const StoreState& state) {
    if (state.progress && state.progress->work == SyncProgress::Work::Comparison)
        return {{DotShape::Half, Tone::Warning}, StoreWords::tr("comparing with the shop")};
    if (state.isBusy()) return {{DotShape::Half, Tone::Warning}, StoreWords::tr("syncing")};
    using State = SyncStanding::State;
    switch (state.standing.state) {
    case State::Disconnected:
        return {{DotShape::Ring, Tone::Danger}, StoreWords::tr("disconnected")};
    case State::Stopped:
        return {{DotShape::Ring, Tone::Danger}, StoreWords::tr("stopped after failures")};
    case State::Retrying:
        return {{DotShape::Half, Tone::Danger}, StoreWords::tr("last sync failed")};
    case State::Unreachable:
        return {{DotShape::Hollow, Tone::Warning}, StoreWords::tr("offline")};
    case State::OnSchedule:
    case State::ByHand:
        break;
    }
    if (!state.view.store.lastSyncAt) return {{DotShape::Hollow, Tone::Neutral}, StoreWords::tr("never synced")};
    if (state.view.store.status == StoreStatus::Error || isFailedImport(state.view.store))
        return {{DotShape::Ring, Tone::Danger}, StoreWords::tr("last sync failed")};
    return {{DotShape::Filled, Tone::Ok}, StoreWords::tr("connected")};
}

QString storeCountsText(const StoreView& view) {
    return QStringList{resourceCountText(Resource::Customers, view.customers),
                       resourceCountText(Resource::Orders, view.orders),
                       resourceCountText(Resource::Products, view.products)}
        .join(kBetween);
}

QString lastSyncText(const StoreState& state, UtcTime now) {
    const StoreRow& store = state.view.store;
    if (!store.lastSyncAt) return StoreWords::tr("no sync yet");
    const QString at = StoreWords::tr("synced %1").arg(formatTime(*store.lastSyncAt, now, QLocale()));
    if (!store.lastSyncStatus || *store.lastSyncStatus == SyncStatus::Completed) return at;
    // The times are those of the last sync that brought something; a later failure is told by the advice.
    if (*store.lastSyncStatus == SyncStatus::Failed && !isFailedImport(store)) return at;
    const bool isLast = state.lastJob && state.lastJob->status == *store.lastSyncStatus;
    return at + kBetween + (isLast ? jobResultText(*state.lastJob) : syncStatusWord(*store.lastSyncStatus));
}

QString nextSyncText(const StoreState& state, UtcTime now) {
    using State = SyncStanding::State;
    const SyncStanding& standing = state.standing;
    const QString schedule = scheduleInSentence(state.view.store.schedule);
    const bool isLater = standing.nextAt && *standing.nextAt > now;
    const QString next = !standing.nextAt ? QString()
                         : isLater        ? StoreWords::tr("next %1").arg(formatTime(*standing.nextAt, now, QLocale()))
                                          : StoreWords::tr("next in a moment");
    switch (standing.state) {
    case State::Disconnected:
        return StoreWords::tr("no syncs until it is connected again");
    case State::ByHand:
        return StoreWords::tr("by hand only");
    case State::Stopped:
        return StoreWords::tr("no more tries by itself");
    case State::Unreachable:
        return StoreWords::tr("waiting for the network");
    case State::Retrying:
        return StoreWords::tr("%n retries left", nullptr, standing.retriesLeft) + kBetween + next;
    case State::OnSchedule:
        break;
    }
    return next.isEmpty() ? schedule : schedule + kBetween + next;
}

QString signInText(const StoreState& state, UtcTime now) {
    const auto& until = state.view.store.signedInUntil;
    if (!until || *until <= now || state.standing.state == SyncStanding::State::Disconnected) return {};
    return StoreWords::tr("signed in until %1").arg(formatTime(*until, now, QLocale()));
}

QString storeAdvice(const StoreState& state) {
    if (state.isBusy()) return {};
    using State = SyncStanding::State;
    const auto error = errorOfWords(state.view.store.lastError);
    const QString why = error ? errorSentence(*error) : QString();
    switch (state.standing.state) {
    case State::Disconnected:
        if (error && error->cause == ErrorCause::SignInOver)
            return StoreWords::tr("The sign-in of a day has ended; what is cached stays, and news arrives again once "
                                  "you sign in.");
        return why.isEmpty() ? StoreWords::tr("It was disconnected here. What is cached stays; news does not arrive.")
                             : StoreWords::tr("%1 What is cached stays; news does not arrive.").arg(why);
    case State::Stopped:
        return StoreWords::tr("%1. Aiva has tried four times; the next try is yours.")
            .arg(error ? errorText(*error).title : StoreWords::tr("Several syncs in a row failed"));
    case State::Retrying:
        return why;
    case State::Unreachable:
        return StoreWords::tr("The network cannot be reached. Everything cached works; the sync goes on by itself.");
    default:
        if (state.view.store.status == StoreStatus::Error) return why;
        if (isReadInClear(state.view.store.baseUrl))
            return StoreWords::tr(
                "Insecure: this shop is read over plain http, and whoever shares the network can read "
                "along. Give it a certificate, then reconnect it by its https address.");
        if (!state.view.store.otherApi.isEmpty())
            return StoreWords::tr("The shop answers with version %1 of its interface, which is newer than this Aiva. "
                                  "Everything read so far is right; update Aiva soon.")
                .arg(state.view.store.otherApi);
        return {};
    }
}

QString storeActivityText(const SyncProgress& progress) {
    const QString what =
        progress.work == SyncProgress::Work::Comparison ? u"> comparison_in_progress"_s : u"> sync_in_progress"_s;
    if (progress.slowedByMs > 0) return what + u" (slowing down)"_s;
    if (progress.batch <= 0) return what;
    if (progress.batches <= 0) return what + u" (batch %1)"_s.arg(progress.batch);
    return what + u" (batch %1/%2)"_s.arg(progress.batch).arg(progress.batches);
}

QString timeLeftText(const SyncProgress& progress) {
    if (progress.slowedByMs > 0) return StoreWords::tr("the shop asked for a pause");
    const auto left = timeLeftMs(progress);
    if (!left) return {};
    if (*left < 60'000) return StoreWords::tr("less than a minute left");
    return StoreWords::tr("about %n min left", nullptr, static_cast<int>((*left + 59'999) / 60'000));
}

QString comparisonText(const std::optional<ComparisonSummary>& comparison, UtcTime now) {
    if (!comparison) return {};
    QStringList found;
    const auto add = [&found](qint64 number, const QString& text) {
        if (number > 0) found << text;
    };
    const auto n = [](qint64 number) { return static_cast<int>(std::min<qint64>(number, 1'000'000)); };
    add(comparison->missing, StoreWords::tr("%n were missing", nullptr, n(comparison->missing)));
    add(comparison->outdated, StoreWords::tr("%n were out of date", nullptr, n(comparison->outdated)));
    add(comparison->removed, StoreWords::tr("%n removed there", nullptr, n(comparison->removed)));
    add(comparison->merged, StoreWords::tr("%n merged there", nullptr, n(comparison->merged)));
    add(comparison->brokenReferences,
        StoreWords::tr("%n orders name an unknown customer", nullptr, n(comparison->brokenReferences)));
    const QString at = formatTime(comparison->at, now, QLocale());
    if (!comparison->isComplete) return StoreWords::tr("compared with the shop %1, not completely").arg(at);
    if (found.isEmpty()) return StoreWords::tr("compared with the shop %1: equal").arg(at);
    return StoreWords::tr("compared with the shop %1: %2").arg(at, found.join(u", "_s));
}

QStringList totalsTexts(const std::vector<StoreState>& states) {
    struct Total {
        int stores = 0;
        qint64 customers = 0;
        qint64 orders = 0;
        qint64 products = 0;
    };
    QMap<QString, Total> totals;
    for (const StoreState& state : states) {
        Total& total = totals[state.view.store.currency];
        ++total.stores;
        total.customers += state.view.customers;
        total.orders += state.view.orders;
        total.products += state.view.products;
    }
    QStringList lines;
    for (auto it = totals.begin(); it != totals.end(); ++it) {
        QStringList parts{
            StoreWords::tr("%n stores", nullptr, it->stores), resourceCountText(Resource::Customers, it->customers),
            resourceCountText(Resource::Orders, it->orders), resourceCountText(Resource::Products, it->products)};
        if (!it.key().isEmpty()) parts.prepend(it.key());
        lines << parts.join(kBetween);
    }
    return lines;
}

std::vector<ScheduleChoice> scheduleChoices() {
    return {{u"realtime"_s, StoreWords::tr("Every minute"), StoreWords::tr("every minute")},
            {u"15min"_s, StoreWords::tr("Every 15 minutes"), StoreWords::tr("every 15 minutes")},
            {u"hourly"_s, StoreWords::tr("Every hour"), StoreWords::tr("every hour")},
            {u"6h"_s, StoreWords::tr("Every 6 hours"), StoreWords::tr("every 6 hours")},
            {u"daily"_s, StoreWords::tr("Every day"), StoreWords::tr("every day")},
            {u"manual"_s, StoreWords::tr("By hand only"), StoreWords::tr("by hand only")}};
}

QString scheduleInSentence(const QString& word) {
    for (const ScheduleChoice& choice : scheduleChoices())
        if (choice.word == word) return choice.inSentence;
    return StoreWords::tr("by hand only");
}

QString noticeTitle(const StoreNotice& notice) {
    switch (notice.what) {
    case StoreNotice::What::FirstSyncDone:
        return StoreWords::tr("%1 is ready").arg(notice.name);
    case StoreNotice::What::SyncStopped:
        return StoreWords::tr("%1 could not be synced").arg(notice.name);
    case StoreNotice::What::Disconnected:
        break;
    }
    return StoreWords::tr("%1 is disconnected").arg(notice.name);
}

QString noticeText(const StoreNotice& notice) {
    if (notice.what == StoreNotice::What::FirstSyncDone) {
        SyncJobRow job;
        job.counts = notice.outcome.counts;
        job.status = notice.outcome.status;
        const qint64 unread = unreadRecords(job);
        const QString brought = unread == 0
                                    ? StoreWords::tr("The first sync brought %1 in %2.")
                                    : StoreWords::tr("The first sync brought %1 in %2; %n records could not be read.",
                                                     nullptr, static_cast<int>(unread));
        return brought.arg(jobCountsText(job), durationText(notice.outcome.durationMs));
    }
    return notice.outcome.error ? errorSentence(*notice.outcome.error) : QString();
}

QUrl historyAccessUrl() {
    return QUrl(u"https://shopify.dev/docs/api/usage/access-scopes#orders-permissions"_s);
}

QString neededScopes() {
    return neededStoreScopes().join(u',');
}

QStringList missingScopes(const QStringList& granted) {
    QStringList missing;
    for (const QString& scope : neededStoreScopes())
        if (!granted.contains(scope) && !granted.contains(u"write_"_s + scope.mid(5))) missing << scope;
    return missing;
}

QString shopDomainOf(const QString& typed) {
    static const QRegularExpression admin(
        u"\\A(?:https://)?admin\\.shopify\\.com/store/([a-z0-9][a-z0-9-]*)(?:[/?#].*)?\\z"_s);
    static const QRegularExpression shop(u"\\A(?:https://)?([a-z0-9][a-z0-9-]*)\\.myshopify\\.com(?:[/?#].*)?\\z"_s);
    const QString text = typed.trimmed().toLower();
    const auto match = admin.match(text);
    const QString name = match.hasMatch() ? match.captured(1) : shop.match(text).captured(1);
    // A DNS label has at most 63 characters.
    return name.isEmpty() || name.size() > 63 ? QString() : name + u".myshopify.com"_s;
}

bool isReadInClear(const QString& site) {
    const QUrl url(site);
    const QString host = url.host();
    const bool isHere = host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
    return url.scheme() == "http"_L1 && !host.isEmpty() && !isHere;
}

} // namespace aiva
