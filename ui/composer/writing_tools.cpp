#include "ui/composer/writing_tools.h"

#include "ui/composer/answered_mail.h"
#include "ui/composer/canned_replies_popover.h"
#include "ui/composer/composer_sources.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/open_draft.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/reply_values.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/written_reply.h"
#include "ui/conversation/order_choice.h"
#include "ui/widgets/format.h"
#include "ui/widgets/icon_button.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QTextBlock>
#include <QTextDocument>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype snippetLength = 48;
constexpr int mostVersionsShown = 12;

} // namespace

WritingTools::WritingTools(const Clock& clock, OpenDraft& draft, SendBar& bar, const ComposerSources& sources,
                           QObject* parent)
    : QObject(parent), m_clock(clock), m_draft(draft), m_editor(draft.editor()), m_bar(bar), m_sources(sources) {
    connect(m_bar.cannedButton(), &QAbstractButton::clicked, this, &WritingTools::openCanned);
    connect(m_bar.moreButton(), &QAbstractButton::clicked, this, &WritingTools::openMore);
}

void WritingTools::appendBlock(const QString& text, const QString& html) {
    if (!m_draft.mayWrite()) return;
    QTextCursor cursor = m_editor.textCursor();
    cursor.beginEditBlock();
    cursor.clearSelection();
    if (!cursor.atBlockStart()) cursor.insertBlock();
    if (html.isEmpty())
        cursor.insertText(text);
    else
        cursor.insertHtml(html);
    cursor.insertBlock();
    ReplyEdit::formatBlocks(m_editor.document());
    cursor.endEditBlock();
    m_editor.setTextCursor(cursor);
    m_editor.setFocus(Qt::OtherFocusReason);
}

void WritingTools::openCanned() {
    if (!m_draft.mayWrite() || !m_sources.cannedReplies) return;
    if (m_canned == nullptr) {
        m_canned = new CannedRepliesPopover(&m_bar);
        connect(m_canned, &CannedRepliesPopover::chosen, this, &WritingTools::insertCanned);
    }
    m_canned->setReplies(m_sources.cannedReplies());
    m_canned->openAbove(*m_bar.cannedButton());
}

void WritingTools::insertCanned(const CannedReply& reply) {
    if (!m_draft.mayWrite()) return;
    const ConversationView& view = *m_draft.view();
    ReplyValueSources values;
    if (m_sources.customer) values.customer = m_sources.customer();
    if (values.customer) values.order = orderInQuestion(view, *values.customer);
    if (const MessageView* mail = answeredMessage(view); mail != nullptr && !mail->isOutbound)
        values.customerName = mail->from.name;
    values.customerEmail = view.customerEmail;
    values.mailbox = m_draft.mailbox();
    const QString language = languageOf(view);
    const QString text =
        withVariables(reply.text, replyValues(values, language.isEmpty() ? QLocale() : QLocale(language)));
    QTextCursor cursor = m_editor.textCursor();
    cursor.beginEditBlock();
    // Behind other words it is a paragraph of its own: that is how they stack.
    const bool isBehindWords = cursor.atBlockEnd() && !cursor.block().text().trimmed().isEmpty();
    if (isBehindWords) {
        cursor.insertBlock();
        cursor.insertBlock();
    }
    cursor.insertText(text.trimmed());
    cursor.endEditBlock();
    m_editor.setTextCursor(cursor);
    m_editor.setFocus(Qt::OtherFocusReason);
    Q_EMIT inserted();
}

void WritingTools::openMore() {
    const ConversationId id = m_draft.conversation();
    if (!id.isValid()) return;
    auto* menu = new QMenu(&m_bar);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copyText = menu->addAction(tr("Copy reply") + u"\tCtrl+Shift+C"_s, this, &WritingTools::copy);
    copyText->setEnabled(!m_editor.toPlainText().trimmed().isEmpty());
    if (!m_draft.isNote()) {
        QMenu* older = menu->addMenu(tr("Earlier versions"));
        const auto versions = m_sources.versions ? m_sources.versions(id) : std::vector<DraftVersionView>();
        older->setEnabled(!versions.empty());
        for (size_t i = 0; i < versions.size() && i < mostVersionsShown; ++i) {
            const QString line = formatTime(versions[i].savedAt, m_clock.now(), QLocale()) + u"  "_s +
                                 versions[i].text.simplified().left(snippetLength).replace(u'&', "&&"_L1);
            connect(older->addAction(line), &QAction::triggered, this,
                    [this, id, version = versions[i]] { restore(id, version); });
        }
        QAction* toServer =
            menu->addAction(tr("Save to Drafts on the server"), this, [this, id] { Q_EMIT saveToServerAsked(id); });
        toServer->setEnabled(m_draft.mailbox() != nullptr && !m_editor.toPlainText().isEmpty());
    }
    const QWidget* anchor = m_bar.moreButton();
    menu->popup(anchor->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

// What stood here becomes a version by being replaced.
void WritingTools::restore(ConversationId conversation, const DraftVersionView& version) {
    if (conversation != m_draft.conversation() || !m_draft.mayWrite() || m_draft.isNote()) return;
    QTextCursor cursor(m_editor.document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    if (version.html.isEmpty())
        cursor.insertText(version.text);
    else
        cursor.insertHtml(version.html);
    ReplyEdit::formatBlocks(m_editor.document());
    cursor.endEditBlock();
    m_editor.setFocus(Qt::ShortcutFocusReason);
}

void WritingTools::quoteInline() {
    Writing* now = m_draft.writing();
    const auto mail = m_draft.mayWrite() ? quotedMail(*m_draft.view()) : std::nullopt;
    if (now == nullptr || !mail) return;
    QTextCursor cursor(now->document);
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    if (!now->document->isEmpty()) cursor.insertText(u"\n\n"_s);
    cursor.insertText(quoteOf(*m_draft.view(), *mail));
    cursor.endEditBlock();
    now->draft.quote = QuoteUse::LeftOut;
    m_draft.keep();
    Q_EMIT quoted();
    m_editor.setTextCursor(cursor);
    m_editor.setFocus(Qt::ShortcutFocusReason);
}

void WritingTools::copy() {
    QApplication::clipboard()->setText(m_draft.view() != nullptr ? mailText(*m_editor.document()) : QString());
}

void WritingTools::closeAll() {
    if (m_canned != nullptr) m_canned->close();
    m_bar.closeMenus();
}

} // namespace aiva
