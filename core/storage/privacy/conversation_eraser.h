// ConversationEraser: one conversation with everything that hangs on it, gone: mail, attachments, drafts and their
// versions, notes, mail on its way out, proposals, moves that remember it. A part of PersonEraser; runs inside its
// transaction. What was counted of it without saying whose it was stays counted.
#pragma once

#include "core/base/utc_time.h"
#include "core/storage/privacy/erasure_marks.h"

#include <memory>

namespace aiva {

struct ErasureCounts;

class ConversationEraser {
public:
    static Result<std::unique_ptr<ConversationEraser>> create(Database& writer, ErasureMarks& marks);

    // Conflict while a reply is between queued and certain, or a claim of ours is not given back: whether it left has
    // to be found out first, by its row.
    Result<void> checkNothingIsLeaving(ConversationId conversation);
    Result<void> erase(ConversationId conversation, UtcTime at, ErasureCounts& counts);

private:
    ConversationEraser(Database& writer, ErasureMarks& marks) : m_writer(writer), m_marks(marks) {}
    Result<void> markMessages(ConversationId conversation, UtcTime at);
    // How many rows changed.
    Result<qint64> run(std::string_view sql, ConversationId conversation);

    Database& m_writer;
    ErasureMarks& m_marks;
};

} // namespace aiva
