// HeadStart: the first part of a sync: how many records each resource has, and one page of what changed last of each,
// before anything long begins. The desk is useful within seconds, and the newest change seen is a watermark by the
// shop's own clock. Used by StoreSyncRun; ends exactly once, unless it is deleted first.
#pragma once

#include "core/sync/resource_plan.h"
#include "core/sync/resource_run.h"

#include <QObject>

#include <deque>
#include <optional>

namespace aiva {

class HeadStart final : public QObject {
    Q_OBJECT
public:
    // `plans` is brought up to date: counted, begun, perhaps done. What is resumed is left as it is.
    HeadStart(SyncWork& work, const SyncRequest& request, QMap<Resource, ResourcePlan>& plans, QObject* parent);
    void start();

Q_SIGNALS:
    void advanced(aiva::Resource resource);  // its page is asked for
    void committed(aiva::Resource resource); // its page is in the cache
    void ended(const std::optional<aiva::Error>& error);

private:
    void countNext();
    void pageNext();
    void takePage(Resource resource, const Result<RecordPage>& page);
    Result<void> write(Resource resource, const RecordPage& page);
    void end(const std::optional<Error>& error) { Q_EMIT ended(error); }

    SyncWork& m_work;
    const SyncRequest& m_request;
    QMap<Resource, ResourcePlan>& m_plans;
    std::deque<Resource> m_toCount;
    std::deque<Resource> m_toPage;
};

} // namespace aiva
