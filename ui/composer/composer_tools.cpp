// The composer's tools: attachments, images, canned replies, versions, keys.
#include "ui/composer/answered_mail.h"
#include "ui/composer/attachment_strip.h"
#include "ui/composer/canned_replies_popover.h"
#include "ui/composer/composer.h"
#include "ui/composer/file_reading.h"
#include "ui/composer/format_bar.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/conversation/order_choice.h"
#include "ui/error_text.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/format.h"
#include "ui/widgets/icon_button.h"

#include "core/domain/mail/attachment_rules.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QShortcut>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>
#include <QUuid>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype snippetLength = 48;
constexpr int mostVersionsShown = 12;

} // namespace

void Composer::addShortcuts() {
    const auto add = [this](const char* keys, auto act) {
        auto* shortcut = new QShortcut(QKeySequence(QString::fromLatin1(keys)), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add("Ctrl+J", [this] { openCanned(); });
    add("Ctrl+Shift+A", [this] { chooseFiles(); });
    const auto format = [this](auto toggle) {
        if (kind() != DraftKind::Note) (m_formats->*toggle)();
    };
    add("Ctrl+B", [=] { format(&FormatBar::toggleBold); });
    add("Ctrl+I", [=] { format(&FormatBar::toggleItalic); });
    add("Ctrl+Shift+8", [=] { format(&FormatBar::toggleBullets); });
    add("Ctrl+Shift+7", [=] { format(&FormatBar::toggleNumbers); });
    add("Ctrl+L", [=] { format(&FormatBar::editLink); });
}

void Composer::showAttachments() {
    const Writing* now = writing();
    if (now == nullptr || kind() == DraftKind::Note) {
        m_strip->hide();
        return;
    }
    m_strip->setContent({now->attachments, now->arriving, sentBytes(), usualMailLimit});
}

void Composer::chooseFiles() {
    if (!m_view || kind() == DraftKind::Note) return;
    auto* dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Composer::attachFiles);
    dialog->open();
}

void Composer::attachFiles(const QStringList& paths) {
    Writing* now = writing();
    if (now == nullptr || kind() == DraftKind::Note) return;
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        now->arriving << name;
        whenDone(readAttachment(path), this, [this, id = m_view->id, name](const Result<AttachmentRecord>& read) {
            if (read)
                Q_EMIT attachAsked(id, *read);
            else
                takeAttachRefused(id, name, read.error());
        });
    }
    showAttachments();
}

void Composer::pasteImage(const QImage& image) {
    Writing* now = writing();
    if (now == nullptr || image.isNull()) return;
    const QString contentId = QUuid::createUuid().toString(QUuid::Id128) + "@aiva"_L1;
    m_editor->insertImage(contentId, image);
    now->arriving << u"image.png"_s;
    showAttachments();
    whenDone(inlineImage(image, contentId), this, [this, id = m_view->id](const Result<AttachmentRecord>& encoded) {
        if (encoded)
            Q_EMIT attachAsked(id, *encoded);
        else
            takeAttachRefused(id, u"image.png"_s, encoded.error());
    });
}

void Composer::takeAttached(ConversationId conversation, const DraftAttachmentView& file) {
    Writing* now = m_documents->find(conversation, Paper::Reply);
    if (now == nullptr) return;
    now->arriving.removeOne(file.name);
    const bool isThere = std::any_of(now->attachments.begin(), now->attachments.end(),
                                     [&](const auto& one) { return one.id == file.id; });
    if (!isThere) now->attachments.push_back(file);
    if (conversation != this->conversation()) return;
    showAttachments();
    look();
}

void Composer::takeAttachRefused(ConversationId conversation, const QString& name, const Error& error) {
    Writing* now = m_documents->find(conversation, Paper::Reply);
    if (now != nullptr) now->arriving.removeOne(name);
    if (conversation != this->conversation()) return;
    showAttachments();
    tell(Notice::Failure, error.cause == ErrorCause::MailTooLarge
                              ? tr("%1 is too large to mail. Share a link to it instead.").arg(name)
                              : tr("%1 could not be read. Check the file and attach it again.").arg(name));
}

