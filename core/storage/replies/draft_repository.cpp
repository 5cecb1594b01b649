#include "core/storage/replies/draft_repository.h"

#include "core/storage/database/in_transaction.h"
#include "core/storage/replies/draft_rows.h"

namespace aiva {

using namespace Qt::StringLiterals;

class DraftRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase), rows(theDatabase) {}

    Database& database;
    DraftRows rows;
    Statement markDraft;
    Statement conversationStands;

    Result<void> saveReply(const Draft& draft);
    Result<void> keepVersion(const StoredReply& stored);
    Result<void> mark(ConversationId conversation);
    Result<void> checkStands(ConversationId conversation);
    Result<void> joinReplies(ConversationId target, ConversationId other);
    Result<void> joinNotes(ConversationId target, ConversationId other);
};

namespace {

bool holdsNothing(const Draft& draft) {
    return draft.text.isEmpty() && draft.html.isEmpty() && !draft.recipients && draft.subject.isEmpty();
}

QString htmlOf(const Draft& draft) {
    return draft.html.isEmpty() ? "<p>"_L1 + draft.text.toHtmlEscaped() + "</p>"_L1 : draft.html;
}

Draft joined(const Draft& newer, const Draft& older) {
    Draft whole = newer;
    if (older.text.isEmpty()) return whole;
    if (newer.text.isEmpty()) {
        whole.text = older.text;
        whole.html = older.html;
        whole.cursor = older.cursor;
        return whole;
    }
    whole.text += "\n\n"_L1 + older.text;
    if (!newer.html.isEmpty() || !older.html.isEmpty()) whole.html = htmlOf(newer) + htmlOf(older);
    return whole;
}

} // namespace

Result<void> DraftRepository::Private::keepVersion(const StoredReply& stored) {
    if (stored.draft.text.trimmed().isEmpty()) return {};
    return rows.addVersion(stored.draft, versionsKept);
}

Result<void> DraftRepository::Private::mark(ConversationId conversation) {
    return markDraft.bind(1, conversation).run();
}

// Erased, or merged into another one, since it was typed.
Result<void> DraftRepository::Private::checkStands(ConversationId conversation) {
    AIVA_TRY(const bool found, conversationStands.bind(1, conversation).step());
    conversationStands.reset();
    if (!found) return Error{ErrorKind::NotFound, u"the draft's conversation is gone"_s};
    return {};
}

Result<void> DraftRepository::Private::saveReply(const Draft& draft) {
    AIVA_TRY(const std::optional<StoredReply> stored, rows.reply(draft.conversation));
    UtcTime begunAt = draft.updatedAt;
    if (stored) {
        begunAt = stored->begunAt;
        AIVA_TRY(const auto version, rows.newestVersion(draft.conversation));
        const UtcTime since = version ? std::max(version->savedAt, begunAt) : begunAt;
        const DraftVersionCase versionCase{version ? version->text : QString(), draft.updatedAt.ms() - since.ms(),
                                           stored->draft.text, draft.text};
        if (isVersionDue(versionCase)) AIVA_CHECK(keepVersion(*stored));
    }
    if (!holdsNothing(draft)) return rows.putReply(draft, begunAt);
    AIVA_TRY(const qint64 attached, rows.attachedBytes(draft.conversation));
    if (attached > 0) return rows.putReply(draft, begunAt);
    return rows.removeReply(draft.conversation);
}

Result<void> DraftRepository::Private::joinReplies(ConversationId target, ConversationId other) {
    AIVA_TRY(const std::optional<StoredReply> ours, rows.reply(target));
    AIVA_TRY(const std::optional<StoredReply> theirs, rows.reply(other));
    if (theirs) {
        Draft whole = theirs->draft;
        if (ours) {
            const bool theirsIsNewer = theirs->draft.updatedAt > ours->draft.updatedAt;
            whole = theirsIsNewer ? joined(theirs->draft, ours->draft) : joined(ours->draft, theirs->draft);
        }
        whole.conversation = target;
        AIVA_CHECK(rows.putReply(whole, ours ? std::min(ours->begunAt, theirs->begunAt) : theirs->begunAt));
    }
    return rows.removeReply(other);
}

Result<void> DraftRepository::Private::joinNotes(ConversationId target, ConversationId other) {
    AIVA_TRY(const std::optional<Draft> ours, rows.note(target));
    AIVA_TRY(const std::optional<Draft> theirs, rows.note(other));
    if (!theirs) return {};
    Draft whole = *theirs;
    if (ours) whole = theirs->updatedAt > ours->updatedAt ? joined(*theirs, *ours) : joined(*ours, *theirs);
    whole.conversation = target;
    AIVA_CHECK(rows.putNote(whole));
    return rows.removeNote(other);
}

