// SearchWorker: search as you type on a thread and a connection of its own. A newer search interrupts older ones, which
// then answer nothing. Owned by Desk; search() is called on the GUI thread.
#pragma once

#include "core/base/async.h"
#include "core/readmodel/search_query.h"
#include "core/storage/workspace/workspace.h"

#include <QThread>

#include <atomic>
#include <memory>
#include <mutex>

namespace aiva {

class SearchWorker {
public:
    explicit SearchWorker(const Workspace& workspace);
    ~SearchWorker(); // interrupts and joins
    SearchWorker(const SearchWorker&) = delete;
    SearchWorker& operator=(const SearchWorker&) = delete;

    Future<std::vector<SearchHit>> search(const QString& text, int limitPerKind);

private:
    using Hits = Result<std::vector<SearchHit>>;
    Hits run(const QString& text, int limitPerKind);
    void interrupt();

    const Workspace& m_workspace;
    QThread m_thread;
    QObject m_context; // lives on the thread: what is posted to it runs there
    std::atomic<quint64> m_newest = 0;
    std::mutex m_mutex; // guards m_database between its thread and interrupt()
    std::unique_ptr<Database> m_database;
    std::unique_ptr<SearchQuery> m_query;
};

} // namespace aiva
