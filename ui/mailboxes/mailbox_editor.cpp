#include "ui/mailboxes/mailbox_editor.h"

#include "ui/errors/error_text.h"
#include "ui/mailboxes/signature_edit.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr QSize mailboxSheetSize(520, 580);
constexpr int longestUndo = 60;
} // namespace

QComboBox* makeStoreChoice(const StoreNames& stores, std::optional<StoreId> chosen, QWidget* parent) {
    auto* choice = new QComboBox(parent);
    choice->addItem(QComboBox::tr("No store"), QVariant::fromValue<qint64>(0));
    for (const auto& [id, name] : stores) {
        choice->addItem(name, QVariant::fromValue<qint64>(id.value()));
        if (chosen && id == *chosen) choice->setCurrentIndex(choice->count() - 1);
    }
    return choice;
}

std::optional<StoreId> chosenStore(const QComboBox& choice) {
    const StoreId id(choice.currentData().toLongLong());
    return id.isValid() ? std::optional(id) : std::nullopt;
}

MailboxEditor::MailboxEditor(MailDesk& desk, const MailboxView& view, const StoreNames& stores, QWidget* parent)
    : Sheet(tr("Edit %1").arg(view.account.address), parent)
    , m_desk(desk)
    , m_account(view.account)
    , m_name(new QLineEdit(view.account.displayName, this))
    , m_undo(new QSpinBox(this))
    , m_authserv(new QLineEdit(view.account.authservId, this))
    , m_signature(new SignatureEdit(this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    setFixedSize(mailboxSheetSize.width(), std::min(mailboxSheetSize.height(), mostHeight()));
    build(view, stores);
}

void MailboxEditor::build(const MailboxView& view, const StoreNames& stores) {
    auto* column = addScrollingColumn(tr("Settings of the mailbox"));
    column->setSpacing(3 * size::grid);
    column->addWidget(new FormField(tr("Name customers see"), m_name));
    m_store = makeStoreChoice(stores, view.account.store, this);
    m_undo->setRange(0, longestUndo);
    m_undo->setSuffix(tr(" s"));
    m_undo->setValue(view.account.undoSeconds);
    auto* line = new QHBoxLayout;
    line->setSpacing(3 * size::grid);
    line->addWidget(new FormField(tr("Store"), m_store), 1, Qt::AlignTop);
    line->addWidget(new FormField(tr("Undo window"), m_undo, tr("0 sends at once.")), 1, Qt::AlignTop);
    column->addLayout(line);
    m_signature->setSignature(view.account.signatureText, view.account.signatureHtml);
    column->addWidget(m_signature);
    auto* trusted = new FormField(tr("Server whose sender checks are believed (authserv-id)"), m_authserv,
                                  tr("Empty: none. Then Aiva trusts no sender by itself."));
    column->addWidget(trusted);
    if (!view.learnedAuthservId.isEmpty() && view.learnedAuthservId != view.account.authservId) {
        m_suggestion = new SubtleButton(tr("Use %1, seen in recent mail").arg(view.learnedAuthservId),
                                        SubtleButton::Look::Quiet, this);
        connect(m_suggestion, &QAbstractButton::clicked, this, [this, learned = view.learnedAuthservId] {
            m_authserv->setText(learned);
            m_authserv->setFocus(Qt::OtherFocusReason);
        });
        column->addWidget(m_suggestion, 0, Qt::AlignLeading);
    }
    column->addStretch();
    m_trouble->hide();
    body()->addWidget(m_trouble);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    m_name->setFocus(Qt::OtherFocusReason);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &MailboxEditor::save);
}

void MailboxEditor::save() {
    MailAccount changed = m_account;
    changed.displayName = m_name->text().trimmed();
    changed.store = chosenStore(*m_store);
    changed.undoSeconds = m_undo->value();
    changed.authservId = m_authserv->text().trimmed();
    changed.signatureText = m_signature->text();
    changed.signatureHtml = m_signature->html();
    m_save->setEnabled(false);
    whenDone(m_desk.saveMailbox(changed, std::nullopt), this, [this](const Result<MailboxId>& result) {
        m_save->setEnabled(true);
        if (!result) {
            m_trouble->setText(errorSentence(result.error()));
            m_trouble->show();
            return;
        }
        Q_EMIT saved();
        accept();
    });
}

} // namespace aiva