DraftRepository::DraftRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

DraftRepository::~DraftRepository() = default;

Result<std::unique_ptr<DraftRepository>> DraftRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_CHECK(priv->rows.prepare());
    AIVA_TRY(priv->markDraft,
             database.prepare("UPDATE conversations SET has_draft = "
                              "EXISTS (SELECT 1 FROM drafts WHERE conversation_id = ?1) OR "
                              "EXISTS (SELECT 1 FROM note_drafts WHERE conversation_id = ?1) WHERE id = ?1 AND "
                              "has_draft <> (EXISTS (SELECT 1 FROM drafts WHERE conversation_id = ?1) OR "
                              "EXISTS (SELECT 1 FROM note_drafts WHERE conversation_id = ?1))"));
    AIVA_TRY(priv->conversationStands, database.prepare("SELECT 1 FROM conversations WHERE id = ?1"));
    return std::unique_ptr<DraftRepository>(new DraftRepository(std::move(priv)));
}

Result<void> DraftRepository::save(const Draft& draft) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(d->checkStands(draft.conversation));
        if (!draft.isNote())
            AIVA_CHECK(d->saveReply(draft));
        else if (draft.text.isEmpty())
            AIVA_CHECK(d->rows.removeNote(draft.conversation));
        else
            AIVA_CHECK(d->rows.putNote(draft));
        return d->mark(draft.conversation);
    });
}

Result<std::optional<Draft>> DraftRepository::reply(ConversationId conversation) {
    AIVA_TRY(const std::optional<StoredReply> stored, d->rows.reply(conversation));
    return stored ? std::optional(stored->draft) : std::nullopt;
}

Result<std::optional<Draft>> DraftRepository::note(ConversationId conversation) {
    return d->rows.note(conversation);
}

Result<void> DraftRepository::removeReply(ConversationId conversation) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(keepVersion(conversation));
        AIVA_CHECK(d->rows.removeAttachments(conversation));
        AIVA_CHECK(d->rows.removeReply(conversation));
        return d->mark(conversation);
    });
}

Result<void> DraftRepository::removeNote(ConversationId conversation) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(d->rows.removeNote(conversation));
        return d->mark(conversation);
    });
}

Result<void> DraftRepository::keepVersion(ConversationId conversation) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_TRY(const std::optional<StoredReply> stored, d->rows.reply(conversation));
        if (!stored) return {};
        AIVA_TRY(const auto version, d->rows.newestVersion(conversation));
        if (version && version->text == stored->draft.text) return {};
        return d->keepVersion(*stored);
    });
}

Result<DraftAttachmentId> DraftRepository::addAttachment(ConversationId conversation,
                                                         const AttachmentRecord& attachment, UtcTime at) {
    return inTransaction(d->database, [&]() -> Result<DraftAttachmentId> {
        AIVA_TRY(const qint64 attached, d->rows.attachedBytes(conversation));
        if (attached + attachment.content.size() > attachmentBytesMost)
            return Error{ErrorKind::Refused, u"the draft's attachments exceed the limit"_s, ErrorCause::MailTooLarge};
        AIVA_TRY(const std::optional<StoredReply> stored, d->rows.reply(conversation));
        if (!stored) {
            Draft draft;
            draft.conversation = conversation;
            draft.updatedAt = at;
            AIVA_CHECK(d->rows.putReply(draft, at));
            AIVA_CHECK(d->mark(conversation));
        }
        return d->rows.addAttachment(conversation, attachment);
    });
}

Result<void> DraftRepository::removeAttachment(DraftAttachmentId id) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_TRY(const std::optional<ConversationId> conversation, d->rows.takeAttachment(id));
        if (!conversation) return Error{ErrorKind::NotFound, u"there is no such attachment"_s};
        AIVA_TRY(const std::optional<StoredReply> stored, d->rows.reply(*conversation));
        AIVA_TRY(const qint64 attached, d->rows.attachedBytes(*conversation));
        if (stored && attached == 0 && holdsNothing(stored->draft)) AIVA_CHECK(d->rows.removeReply(*conversation));
        return d->mark(*conversation);
    });
}

Result<std::vector<AttachmentRecord>> DraftRepository::attachments(ConversationId conversation) {
    return d->rows.attachments(conversation);
}

Result<void> DraftRepository::join(ConversationId target, ConversationId other) {
    return inTransaction(d->database, [&]() -> Result<void> {
        AIVA_CHECK(d->joinReplies(target, other));
        AIVA_CHECK(d->joinNotes(target, other));
        AIVA_CHECK(d->mark(other));
        return d->mark(target);
    });
}

} // namespace aiva
