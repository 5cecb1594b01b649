#include "ui/mailboxes/disconnect_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

namespace {
constexpr int disconnectSheetWidth = 440;
}

DisconnectSheet::DisconnectSheet(MailDesk& desk, const MailAccount& account, QWidget* parent)
    : Sheet(tr("Disconnect %1?").arg(account.address), parent)
    , m_desk(desk)
    , m_mailbox(account.id)
    , m_confirm(new SubtleButton(tr("Disconnect"), SubtleButton::Look::Subtle, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    setFixedWidth(disconnectSheetWidth);
    for (const QString& line :
         {tr("Stays: every conversation, draft and note on this computer, and all mail on the server."),
          tr("Goes: the password or sign-in kept in the keychain of this computer."),
          tr("Mail of this mailbox in the outbox waits until it is connected again.")}) {
        auto* text = new TextBlock(TextStyle::Dense, &Colors::textSecondary, this);
        text->setText(line);
        body()->addWidget(text);
    }
    m_trouble->hide();
    body()->addWidget(m_trouble);
    auto* keep = new SubtleButton(tr("Keep it"), SubtleButton::Look::Primary, this);
    foot()->addStretch();
    foot()->addWidget(m_confirm);
    foot()->addWidget(keep);
    keep->setFocus(Qt::OtherFocusReason);
    connect(keep, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QAbstractButton::clicked, this, &DisconnectSheet::confirm);
}

void DisconnectSheet::confirm() {
    m_confirm->setEnabled(false);
    whenDone(m_desk.disconnectMailbox(m_mailbox), this, [this](const Result<bool>& result) {
        m_confirm->setEnabled(true);
        if (!result) {
            m_trouble->setText(errorSentence(result.error()));
            m_trouble->show();
            grow();
            return;
        }
        Q_EMIT disconnected();
        accept();
    });
}

} // namespace aiva
