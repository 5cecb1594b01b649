#include "core/sync/paged_resource_run.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

using Phase = ResourceCheckpoint::Phase;

PagedResourceRun::PagedResourceRun(SyncWork& work, Resource resource, ResourceCheckpoint state, QObject* parent)
    : ResourceRun(work, resource, std::move(state), parent) {
    m_resumed = m_state.phase == Phase::Paged && !m_state.cursor.isEmpty();
    if (m_state.phase != Phase::Paged) {
        m_state.phase = Phase::Paged;
        m_state.cursor.clear();
        m_state.pages = 0;
        m_state.pageSize = 0;
    }
}

void PagedResourceRun::start() {
    announce();
    askPage();
}

void PagedResourceRun::askPage() {
    ask<RecordPage>([this] { return m_work.port.page(m_state.query, m_state.cursor); },
                    [this](const Result<RecordPage>& page) { takePage(page); });
}

void PagedResourceRun::takePage(const Result<RecordPage>& page) {
    if (!page && m_resumed && page.error().kind == ErrorKind::Invalid) {
        // The cursor of the run before has expired: the resource from its start, which writes nothing twice.
        m_resumed = false;
        m_state.cursor.clear();
        m_state.pages = 0;
        if (auto restarted = m_work.ledger.restart(m_resource); !restarted) return fail(restarted.error());
        askPage();
        return;
    }
    if (!page) return fail(page.error());
    m_resumed = false;
    if (!page->nextCursor.isEmpty() && page->nextCursor == m_state.cursor)
        return fail({ErrorKind::Invalid, u"the shop answered the same page again"_s});
    if (auto written = write(*page); !written) return fail(written.error());
    Q_EMIT committed();
    if (page->nextCursor.isEmpty()) return end(End::Complete);
    announce();
    askPage();
}

Result<void> PagedResourceRun::write(const RecordPage& page) {
    AIVA_CHECK(m_work.ledger.begin());
    AIVA_CHECK(m_work.ledger.putPage(page, SyncLedger::Counting::Whole));
    for (const RecordFault& fault : page.faults)
        AIVA_CHECK(m_work.ledger.addFault(m_resource, fault));
    ++m_state.pages;
    const auto size =
        static_cast<qint64>(page.customers.size() + page.orders.size() + page.products.size() + page.faults.size());
    m_state.pageSize = std::max(m_state.pageSize, size);
    m_state.cursor = page.nextCursor;
    if (page.nextCursor.isEmpty()) return commitDone(End::Complete);
    return m_work.ledger.commit(m_resource, m_state);
}

void PagedResourceRun::announce() {
    const qint64 total = m_state.total.value_or(0);
    const qint64 size = m_state.pageSize;
    const auto batches = size > 0 ? static_cast<int>((total + size - 1) / size) : 0;
    const int batch = m_state.pages + 1;
    Q_EMIT advanced(batch, total > 0 ? std::max(batches, batch) : 0, m_work.ledger.counts(m_resource).processed, total);
}

} // namespace aiva
