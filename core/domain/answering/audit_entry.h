// One entry of the audit log (P5), and the digest that ties it to the one before it. Plain values.
//
// What is digested, SHA-256, written in lower-case hex:
//   entry   = field{9}: format, id, at, actor, kind, store, conversation, detail, previous digest, in this order
//   field   = length ":" bytes ","  |  "-,"         the second for what is absent
//   length  = the number of bytes, in decimal
//   format  = "aiva audit 1"
// Numbers (ids, milliseconds since the epoch) are decimal text, texts UTF-8 as stored. The lengths keep a field's end
// from being moved into the next one. The first entry has the id 1 and an empty previous digest; ids have no gaps.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/ids.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace aiva {

enum class AuditActor { Person, Aiva };
QString toWord(AuditActor actor); // person aiva

// What is to be written down. Contexts, prompts and texts only as digests, no customer data.
struct AuditNote {
    UtcTime at;
    AuditActor actor = AuditActor::Aiva;
    QString kind; // gate_decision auto_queued auto_sent auto_cancelled draft_accepted draft_edited …
    std::optional<StoreId> store = std::nullopt;
    std::optional<ConversationId> conversation = std::nullopt;
    QString detail = QStringLiteral("{}"); // JSON
};

struct AuditEntry {
    AuditId id;
    UtcTime at;
    QString actor; // person, aiva
    QString kind;
    std::optional<StoreId> store;
    std::optional<ConversationId> conversation;
    QString detail;
    QString previousDigest; // empty for the first
    QString digest;
};

// The bytes the grammar above describes; the entry's own digest is no part of them.
QByteArray canonicalBytes(const AuditEntry& entry);
QString digestOf(const AuditEntry& entry);

} // namespace aiva
