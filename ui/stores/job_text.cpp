#include "ui/stores/job_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct JobWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::JobText)
};

QString importTitle(const std::vector<Resource>& resources) {
    if (resources.size() != 1) return JobWords::tr("Customers and orders from files");
    return resources.front() == Resource::Customers ? JobWords::tr("Customers from a file")
                                                    : JobWords::tr("Orders from a file");
}

} // namespace

qint64 unreadRecords(const SyncJobRow& job) {
    qint64 failed = 0;
    for (const SyncCounts& counts : job.counts)
        failed += counts.failed;
    return failed;
}

QString syncStatusWord(SyncStatus status) {
    switch (status) {
    case SyncStatus::Running:
        return JobWords::tr("running");
    case SyncStatus::Completed:
        return JobWords::tr("completed");
    case SyncStatus::CompletedWithErrors:
        return JobWords::tr("completed with errors");
    case SyncStatus::Failed:
        return JobWords::tr("failed");
    case SyncStatus::Cancelled:
        return JobWords::tr("cancelled");
    case SyncStatus::Interrupted:
        break;
    }
    return JobWords::tr("interrupted");
}

QString resourceCountText(Resource resource, qint64 number) {
    const QString shown = QLocale().toString(number);
    const int plural = static_cast<int>(std::min<qint64>(number, 1'000'000));
    switch (resource) {
    case Resource::Customers:
        return JobWords::tr("%1 customers", nullptr, plural).arg(shown);
    case Resource::Orders:
        return JobWords::tr("%1 orders", nullptr, plural).arg(shown);
    case Resource::Products:
        break;
    }
    return JobWords::tr("%1 products", nullptr, plural).arg(shown);
}

QString resourceTitle(Resource resource) {
    switch (resource) {
    case Resource::Customers:
        return JobWords::tr("customers");
    case Resource::Orders:
        return JobWords::tr("orders");
    case Resource::Products:
        break;
    }
    return JobWords::tr("products");
}

QString jobTitle(const SyncJobRow& job, StoreKind source) {
    if (source == StoreKind::Csv) return importTitle(job.resources);
    switch (job.kind) {
    case SyncKind::Full:
        return JobWords::tr("Full sync");
    case SyncKind::History:
        return JobWords::tr("Older orders");
    case SyncKind::Incremental:
        break;
    }
    return JobWords::tr("Sync of changes");
}

QString jobTriggerText(SyncTrigger trigger) {
    switch (trigger) {
    case SyncTrigger::User:
        return JobWords::tr("started by hand");
    case SyncTrigger::Schedule:
        return JobWords::tr("on schedule");
    case SyncTrigger::Webhook:
        return JobWords::tr("the shop announced a change");
    case SyncTrigger::System:
        break;
    }
    return JobWords::tr("by itself");
}

QString jobResultText(const SyncJobRow& job) {
    const qint64 failed = unreadRecords(job);
    if (job.status == SyncStatus::CompletedWithErrors && failed > 0)
        return JobWords::tr("completed with %n errors", nullptr, static_cast<int>(failed));
    return syncStatusWord(job.status);
}

DotLook jobDot(SyncStatus status) {
    switch (status) {
    case SyncStatus::Running:
        return {DotShape::Half, Tone::Warning};
    case SyncStatus::Completed:
        return {DotShape::Filled, Tone::Ok};
    case SyncStatus::CompletedWithErrors:
        return {DotShape::Half, Tone::Ok};
    case SyncStatus::Failed:
        return {DotShape::Ring, Tone::Danger};
    case SyncStatus::Cancelled:
    case SyncStatus::Interrupted:
        break;
    }
    return {DotShape::Hollow, Tone::Muted};
}

QString jobCountsText(const SyncJobRow& job) {
    QStringList parts;
    for (auto it = job.counts.begin(); it != job.counts.end(); ++it)
        if (it->processed > 0) parts << resourceCountText(it.key(), it->processed);
    const bool isOver = job.status == SyncStatus::Completed || job.status == SyncStatus::CompletedWithErrors;
    return parts.isEmpty() && isOver ? JobWords::tr("nothing new") : parts.join(u" · "_s);
}

QString durationText(qint64 ms) {
    const qint64 seconds = (ms + 500) / 1'000;
    if (seconds < 1) return JobWords::tr("less than 1 s");
    if (seconds < 60) return JobWords::tr("%1 s").arg(seconds);
    const QString two = u"%1"_s;
    if (seconds < 3'600)
        return JobWords::tr("%1 min %2 s").arg(seconds / 60).arg(two.arg(seconds % 60, 2, 10, QChar(u'0')));
    return JobWords::tr("%1 h %2 min").arg(seconds / 3'600).arg(two.arg(seconds % 3'600 / 60, 2, 10, QChar(u'0')));
}

} // namespace aiva
