#include "core/desk/search_worker.h"

namespace aiva {

SearchWorker::SearchWorker(const Workspace& workspace) : m_workspace(workspace) {
    m_thread.setObjectName(QStringLiteral("search"));
    m_context.moveToThread(&m_thread);
    m_thread.start();
}

SearchWorker::~SearchWorker() {
    ++m_newest;
    interrupt();
    // A connection is closed on the thread that opened it.
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_query.reset();
            const std::lock_guard lock(m_mutex);
            m_database.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

Future<std::vector<SearchHit>> SearchWorker::search(const QString& text, int limitPerKind) {
    auto promise = std::make_shared<QPromise<Hits>>();
    promise->start();
    const quint64 number = ++m_newest;
    interrupt(); // before this search is posted, so that only older ones are hit
    QMetaObject::invokeMethod(
        &m_context,
        [this, promise, number, text, limitPerKind] {
            if (number == m_newest) {
                auto hits = run(text, limitPerKind);
                if (number == m_newest) promise->addResult(std::move(hits));
            }
            promise->finish();
        },
        Qt::QueuedConnection);
    return promise->future();
}

SearchWorker::Hits SearchWorker::run(const QString& text, int limitPerKind) {
    if (!m_query) {
        AIVA_TRY(auto database, m_workspace.openReader());
        AIVA_TRY(m_query, SearchQuery::create(*database));
        const std::lock_guard lock(m_mutex);
        m_database = std::move(database);
    }
    return m_query->search(text, limitPerKind);
}

void SearchWorker::interrupt() {
    const std::lock_guard lock(m_mutex);
    if (m_database) m_database->interrupt();
}

} // namespace aiva
