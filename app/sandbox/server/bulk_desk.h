// Bulk operations as the shop runs them: five at once, each on a thread of its own, written to a temporary file that is
// then served. Stops its threads when it goes. Thread-safe.
#pragma once

#include "app/sandbox/graph/bulk_walk.h"
#include "app/sandbox/server/faults.h"
#include "core/base/clock.h"

#include <QTemporaryDir>

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace aiva::sandbox {

class BulkDesk final : public BulkDoor {
public:
    BulkDesk(const GraphContext& context, RecordIndex& index, Faults& faults, const Clock& clock);
    ~BulkDesk() override;
    BulkDesk(const BulkDesk&) = delete;
    BulkDesk& operator=(const BulkDesk&) = delete;

    BulkAnswer run(const std::string& query) override;
    BulkAnswer cancel(const std::string& id) override;
    std::optional<BulkView> find(const std::string& id) override;
    // Where the result of this key lies and what it holds ("orders"); absent when there is none.
    struct Download {
        QString path;
        std::string resource;
    };
    std::optional<Download> download(const std::string& key) const;
    void setBaseUrl(std::string url) { m_baseUrl = std::move(url); }

private:
    struct Job {
        BulkView view;
        Plan plan;
        std::string resource;
        std::string key;
        std::string fault;
        QString path;
        std::atomic<bool> stop = false;
        std::thread thread;
    };

    BulkAnswer refuse(std::string code, std::string message) const;
    void work(Job& job);
    bool writeFile(Job& job);
    void finish(Job& job, bool complete);
    std::string signedUrl(const Job& job) const;
    Job* jobOf(const std::string& id);

    const GraphContext& m_context;
    RecordIndex& m_index;
    Faults& m_faults;
    const Clock& m_clock;
    QTemporaryDir m_folder;
    std::string m_baseUrl;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::list<Job> m_jobs;
};

} // namespace aiva::sandbox
