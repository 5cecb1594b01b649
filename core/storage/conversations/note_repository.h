// Notes of colleagues to each other about a conversation. A type of its own: nothing turns a note into a mail, and the
// outbox cannot see this table.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

struct NoteRow {
    NoteId id;
    ConversationId conversation;
    QString author;
    QString text;
    UtcTime writtenAt;
};

class NoteRepository {
public:
    static Result<std::unique_ptr<NoteRepository>> create(Database& database);
    ~NoteRepository();

    // Also removes the note's draft. Invalid when the text is blank.
    Result<NoteId> add(ConversationId conversation, const QString& author, const QString& text, UtcTime at);
    Result<std::vector<NoteRow>> ofConversation(ConversationId conversation); // oldest first

private:
    class Private;
    explicit NoteRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
