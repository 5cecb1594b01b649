#include "ui/mailboxes/mailbox_card.h"

#include "ui/mailboxes/mailbox_text.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

MailboxCard::MailboxCard(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_dot(new StatusDot(this))
    , m_address(new ElidedLabel(TextStyle::Title, &Colors::textPrimary, this))
    , m_store(new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this))
    , m_state(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_counts(new ElidedLabel(TextStyle::MonoMeta, &Colors::textPrimary, this))
    , m_sharing(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_proof(new TextBlock(TextStyle::Meta, &Colors::textMuted, this))
    , m_advice(new TextBlock(TextStyle::Meta, &Colors::warning, this))
    , m_sync(new SubtleButton(tr("Sync now"), SubtleButton::Look::Subtle, this))
    , m_more(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_reconnect(new SubtleButton(tr("Reconnect"), SubtleButton::Look::Subtle, this))
    , m_menu(new QMenu(m_more)) {
    describe(this);
    build();
    buildMenu();
}

void MailboxCard::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 14);
    column->setSpacing(size::grid);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    m_address->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_store->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setGlyph(Icon::More);
    head->addWidget(m_dot);
    head->addWidget(m_address);
    head->addWidget(m_store, 1);
    head->addWidget(m_sync);
    head->addWidget(m_more);
    column->addLayout(head);
    for (ElidedLabel* line : {m_counts, m_state}) {
        line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        column->addWidget(line);
    }
    column->addSpacing(size::grid);
    column->addWidget(m_sharing);
    column->addWidget(m_proof);
    auto* trouble = new QHBoxLayout;
    trouble->setSpacing(3 * size::grid);
    trouble->addWidget(m_advice, 1);
    trouble->addWidget(m_reconnect, 0, Qt::AlignTop);
    column->addLayout(trouble);
    connect(m_sync, &QAbstractButton::clicked, this, &MailboxCard::syncAsked);
    connect(m_reconnect, &QAbstractButton::clicked, this, &MailboxCard::reconnectAsked);
}

void MailboxCard::buildMenu() {
    m_menu->addAction(tr("Edit…"), this, &MailboxCard::editAsked);
    m_menu->addAction(tr("Reconnect…"), this, &MailboxCard::reconnectAsked);
    m_menu->addSeparator();
    m_disconnect = m_menu->addAction(tr("Disconnect…"), this, &MailboxCard::disconnectAsked);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + size::grid))); });
}

void MailboxCard::setMailbox(const MailboxView& view, const std::optional<MailSyncProgress>& progress) {
    m_view = view;
    const MailAccount& account = view.account;
    const bool isParted = account.status == MailboxStatus::Disconnected;
    const MailboxLook look = mailboxLook(view, progress.has_value());
    m_dot->setStatus(look.dot, look.word);
    m_address->setText(account.address);
    m_store->setText(view.storeName);
    m_counts->setText(mailboxCountsText(view));
    QString state = look.word + u" · "_s + lastMailSyncText(account, m_clock.now());
    if (progress && progress->total > 0)
        state = u"> mail_sync_in_progress (%1 %2/%3)"_s.arg(progress->folder, QLocale().toString(progress->done),
                                                            QLocale().toString(progress->total));
    m_state->setText(state);
    m_sharing->setText(sharingText(view));
    m_proof->setText(sentProofText(account.sentProof));
    m_sharing->setVisible(!isParted);
    m_proof->setVisible(!isParted);
    const QString advice = mailboxAdvice(account);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_reconnect->setVisible(isParted);
    m_sync->setVisible(!isParted);
    m_sync->setEnabled(!progress.has_value());
    m_sync->setSpokenName(tr("Sync %1 now").arg(account.address));
    m_more->setSpokenName(tr("More about %1").arg(account.address));
    m_reconnect->setSpokenName(tr("Reconnect %1").arg(account.address));
    m_disconnect->setEnabled(!isParted);
    announceChange(this, QAccessible::NameChanged);
}

AccessibleFace MailboxCard::face() const {
    QStringList words{m_address->text(), m_state->text(), m_counts->text()};
    if (m_view.account.status != MailboxStatus::Disconnected) words << m_sharing->text();
    return {QAccessible::Grouping, words.join(u", "_s), {}, m_advice->text(), Expansion::None};
}

void MailboxCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeRounded(painter, rect(), size::radiusCard, Theme::colors().borderSubtle);
}

} // namespace aiva
