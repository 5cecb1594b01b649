#include "ui/mailboxes/canned_replies_section.h"

#include "ui/mailboxes/canned_reply_editor.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/undo_bar.h"

#include <QBoxLayout>

namespace aiva {

CannedRepliesSection::CannedRepliesSection(MailDesk& desk, UndoBar& undo, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_undo(undo)
    , m_list(new QVBoxLayout)
    , m_empty(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_add(new SubtleButton(tr("Add reply"), SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    auto* head = new QHBoxLayout;
    auto* title = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    title->setText(tr("Canned replies"));
    head->addWidget(title, 1);
    head->addWidget(m_add);
    column->addLayout(head);
    m_empty->setText(tr("Texts you write again and again, with the customer's name and order filled in. Insert them "
                        "at the cursor while you write."));
    column->addWidget(m_empty);
    m_list->setSpacing(0);
    column->addLayout(m_list);
    connect(m_add, &QAbstractButton::clicked, this, [this] { edit({}); });
}

void CannedRepliesSection::setReplies(const std::vector<CannedReply>& replies) {
    m_empty->setVisible(replies.empty());
    if (replies == m_replies) return;
    m_replies = replies;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its button may be the one that asked
        delete item;
    }
    for (const CannedReply& reply : replies) {
        QWidget* line = makeLine(reply);
        m_list->addWidget(line);
        line->show(); // now, not one round of events later: nothing is seen half laid out
    }
}

QWidget* CannedRepliesSection::makeLine(const CannedReply& reply) {
    auto* line = new QWidget(this);
    auto* across = new QHBoxLayout(line);
    across->setContentsMargins(0, size::grid, 0, size::grid);
    across->setSpacing(3 * size::grid);
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, line);
    name->setText(reply.name);
    name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* text = new ElidedLabel(TextStyle::Meta, &Colors::textMuted, line);
    text->setText(reply.text.simplified());
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* uses = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, line);
    if (reply.uses > 0) uses->setText(tr("used %n times", nullptr, static_cast<int>(reply.uses)));
    auto* change = new SubtleButton(tr("Edit"), SubtleButton::Look::Quiet, line);
    change->setSpokenName(tr("Edit %1").arg(reply.name));
    auto* away = new SubtleButton(tr("Remove"), SubtleButton::Look::Quiet, line);
    away->setSpokenName(tr("Remove %1").arg(reply.name));
    across->addWidget(name);
    across->addWidget(text, 1);
    across->addWidget(uses);
    across->addWidget(change);
    across->addWidget(away);
    connect(change, &QAbstractButton::clicked, this, [this, reply] { edit(reply); });
    connect(away, &QAbstractButton::clicked, this, [this, reply] { remove(reply); });
    return line;
}

CannedReplyEditor* CannedRepliesSection::edit(const CannedReply& reply) {
    auto* editor = new CannedReplyEditor(m_desk, reply, window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &CannedReplyEditor::saved, this, &CannedRepliesSection::stale);
    editor->open();
    return editor;
}

void CannedRepliesSection::remove(const CannedReply& reply) {
    m_desk.removeCannedReply(reply.id);
    m_undo.offer(tr("Removed %1").arg(reply.name), [this, reply] {
        CannedReply again = reply;
        again.id = {}; // the old row is gone
        whenDone(m_desk.saveCannedReply(again), this, [this](const Result<CannedReplyId>&) { Q_EMIT stale(); });
    });
    Q_EMIT stale();
}

} // namespace aiva