// Images of a draft that came back from the database.
void Composer::loadImages() {
    const Writing* now = writing();
    if (now == nullptr || !m_sources.attachment) return;
    for (const DraftAttachmentView& file : now->attachments) {
        if (file.contentId.isEmpty()) continue;
        const QUrl name("cid:"_L1 + file.contentId);
        if (!now->document->resource(QTextDocument::ImageResource, name).isNull()) continue;
        if (const auto content = m_sources.attachment(file.id))
            now->document->addResource(QTextDocument::ImageResource, name, QImage::fromData(*content));
    }
}

void Composer::openCanned() {
    if (!m_view || !m_sources.cannedReplies) return;
    if (m_canned == nullptr) {
        m_canned = new CannedRepliesPopover(this);
        connect(m_canned, &CannedRepliesPopover::chosen, this, &Composer::insertCannedReply);
    }
    m_canned->setReplies(m_sources.cannedReplies());
    m_canned->openAbove(*m_bar->cannedButton());
}

void Composer::insertCannedReply(const CannedReply& reply) {
    if (!m_view) return;
    ReplyValueSources values;
    if (m_sources.customer) values.customer = m_sources.customer();
    if (values.customer) values.order = orderInQuestion(*m_view, *values.customer);
    if (const MessageView* mail = answeredMessage(*m_view); mail != nullptr && !mail->isOutbound)
        values.customerName = mail->from.name;
    values.customerEmail = m_view->customerEmail;
    values.mailbox = mailbox();
    const QString language = languageOf(*m_view);
    const QString text =
        withVariables(reply.text, replyValues(values, language.isEmpty() ? QLocale() : QLocale(language)));
    QTextCursor cursor = m_editor->textCursor();
    cursor.beginEditBlock();
    // Behind other words it is a paragraph of its own: that is how they stack.
    const bool isBehindWords = cursor.atBlockEnd() && !cursor.block().text().trimmed().isEmpty();
    if (isBehindWords) {
        cursor.insertBlock();
        cursor.insertBlock();
    }
    cursor.insertText(text.trimmed());
    cursor.endEditBlock();
    m_editor->setTextCursor(cursor);
    m_editor->setFocus(Qt::OtherFocusReason);
    look();
}

void Composer::openMore() {
    if (!m_view) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy reply") + u"\tCtrl+Shift+C"_s, this, &Composer::copyReply);
    copy->setEnabled(!text().trimmed().isEmpty());
    if (kind() != DraftKind::Note) {
        QMenu* older = menu->addMenu(tr("Earlier versions"));
        const auto versions = m_sources.versions ? m_sources.versions(m_view->id) : std::vector<DraftVersionView>();
        older->setEnabled(!versions.empty());
        for (size_t i = 0; i < versions.size() && i < mostVersionsShown; ++i) {
            const QString line = formatTime(versions[i].savedAt, m_clock.now(), QLocale()) + u"  "_s +
                                 versions[i].text.simplified().left(snippetLength).replace(u'&', "&&"_L1);
            connect(older->addAction(line), &QAction::triggered, this,
                    [this, version = versions[i]] { restore(version); });
        }
        QAction* toServer =
            menu->addAction(tr("Save to Drafts on the server"), this, [this] { Q_EMIT saveToServerAsked(m_view->id); });
        toServer->setEnabled(mailbox() != nullptr && !text().isEmpty());
    }
    const QWidget* anchor = m_bar->moreButton();
    menu->popup(anchor->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

// One step to undo; what stood here becomes a version by being replaced.
void Composer::restore(const DraftVersionView& version) {
    if (!m_view || kind() == DraftKind::Note) return;
    QTextCursor cursor(m_editor->document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    if (version.html.isEmpty())
        cursor.insertText(version.text);
    else
        cursor.insertHtml(version.html);
    ReplyEdit::formatBlocks(m_editor->document());
    cursor.endEditBlock();
    focusEditor();
}

void Composer::quoteInline() {
    Writing* now = writing();
    const auto quoted = m_view ? quotedMail(*m_view) : std::nullopt;
    if (now == nullptr || !quoted) return;
    QTextCursor cursor(now->document);
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    if (!now->document->isEmpty()) cursor.insertText(u"\n\n"_s);
    cursor.insertText(quote(*quoted));
    cursor.endEditBlock();
    now->draft.quote = QuoteUse::LeftOut;
    emitDraft();
    showBelow();
    m_editor->setTextCursor(cursor);
    focusEditor();
}

void Composer::copyReply() {
    QApplication::clipboard()->setText(m_view ? mailText(*m_editor->document()) : QString());
}

} // namespace aiva
