// PrivacyKeeper: does by itself what the law and the shops ask for in time: erases whom a shop redacts, drops a shop
// that left, goes on with clearing a former process did not end. Requests for data wait for a person. Lives on the
// write connection's thread; owned by the desk's core and by `aivactl webhook`.
#pragma once

#include "core/base/async.h"
#include "core/privacy/cleanup_run.h"
#include "core/privacy/person_erasure.h"
#include "core/privacy/person_export.h"
#include "core/privacy/request_answer.h"
#include "core/privacy/store_drop.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace aiva {

struct PrivacyDoors {
    // Ends what runs for the store, then calls; soon in any case.
    std::function<void(StoreId store, std::function<void()> then)> release;
    SecretsRemover removeSecrets;
};

class PrivacyKeeper : public QObject {
    Q_OBJECT
public:
    // Looks every `everyMs`; it asks one index.
    PrivacyKeeper(const Workspace& workspace, Database& writer, const Clock& clock, PrivacyDoors doors, int everyMs);

    void start();
    // What is due now, one after the other; for a program that does nothing else.
    void look();
    // The next of it: one request, or one step of the clearing. False when nothing is due. The timer's way, so that
    // what the window asks for comes in between.
    bool next();

    // A person's wish. The rows are gone when it returns; it answers once the clearing is through.
    Future<ErasureCounts> erase(const PersonQuestion& question);
    Result<PersonExport> give(const PersonQuestion& question, const QString& dir);
    // What a shop asks, see request_answer.h.
    Result<PersonExport> answer(PrivacyTaskId request, const QString& dir);
    Result<void> close(PrivacyTaskId request);
    Future<StoreRemovalCounts> drop(StoreId store);

Q_SIGNALS:
    void erased();  // people: conversations, orders, everything
    void dropped(); // a store
    void tasksChanged();
    void failed(const aiva::Error& error);

private:
    using DropAnswer = std::function<void(Result<StoreRemovalCounts>)>;
    void goOn();
    Result<bool> doNextTask();
    Result<bool> doTask(PrivacyTasks& tasks, const PrivacyTask& task);
    Result<bool> redact(PrivacyTasks& tasks, const PrivacyTask& task);
    Result<bool> mustBeDropped(const PrivacyTask& task);
    void dropReleased(StoreId store, AuditActor actor, const DropAnswer& answer);
    void wantClearing(std::function<void()> then = {});
    void clearNext();
    void endClearing(std::optional<Error> error);

    const Workspace& m_workspace;
    Database& m_writer;
    const Clock& m_clock;
    PrivacyDoors m_doors;
    int m_everyMs;
    QTimer m_timer;
    QTimer m_soon; // what else is due
    std::set<StoreId> m_dropping;
    std::set<PrivacyTaskId> m_seen;                   // tasks that were told of
    std::map<StoreId, UtcTime> m_dropAgainAt;         // could not be dropped
    std::optional<UtcTime> m_nextCleanup;             // absent: nothing is left to clear
    std::optional<CleanupRun> m_clearing;             // under way
    std::vector<std::function<void()>> m_whenCleared; // people who wait for its end
};

} // namespace aiva
