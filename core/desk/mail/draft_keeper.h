// DraftKeeper: puts what is being typed on disk a moment after it was typed, the latest of each reply and note only.
// Lives on the core thread, owned by DeskCore; writes what is left when it is destroyed.
#pragma once

#include "core/storage/replies/draft_repository.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <map>
#include <memory>
#include <set>

namespace aiva {

class DraftKeeper : public QObject {
    Q_OBJECT
public:
    // `waiting` is raised while a draft waits, so that long transactions make way.
    DraftKeeper(DraftRepository& drafts, Database& writer, int delayMs, std::shared_ptr<std::atomic<int>> waiting);
    ~DraftKeeper() override;

    void keep(const Draft& draft);
    // Writes what waits, in one transaction. On an error everything still waits and is tried again; what belongs to a
    // conversation that is gone goes with it.
    Result<void> write();

Q_SIGNALS:
    void saved(aiva::ConversationId conversation, aiva::UtcTime at);
    void failed(const aiva::Error& error);

private:
    // Those whose conversations are gone.
    Result<std::set<ConversationId>> writeRows();

    DraftRepository& m_repository;
    Database& m_writer;
    const int m_delayMs;
    std::shared_ptr<std::atomic<int>> m_waiting;
    std::map<std::pair<ConversationId, bool>, Draft> m_drafts; // reply and note of a conversation apart
    QTimer m_timer;
};

} // namespace aiva
