#include "ui/mailboxes/canned_reply_editor.h"

#include "core/domain/reply/reply_variables.h"
#include "ui/errors/error_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr QSize cannedSheetSize(560, 560);
constexpr int textHeight = 180;
} // namespace

CannedReplyEditor::CannedReplyEditor(MailDesk& desk, const CannedReply& reply, QWidget* parent)
    : Sheet(reply.id.isValid() ? tr("Edit canned reply") : tr("New canned reply"), parent)
    , m_desk(desk)
    , m_reply(reply)
    , m_name(new QLineEdit(reply.name, this))
    , m_nameField(new FormField(tr("Name"), m_name, tr("You find it by this when you write."), this))
    , m_text(new QPlainTextEdit(reply.text, this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    setFixedSize(cannedSheetSize.width(), std::min(cannedSheetSize.height(), mostHeight()));
    m_text->setProperty("boxed", true);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(textHeight);
    auto* column = addScrollingColumn(tr("Name and text"));
    column->setSpacing(3 * size::grid);
    column->addWidget(m_nameField);
    column->addWidget(new FormField(tr("Text"), m_text));
    addVariables(*column);
    column->addStretch();
    body()->addWidget(m_trouble);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &CannedReplyEditor::save);
    connect(m_name, &QLineEdit::textChanged, this, &CannedReplyEditor::showSavable);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CannedReplyEditor::showSavable);
    showSavable();
}

// The help is the list itself: a press puts the variable where the cursor stands.
void CannedReplyEditor::addVariables(QBoxLayout& column) {
    auto* help = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    help->setText(tr("Variables, filled when you use the reply. One without a value shows red and blocks sending."));
    column.addWidget(help);
    auto* names = new QWidget(this);
    auto* flow = new FlowLayout(size::grid, names);
    for (const QString& name : replyVariableNames()) {
        auto* button = new SubtleButton(name, SubtleButton::Look::Quiet, names);
        button->setSpokenName(tr("Insert %1").arg(name));
        connect(button, &QAbstractButton::clicked, this, [this, name] {
            m_text->insertPlainText(u"{{%1}}"_s.arg(name));
            m_text->setFocus(Qt::OtherFocusReason);
        });
        flow->addWidget(button);
    }
    column.addWidget(names);
}

void CannedReplyEditor::showSavable() {
    QStringList unknown = emptyVariables(m_text->toPlainText());
    for (const QString& name : replyVariableNames())
        unknown.removeAll(name);
    m_trouble->setVisible(!unknown.isEmpty());
    if (!unknown.isEmpty())
        m_trouble->setText(tr("Aiva does not know {{%1}}. You would have to fill it in by hand each time.")
                               .arg(unknown.join(u"}}, {{"_s)));
    m_save->setEnabled(!m_name->text().trimmed().isEmpty() && !m_text->toPlainText().trimmed().isEmpty());
}

void CannedReplyEditor::save() {
    m_reply.name = m_name->text().trimmed();
    m_reply.text = m_text->toPlainText();
    m_save->setEnabled(false);
    whenDone(m_desk.saveCannedReply(m_reply), this, [this](const Result<CannedReplyId>& saved) {
        showSavable();
        if (saved) {
            Q_EMIT this->saved();
            accept();
            return;
        }
        const bool isTaken = saved.error().kind == ErrorKind::Conflict;
        m_nameField->setTrouble(isTaken ? tr("Another canned reply has this name.") : errorSentence(saved.error()));
        m_name->setFocus(Qt::OtherFocusReason);
    });
}

} // namespace aiva
