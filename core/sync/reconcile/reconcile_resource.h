// ReconcileResource: one resource of a comparison: count, sweep the ids, ask the shop by id about what only the cache
// has, read again what only the shop has. Used by ReconcileRun; ends exactly once, unless it is deleted first.
#pragma once

#include "core/sync/reconcile/reconcile_books.h"
#include "core/sync/retry.h"

#include <QObject>

namespace aiva {

// What the parts of one comparison share; all outlive them.
struct ReconcileWork {
    StorePort& port;
    ReconcileBooks& books;
    const SyncPace& pace;
    ContactListener contact;
    UtcTime now;
    bool isHistoryLimited = true;
};

class ReconcileResource : public QObject {
    Q_OBJECT
public:
    ReconcileResource(ReconcileWork& work, Resource resource, QObject* parent);
    void start();

Q_SIGNALS:
    void advanced(int batch, int batches, qint64 done, qint64 total); // 0: not known
    void changed();                                                   // rows of the cache
    void ended(const std::optional<aiva::Error>& error);

private:
    enum class Walk { Unmarked, Absent, Outdated };
    enum class Asked { WhetherGone, ForMissing, ForOutdated };

    void survey();
    void setScope();
    RecordQuery query() const;
    void count();
    void sweep();
    void takeMarks(const Result<MarkPage>& page);
    void findNext();
    Result<bool> findChunk();
    void judgeSweep();
    void askNext();
    void takeAnswer(const Result<RecordPage>& page);
    Result<void> book(const RecordPage& page);
    void removeNext();
    void finish();
    void fail(const Error& error);
    // Not in the same turn of the event loop: commands may wait.
    void soon(void (ReconcileResource::*step)());

    template <typename T>
    void ask(std::function<Future<T>()> question, std::function<void(const Result<T>&)> then) {
        askPatiently<T>(this, m_work.pace, m_work.contact, std::move(question), std::move(then));
    }

    ReconcileWork& m_work;
    const Resource m_resource;
    std::string m_last; // where the current walk stands
    std::optional<UtcTime> m_oldest;
    UtcTime m_scope;   // the comparison covers what was created since
    UtcTime m_missing; // what was created before is not fetched, only kept up to date (S1)
    QString m_cursor;
    qint64 m_marks = 0;
    int m_pages = 0;
    Walk m_walk = Walk::Unmarked;
    Asked m_asked = Asked::WhetherGone;
    std::vector<std::string> m_suspects;
    std::vector<std::string> m_toRead;
    std::vector<std::string> m_toRefresh;
    std::vector<std::string> m_gone;
    size_t m_next = 0;
};

} // namespace aiva
