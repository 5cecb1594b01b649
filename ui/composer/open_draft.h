// The reply or note that is open: whose conversation it is of, its document on the editor, its cursor, the mailbox it
// goes out from, and its being kept at every change. Used by every part of the composer; shows nothing but the text and
// sends nothing.
#pragma once

#include "core/readmodel/mailbox_query.h"
#include "ui/composer/draft_documents.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

namespace aiva {

class OpenDraft final : public QObject {
    Q_OBJECT
public:
    explicit OpenDraft(ReplyEdit& editor, QObject* parent = nullptr);

    // Null, or an invalid id, while no conversation is shown.
    const ConversationView* view() const { return m_view ? &*m_view : nullptr; }
    ConversationId conversation() const { return m_view ? m_view->id : ConversationId(); }
    Writing* writing();
    DraftKind kind() const { return m_kind; }
    bool isNote() const { return m_kind == DraftKind::Note; }
    ReplyEdit& editor() const { return m_editor; }
    DraftDocuments& documents() const { return *m_documents; }
    // False also while the text is handed over: what comes to it now would belong to neither mail.
    bool mayWrite() const;

    void setMailboxes(std::vector<MailboxView> mailboxes) { m_mailboxes = std::move(mailboxes); }
    const std::vector<MailboxView>& mailboxes() const { return m_mailboxes; }
    // The one a reply goes out from; null: none is connected.
    const MailboxView* mailbox() const;

    // Another conversation, as the kind chosen in this session, else as it was left.
    void open(const ConversationView& conversation);
    // News of the one that is open.
    void refresh(const ConversationView& conversation);
    void close();
    void forget(ConversationId conversation);
    // Whom the reply begun here goes to, whatever is being written; none begun: the sender.
    DraftKind replyKind() const;
    // Another kind of what is written here; a note is a text of its own.
    void choose(DraftKind kind);
    // The document again, when another one took its place.
    void attach();
    // As it was sent: text, kind and cursor. Invalid: it is not here any more.
    ConversationId giveBack(OutboxId mail);
    // To be saved as it stands.
    void keep();

Q_SIGNALS:
    void changed(const aiva::Draft& draft); // on every change; the desk gathers them
    void edited();                          // the text, by whomever; comes before changed()
    void attached();                        // another document stands on the editor

private:
    Paper paper() const { return isNote() ? Paper::Note : Paper::Reply; }
    void takeEdit();
    void keepCursor();
    void emitDraft(Writing& writing);

    ReplyEdit& m_editor;
    DraftDocuments* m_documents;
    QTextDocument* m_blank;
    std::vector<MailboxView> m_mailboxes;
    std::optional<ConversationView> m_view;
    DraftKind m_kind = DraftKind::Reply;
    QHash<ConversationId, DraftKind> m_kinds; // as chosen in this session
    bool m_isRestoring = false;
};

} // namespace aiva
