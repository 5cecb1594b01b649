#include "ui/composer/attached_files.h"

#include "core/domain/mail/attachment_rules.h"
#include "ui/composer/attachment_strip.h"
#include "ui/composer/composer_sources.h"
#include "ui/composer/file_reading.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/written_reply.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QTextDocument>
#include <QUrl>
#include <QUuid>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

AttachedFiles::AttachedFiles(OpenDraft& draft, AttachmentStrip& strip, const ComposerSources& sources, QObject* parent)
    : QObject(parent), m_draft(draft), m_strip(strip), m_sources(sources) {
    connect(&m_draft, &OpenDraft::attached, this, &AttachedFiles::loadImages);
    connect(&m_draft.editor(), &ReplyEdit::filesGiven, this, &AttachedFiles::add);
    connect(&m_draft.editor(), &ReplyEdit::imageGiven, this, &AttachedFiles::addImage);
    connect(&m_strip, &AttachmentStrip::removeAsked, this, &AttachedFiles::remove);
}

void AttachedFiles::show() {
    const Writing* now = m_draft.writing();
    if (now == nullptr || m_draft.isNote()) {
        m_strip.hide();
        return;
    }
    m_strip.setContent({now->attachments, now->arriving, sentBytes(*now), usualMailLimit});
}

void AttachedFiles::showOf(ConversationId conversation) {
    if (conversation == m_draft.conversation()) show();
}

void AttachedFiles::choose() {
    if (!m_draft.mayWrite() || m_draft.isNote()) return;
    auto* dialog = new QFileDialog(m_strip.window(), tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, id = m_draft.conversation()](const QStringList& paths) { addTo(id, paths); });
    dialog->open();
}

void AttachedFiles::add(const QStringList& paths) {
    if (m_draft.mayWrite() && !m_draft.isNote()) addTo(m_draft.conversation(), paths);
}

void AttachedFiles::addTo(ConversationId conversation, const QStringList& paths) {
    Writing* now = m_draft.documents().find(conversation, Paper::Reply);
    if (now == nullptr) return;
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        now->arriving << name;
        whenDone(readAttachment(path), this, [this, conversation, name](const Result<AttachmentRecord>& read) {
            if (read)
                Q_EMIT attachAsked(conversation, *read);
            else
                Q_EMIT failed(conversation, name, read.error());
        });
    }
    showOf(conversation);
}

void AttachedFiles::addImage(const QImage& image) {
    Writing* now = m_draft.writing();
    if (now == nullptr || image.isNull() || !m_draft.mayWrite()) return;
    const QString contentId = QUuid::createUuid().toString(QUuid::Id128) + "@aiva"_L1;
    m_draft.editor().insertImage(contentId, image);
    now->arriving << u"image.png"_s;
    show();
    whenDone(inlineImage(image, contentId), this,
             [this, id = m_draft.conversation()](const Result<AttachmentRecord>& encoded) {
                 if (encoded)
                     Q_EMIT attachAsked(id, *encoded);
                 else
                     Q_EMIT failed(id, u"image.png"_s, encoded.error());
             });
}

void AttachedFiles::take(ConversationId conversation, const DraftAttachmentView& file) {
    Writing* now = m_draft.documents().find(conversation, Paper::Reply);
    if (now == nullptr) return;
    now->arriving.removeOne(file.name);
    const bool isThere = std::any_of(now->attachments.begin(), now->attachments.end(),
                                     [&](const auto& one) { return one.id == file.id; });
    if (!isThere) now->attachments.push_back(file);
    showOf(conversation);
}

void AttachedFiles::refuse(ConversationId conversation, const QString& name) {
    if (Writing* now = m_draft.documents().find(conversation, Paper::Reply)) now->arriving.removeOne(name);
    showOf(conversation);
}

void AttachedFiles::remove(DraftAttachmentId id) {
    if (!m_draft.mayWrite()) return; // it has left with the reply
    if (Writing* now = m_draft.writing())
        std::erase_if(now->attachments, [id](const auto& file) { return file.id == id; });
    show();
    Q_EMIT detachAsked(id);
}

// Images of a draft that came back from the database.
void AttachedFiles::loadImages() {
    const Writing* now = m_draft.writing();
    if (now == nullptr || !m_sources.attachment) return;
    for (const DraftAttachmentView& file : now->attachments) {
        if (file.contentId.isEmpty()) continue;
        const QUrl name("cid:"_L1 + file.contentId);
        if (!now->document->resource(QTextDocument::ImageResource, name).isNull()) continue;
        if (const auto content = m_sources.attachment(file.id))
            now->document->addResource(QTextDocument::ImageResource, name, QImage::fromData(*content));
    }
}

} // namespace aiva
