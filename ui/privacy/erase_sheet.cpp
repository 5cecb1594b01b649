#include "ui/privacy/erase_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

namespace {
constexpr int eraseSheetWidth = 460;
}

EraseSheet::EraseSheet(PrivacyDesk& desk, const QString& address, const KnownPerson& known, QWidget* parent)
    : Sheet(tr("Erase %1?").arg(address), parent)
    , m_desk(desk)
    , m_address(address)
    , m_confirm(new SubtleButton(tr("Erase for good"), SubtleButton::Look::Subtle, this))
    , m_keep(new SubtleButton(tr("Keep everything"), SubtleButton::Look::Primary, this))
    , m_state(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this)) {
    setFixedWidth(eraseSheetWidth);
    addLine(
        tr("Goes: name, addresses, phones, notes and tags, %1 with %2, their attachments, drafts and replies in the "
           "outbox. Also from search, and from the free space of the cache.")
            .arg(tr("%n conversations", nullptr, static_cast<int>(known.conversations)),
                 tr("%n mails", nullptr, static_cast<int>(known.messages))));
    addLine(tr("Stays: %1, without anything that says whose they were, so that totals stay true; and the audit log, "
               "which names nobody.")
                .arg(tr("%n orders", nullptr, static_cast<int>(known.orders))));
    addLine(tr("Not here: what the shop and the mail server keep, and backups made before. It cannot be undone."));
    m_state->hide();
    body()->addWidget(m_state);
    foot()->addStretch();
    foot()->addWidget(m_confirm);
    foot()->addWidget(m_keep);
    m_keep->setFocus(Qt::OtherFocusReason);
    connect(m_keep, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QAbstractButton::clicked, this, &EraseSheet::confirm);
}

void EraseSheet::say(const QString& text, ColorRole color) {
    m_state->setColor(color);
    m_state->setText(text);
    m_state->show();
    grow();
}

void EraseSheet::addLine(const QString& text) {
    auto* line = new TextBlock(TextStyle::Dense, &Colors::textSecondary, this);
    line->setText(text);
    body()->addWidget(line);
}

QString EraseSheet::stateText() const {
    return m_state->isHidden() ? QString() : m_state->text();
}

void EraseSheet::reject() {
    if (!m_isErasing) Sheet::reject();
}

void EraseSheet::confirm() {
    m_isErasing = true;
    m_confirm->setEnabled(false);
    m_keep->setEnabled(false);
    say(tr("Erasing. The cache is written anew; a large one takes minutes."), &Colors::textPrimary);
    whenDone(m_desk.erasePerson(m_address), this, [this](const Result<ErasedPerson>& erased) { showEnd(erased); });
}

void EraseSheet::showEnd(const Result<ErasedPerson>& erased) {
    m_isErasing = false;
    m_keep->setEnabled(true);
    if (!erased) {
        m_confirm->setEnabled(true);
        const bool isLeaving = erased.error().kind == ErrorKind::Conflict;
        say(isLeaving ? tr("A reply to them is on its way. Wait until it has left, or take it back in the outbox.")
                      : errorSentence(erased.error()),
            &Colors::warning);
        m_keep->setFocus(Qt::OtherFocusReason);
        return;
    }
    QString text = tr("Erased: %1, %2. %3 stay, nobody's.")
                       .arg(tr("%n conversations", nullptr, static_cast<int>(erased->conversations)),
                            tr("%n mails", nullptr, static_cast<int>(erased->messages)),
                            tr("%n orders", nullptr, static_cast<int>(erased->orders)));
    if (erased->inMailboxes > 0)
        text += QLatin1Char(' ') + tr("The mailbox itself still holds %n mails; delete them there.", nullptr,
                                      static_cast<int>(erased->inMailboxes));
    m_confirm->hide();
    m_keep->setText(tr("Close"));
    say(text, &Colors::textPrimary);
    m_keep->setFocus(Qt::OtherFocusReason);
    Q_EMIT done();
}

} // namespace aiva
