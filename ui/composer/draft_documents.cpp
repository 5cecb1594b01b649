#include "ui/composer/draft_documents.h"

#include "ui/composer/mail_html.h"
#include "ui/theme/theme.h"

#include <QTextCursor>
#include <QTextDocument>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int keptDocuments = 16; // with their undo history; saved ones beyond that come back from the read model
constexpr size_t keptAside = 8;

QTextDocument* newDocument(QObject* parent) {
    auto* document = new QTextDocument(parent);
    document->setDefaultFont(Theme::font(TextStyle::Draft));
    document->setDocumentMargin(0);
    return document;
}

} // namespace

DraftDocuments::DraftDocuments(QObject* parent) : QObject(parent) {}

void DraftDocuments::load(Writing& writing, const std::optional<Draft>& draft) {
    if (draft) {
        writing.draft = *draft;
        if (draft->html.isEmpty())
            writing.document->setPlainText(draft->text);
        else
            writing.document->setHtml(draft->html);
        writing.savedAt = draft->updatedAt;
    } else {
        writing.document->clear();
        writing.savedAt.reset();
    }
    ReplyEdit::formatBlocks(writing.document);
    writing.document->clearUndoRedoStacks();
    writing.isSaved = true;
}

Writing& DraftDocuments::of(const ConversationView& view, Paper paper) {
    const Key key{view.id, static_cast<int>(paper)};
    const std::optional<Draft>& stored = paper == Paper::Note ? view.noteDraft : view.draft;
    Writing& writing = m_writings[key];
    if (writing.document == nullptr) {
        writing.draft.conversation = view.id;
        writing.draft.kind = paper == Paper::Note ? DraftKind::Note : DraftKind::Reply;
        writing.document = newDocument(this);
        load(writing, stored);
    } else if (writing.isSaved && stored && stored->updatedAt > writing.savedAt.value_or(UtcTime()) &&
               writing.document->isEmpty()) {
        load(writing, stored); // given back by the outbox, or written elsewhere
    }
    if (paper == Paper::Reply) writing.attachments = view.draftAttachments;
    m_recent.removeOne(key);
    m_recent.append(key);
    forgetOldest();
    return m_writings[key];
}

Writing* DraftDocuments::find(ConversationId conversation, Paper paper) {
    const auto found = m_writings.find({conversation, static_cast<int>(paper)});
    return found == m_writings.end() ? nullptr : &found->second;
}

bool DraftDocuments::holds(ConversationId conversation) const {
    const auto isHeld = [&](Paper paper) {
        const auto found = m_writings.find({conversation, static_cast<int>(paper)});
        if (found == m_writings.end()) return false;
        const Writing& writing = found->second;
        return !writing.isSaved || !writing.arriving.isEmpty() || !writing.attachments.empty() ||
               !writing.document->isEmpty();
    };
    return isHeld(Paper::Reply) || isHeld(Paper::Note);
}

void DraftDocuments::markSaved(ConversationId conversation, UtcTime at) {
    for (const Paper paper : {Paper::Reply, Paper::Note})
        if (Writing* writing = find(conversation, paper); writing != nullptr && !writing->isSaved) {
            writing->isSaved = true;
            writing->savedAt = at;
        }
}

void DraftDocuments::setAside(ConversationId conversation, OutboxId mail) {
    Writing* writing = find(conversation, Paper::Reply);
    if (writing == nullptr) return;
    m_aside[mail] = *writing;
    while (m_aside.size() > keptAside) {
        delete m_aside.begin()->second.document;
        m_aside.erase(m_aside.begin());
    }
    Writing blank;
    blank.draft.conversation = conversation;
    blank.draft.kind = writing->draft.kind;
    blank.document = newDocument(this);
    ReplyEdit::formatBlocks(blank.document);
    *writing = blank;
}

ConversationId DraftDocuments::giveBack(OutboxId mail) {
    const auto found = m_aside.find(mail);
    if (found == m_aside.end()) return {};
    Writing back = found->second;
    m_aside.erase(found);
    Writing& now = m_writings[{back.draft.conversation, static_cast<int>(Paper::Reply)}];
    if (now.document != nullptr) {
        if (!now.document->isEmpty()) {
            QTextCursor end(back.document);
            end.movePosition(QTextCursor::End);
            end.insertText(u"\n\n"_s + now.document->toPlainText());
        }
        back.arriving += now.arriving;
        now.document->deleteLater(); // an editor may still stand on it
    }
    now = back;
    now.isSaved = false;
    return now.draft.conversation;
}

void DraftDocuments::removeNote(ConversationId conversation) {
    Writing* writing = find(conversation, Paper::Note);
    if (writing == nullptr) return;
    writing->document->clear();
    ReplyEdit::formatBlocks(writing->document);
    writing->document->clearUndoRedoStacks();
    writing->isSaved = true;
    writing->savedAt.reset();
}

void DraftDocuments::drop(ConversationId conversation) {
    for (const Paper paper : {Paper::Reply, Paper::Note}) {
        const Key key{conversation, static_cast<int>(paper)};
        const auto found = m_writings.find(key);
        if (found == m_writings.end()) continue;
        found->second.document->deleteLater(); // an editor may still stand on it
        m_writings.erase(found);
        m_recent.removeOne(key);
    }
    std::erase_if(m_aside, [conversation](const auto& aside) {
        if (aside.second.draft.conversation != conversation) return false;
        aside.second.document->deleteLater();
        return true;
    });
}

void DraftDocuments::forgetOldest() {
    for (qsizetype i = 0; m_recent.size() > keptDocuments && i < m_recent.size() - 2;) {
        Writing& oldest = m_writings[m_recent[i]];
        if (!oldest.isSaved || !oldest.arriving.isEmpty()) {
            ++i;
            continue;
        }
        delete oldest.document;
        m_writings.erase(m_recent[i]);
        m_recent.removeAt(i);
    }
}

} // namespace aiva
