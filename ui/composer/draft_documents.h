// The texts being written, one document with its own undo history for each reply and each note. Keeps the newest few
// and every unsaved one; older ones come back from the read model. A sent text stays aside until it can no longer be
// undone.
#pragma once

#include "core/domain/reply/draft.h"
#include "core/readmodel/conversation_query.h"
#include "ui/composer/reply_edit.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <map>
#include <vector>

class QTextDocument;

namespace aiva {

struct Writing {
    Draft draft; // all but text and html, which the document holds
    QTextDocument* document = nullptr;
    std::vector<DraftAttachmentView> attachments;
    QStringList arriving; // names of files being read
    bool isSaved = true;
    std::optional<UtcTime> savedAt;
    std::optional<UtcTime> onServerAt; // of the copy in the server's Drafts folder
    MessageId seen;                    // newest message acknowledged here
};

class DraftDocuments final : public QObject {
    Q_OBJECT
public:
    explicit DraftDocuments(QObject* parent = nullptr);

    // What is in memory wins over the view, unless that one was changed elsewhere and nothing here is unsaved.
    Writing& of(const ConversationView& view, Paper paper);
    Writing* find(ConversationId conversation, Paper paper);
    // Something is written or attached there, or not saved yet: what was read of it before may be older.
    bool holds(ConversationId conversation) const;
    void markSaved(ConversationId conversation, UtcTime at);

    // The reply was queued: its document leaves, a blank one takes its place.
    void setAside(ConversationId conversation, OutboxId mail);
    // The queued reply comes back exactly; what was begun meanwhile follows below it. Whose it is; invalid: it is not
    // here any more.
    ConversationId giveBack(OutboxId mail);
    void removeNote(ConversationId conversation);
    // The conversation is there no longer: all that was written in it goes, unsaved or aside.
    void drop(ConversationId conversation);

private:
    using Key = std::pair<ConversationId, int>;
    void load(Writing& writing, const std::optional<Draft>& draft);
    void forgetOldest();

    std::map<Key, Writing> m_writings;
    std::map<OutboxId, Writing> m_aside;
    QList<Key> m_recent; // oldest first
};

} // namespace aiva
