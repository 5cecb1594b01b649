// PagedResourceRun: reads one resource page by page, each page with its checkpoint in one transaction. Used by
// StoreSyncRun for small shops, for incremental syncs and when bulk did not work out.
#pragma once

#include "core/sync/resource_run.h"

namespace aiva {

class PagedResourceRun final : public ResourceRun {
    Q_OBJECT
public:
    // Goes on at state.cursor when state.phase is Paged, else begins with the first page of state.query.
    PagedResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent);
    void start() override;

private:
    void askPage();
    void takePage(const Result<RecordPage>& page);
    Result<void> write(const RecordPage& page);
    void announce();

    bool m_resumed = false;
};

} // namespace aiva
