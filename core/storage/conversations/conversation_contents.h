// Everything that hangs on a conversation besides its own row: messages, named ids, notes, drafts, mail on its way out,
// the team's anchor, what
// became of proposed answers. Moves it as a whole when two conversations turn out to be one. Used by
// ConversationThreads and ConversationMoves inside their transaction; knows nothing of who may be joined with whom.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/conversations/conversation_summary.h"
#include "core/storage/database/database.h"

namespace aiva {

class ConversationContents {
public:
    ConversationContents(Database& database, ConversationSummary& summary) : m_database(database), m_summary(summary) {}

    // Everything of `from` into `into`; the row of `from` goes. An open one keeps the joined one open. `into`'s summary
    // is refreshed.
    Result<void> moveAll(ConversationId into, ConversationId from);
    // Counts, times and the mark of a draft anew, after rows were moved. A proposed answer is dropped, to be made
    // again.
    Result<void> refresh(ConversationId conversation);

private:
    Result<void> moveRows(ConversationId into, ConversationId from);

    Database& m_database;
    ConversationSummary& m_summary;
};

} // namespace aiva
