#include "ui/composer/open_draft.h"

#include "ui/composer/answered_mail.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/reply_edit.h"

#include <QTextCursor>
#include <QTextDocument>

namespace aiva {

OpenDraft::OpenDraft(ReplyEdit& editor, QObject* parent) : QObject(parent), m_editor(editor) {
    m_documents = new DraftDocuments(this);
    m_blank = new QTextDocument(this);
    m_editor.attach(m_blank);
    connect(&m_editor, &QTextEdit::textChanged, this, &OpenDraft::takeEdit);
    // A cursor that only moved is worth keeping with a text, not without one.
    connect(&m_editor, &QTextEdit::cursorPositionChanged, this, [this] {
        if (!m_isRestoring) keepCursor();
    });
}

Writing* OpenDraft::writing() {
    return m_view ? m_documents->find(m_view->id, paper()) : nullptr;
}

bool OpenDraft::mayWrite() const {
    return m_view && !m_editor.isReadOnly();
}

const MailboxView* OpenDraft::mailbox() const {
    if (!m_view) return nullptr;
    const Writing* reply = m_documents->find(m_view->id, Paper::Reply);
    return mailboxFor(*m_view, reply != nullptr ? reply->draft.mailbox : std::nullopt, m_mailboxes);
}

DraftKind OpenDraft::replyKind() const {
    if (!m_view) return DraftKind::Reply;
    const Writing* reply = m_documents->find(m_view->id, Paper::Reply);
    if (reply != nullptr) return reply->document->isEmpty() ? DraftKind::Reply : reply->draft.kind;
    return m_view->draft ? m_view->draft->kind : DraftKind::Reply;
}

void OpenDraft::open(const ConversationView& conversation) {
    keepCursor();
    m_view = conversation;
    const DraftKind left =
        conversation.draft ? conversation.draft->kind : (conversation.noteDraft ? DraftKind::Note : DraftKind::Reply);
    m_kind = m_kinds.value(conversation.id, left);
    m_editor.setEnabled(true);
    attach();
    writing()->draft.kind = m_kind;
}

void OpenDraft::refresh(const ConversationView& conversation) {
    const Writing* before = writing();
    const QTextDocument* document = before != nullptr ? before->document : nullptr;
    const bool wasEmpty = document == nullptr || document->isEmpty();
    m_view = conversation;
    m_isRestoring = true; // what is read is no change
    const QTextDocument* now = m_documents->of(conversation, paper()).document;
    m_isRestoring = false;
    const bool isGiven = wasEmpty && !now->isEmpty();
    if (isGiven && !isNote()) m_kind = m_kinds[conversation.id] = writing()->draft.kind;
    if (isGiven || now != document) attach();
}

void OpenDraft::attach() {
    m_isRestoring = true;
    Writing& now = m_documents->of(*m_view, paper());
    m_editor.attach(now.document);
    QTextCursor cursor(now.document);
    cursor.setPosition(qBound(0, now.draft.cursor, now.document->characterCount() - 1));
    m_editor.setTextCursor(cursor);
    m_editor.setPaper(paper());
    m_isRestoring = false;
    Q_EMIT attached();
}

void OpenDraft::close() {
    keepCursor();
    m_isRestoring = true;
    m_view.reset();
    m_editor.attach(m_blank);
    m_isRestoring = false;
    m_editor.setEnabled(false);
}

void OpenDraft::forget(ConversationId conversation) {
    m_documents->drop(conversation);
    m_kinds.remove(conversation);
}

void OpenDraft::choose(DraftKind kind) {
    if (!m_view) return;
    const bool isOtherPaper = (kind == DraftKind::Note) != isNote();
    if (isOtherPaper) keepCursor();
    m_kind = kind;
    m_kinds[m_view->id] = kind;
    if (isOtherPaper) attach();
    Writing* now = writing();
    if (now == nullptr || now->draft.kind == kind) return;
    now->draft.kind = kind;
    now->draft.recipients.reset(); // as the kind says
    if (!now->document->isEmpty()) keep();
}

ConversationId OpenDraft::giveBack(OutboxId mail) {
    const ConversationId conversation = m_documents->giveBack(mail);
    if (!conversation.isValid()) return {};
    Writing& back = *m_documents->find(conversation, Paper::Reply);
    const bool isHere = conversation == this->conversation();
    const DraftKind chosen = isHere ? m_kind : m_kinds.value(conversation, back.draft.kind);
    if (chosen != DraftKind::Note) m_kinds[conversation] = back.draft.kind;
    if (isHere && !isNote()) {
        m_kind = back.draft.kind;
        attach();
    }
    emitDraft(back); // what was begun meanwhile stands below it: the database knows only the one or the other
    return conversation;
}

void OpenDraft::keepCursor() {
    if (Writing* now = writing(); now != nullptr && m_editor.document() == now->document)
        now->draft.cursor = m_editor.textCursor().position();
}

void OpenDraft::takeEdit() {
    if (m_isRestoring || writing() == nullptr) return;
    Q_EMIT edited();
    keep();
}

void OpenDraft::keep() {
    Writing* now = writing();
    if (now == nullptr) return;
    now->draft.conversation = m_view->id;
    now->draft.kind = m_kind;
    now->draft.cursor = m_editor.textCursor().position();
    emitDraft(*now);
}

void OpenDraft::emitDraft(Writing& writing) {
    writing.isSaved = false;
    Draft draft = writing.draft;
    draft.text = writing.document->toPlainText().remove(QChar::ObjectReplacementCharacter);
    if (isFormatted(*writing.document)) draft.html = writing.document->toHtml();
    Q_EMIT changed(draft);
}

} // namespace aiva
