// What the outbox keeps of a mail besides its bytes: the draft it was made from, to give back on undo, and the parts of
// the mail a conversation shows once it was sent. Kept as JSON in the row's `draft`. Pure.
#pragma once

#include "core/domain/mail/outgoing_mail.h"
#include "core/domain/reply/draft.h"

#include <optional>

namespace aiva {

struct DraftSnapshot {
    std::optional<Draft> draft; // as it stood in the composer; absent when the mail was not written there
    OutgoingMail mail;
};

QString toJson(const DraftSnapshot& snapshot);
std::optional<DraftSnapshot> draftSnapshotFromJson(const QString& json); // absent: not one of ours, or forgotten

// The draft that brings the mail back for editing.
Draft draftOf(const DraftSnapshot& snapshot, ConversationId conversation, UtcTime at);
// The mail as a conversation shows it. Blind copies are not told.
MessageRecord sentMessageOf(const DraftSnapshot& snapshot, qint64 rawSize);

} // namespace aiva
