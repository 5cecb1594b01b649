#include "ui/mailboxes/done_step.h"

#include "ui/widgets/text_label.h"

#include <QLocale>
#include <QVBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

DoneStep::DoneStep(QWidget* parent)
    : WizardStep(parent)
    , m_text(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_progress(new TextBlock(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_note(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * size::grid);
    for (TextBlock* block : {m_text, m_progress, m_note})
        column->addWidget(block);
    column->addStretch();
    m_note->hide();
}

QString DoneStep::title() const {
    return tr("Connected");
}

void DoneStep::enter(const MailboxDraft& draft) {
    m_text->setText(tr("%1 is connected. The newest conversations appear in the inbox first; you can start to answer "
                       "while the rest arrives.")
                        .arg(draft.account.address));
    m_progress->setText(u"> mail_sync_in_progress"_s);
}

void DoneStep::showProgress(const MailSyncProgress& progress) {
    if (progress.mailbox != m_mailbox) return;
    const QLocale locale;
    if (progress.total > 0)
        m_progress->setText(u"> mail_sync_in_progress (%1 %2/%3)"_s.arg(progress.folder, locale.toString(progress.done),
                                                                        locale.toString(progress.total)));
}

QString DoneStep::progressText() const {
    return m_progress->text();
}

void DoneStep::showNote(const QString& sentence) {
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

} // namespace aiva
