// What somebody is writing in one conversation: a reply, or a note to colleagues. Plain values; the composer makes
// them, the desk keeps them, storage writes them.
#pragma once

#include "core/domain/mail/message_record.h"
#include "core/domain/names.h"
#include "core/domain/reply/draft_basis.h"
#include "core/domain/shop/order_facts.h"

#include <QString>

#include <optional>

namespace aiva {

struct DraftRecipients {
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> bcc;

    bool isEmpty() const { return to.isEmpty() && cc.isEmpty() && bcc.isEmpty(); }
    bool operator==(const DraftRecipients&) const = default;
};

enum class QuoteUse { Below, LeftOut }; // LeftOut also when the quote was moved into the text

// A reply and a note of one conversation are two drafts: the text of one never becomes the other's.
struct Draft {
    ConversationId conversation;
    QString text; // of one's own: without the signature and the quote below it
    QString html; // the same words with their formatting; empty: plain text
    int cursor = 0;
    UtcTime updatedAt = UtcTime();
    DraftKind kind = DraftKind::Reply;
    std::optional<MailboxId> mailbox = {};
    std::optional<DraftRecipients> recipients = {}; // absent: as the kind says
    QString subject = {};                           // empty: Re: of the conversation
    std::optional<DraftBasis> basis = {};           // absent: nothing was recorded yet
    QuoteUse quote = QuoteUse::Below;
    OrderFactsMap facts = {}; // the basis' orders as they stood, to show what changed since

    bool isNote() const { return kind == DraftKind::Note; }
    bool operator==(const Draft&) const = default;
};

QString toJson(const DraftRecipients& recipients);
std::optional<DraftRecipients> draftRecipientsFromJson(const QString& json); // absent: empty, or not one of ours

// When the text a save replaces is worth a version of its own (V4).
struct DraftVersionCase {
    QString lastVersion;   // empty when there is none
    qint64 msSinceVersion; // since the last version, or since the draft was begun
    QString before;
    QString after;
};
bool isVersionDue(const DraftVersionCase& versionCase);

} // namespace aiva
