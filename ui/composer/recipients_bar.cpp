#include "ui/composer/recipients_bar.h"

#include "core/domain/reply/reply_recipients.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/painted_button.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int chevronSide = 12;

// "To Ada, bob@x.org · from support@…", and whether the fields stand open.
class SummaryButton final : public PaintedButton {
public:
    explicit SummaryButton(QWidget* parent) : PaintedButton(parent) {
        setCheckable(true);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }
    AccessibleFace face() const override {
        AccessibleFace face = PaintedButton::face();
        face.expansion = isChecked() ? Expansion::Expanded : Expansion::Collapsed;
        return face;
    }
    QSize sizeHint() const override { return {size::inbox, size::rowButton}; }

protected:
    void paint(QPainter& painter) override {
        const Colors& colors = Theme::colors();
        const QColor ink = isHovered() ? colors.textPrimary : colors.textSecondary;
        const QRectF words = QRectF(rect()).adjusted(0, 0, -chevronSide - size::grid, 0);
        const qreal used = drawLine(painter, mirrored(*this, words), text(), Theme::font(TextStyle::Meta), ink);
        const QRectF chevron(used + size::grid, (height() - chevronSide) / 2.0, chevronSide, chevronSide);
        drawIcon(painter, isChecked() ? Icon::ChevronDown : Icon::ChevronRight, mirrored(*this, chevron), ink);
    }
};

QString namesOf(const QList<MailAddress>& addresses) {
    QStringList names;
    for (const MailAddress& address : addresses)
        names << (address.name.isEmpty() ? address.email : address.name);
    return names.join(", "_L1);
}

} // namespace

RecipientsBar::RecipientsBar(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    m_summary = new SummaryButton(this);
    connect(m_summary, &QAbstractButton::toggled, this, [this](bool isOn) {
        if (isOn && m_fields == nullptr) buildFields();
        if (m_fields != nullptr) m_fields->setVisible(isOn);
    });
    column->addWidget(m_summary);
}

void RecipientsBar::buildFields() {
    m_fields = new QWidget(this);
    auto* grid = new QGridLayout(m_fields);
    grid->setContentsMargins(0, 0, 0, size::grid);
    grid->setHorizontalSpacing(3 * size::grid);
    grid->setVerticalSpacing(size::grid);
    grid->setColumnStretch(1, 1);
    m_from = new QComboBox;
    m_from->setFont(Theme::font(TextStyle::Meta));
    m_to = new AddressField(tr("To"));
    m_cc = new AddressField(tr("Cc"));
    m_bcc = new AddressField(tr("Bcc"));
    m_subject = new QLineEdit;
    m_subject->setProperty("bare", true);
    const std::pair<QString, QWidget*> rows[] = {
        {tr("From"), m_from}, {tr("To"), m_to}, {tr("Cc"), m_cc}, {tr("Bcc"), m_bcc}, {tr("Subject"), m_subject}};
    int row = 0;
    for (const auto& [name, field] : rows) {
        auto* label = textLabel(name, TextStyle::Meta, &Colors::textMuted);
        label->setMinimumHeight(size::rowButton);
        label->setBuddy(field);
        field->setAccessibleName(name);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(field, row++, 1);
    }
    layout()->addWidget(m_fields);
    fillMailboxes();
    showContent();
    connect(m_from, &QComboBox::activated, this, [this] {
        m_content.mailbox = MailboxId(m_from->currentData().toLongLong());
        m_content.from = m_from->currentText();
        Q_EMIT changed();
    });
    for (AddressField* field : {m_to, m_cc, m_bcc}) {
        field->setSuggestions(m_suggestions);
        connect(field, &AddressField::changed, this, &RecipientsBar::takeFields);
    }
    connect(m_subject, &QLineEdit::textEdited, this, &RecipientsBar::takeFields);
    connect(m_subject, &QLineEdit::returnPressed, this, &RecipientsBar::settled);
}

void RecipientsBar::setMailboxes(const std::vector<MailboxView>& mailboxes) {
    m_mailboxes.clear();
    for (const MailboxView& mailbox : mailboxes)
        if (mailbox.account.status != MailboxStatus::Disconnected)
            m_mailboxes.emplace_back(mailbox.account.id,
                                     addressText({mailbox.account.displayName, mailbox.account.address}));
    if (m_from != nullptr) fillMailboxes();
}

void RecipientsBar::fillMailboxes() {
    m_from->clear();
    for (const auto& [id, text] : m_mailboxes)
        m_from->addItem(text, id.value());
    if (m_mailboxes.empty()) m_from->addItem(tr("No mailbox connected"));
    m_from->setEnabled(m_mailboxes.size() > 1);
    if (m_content.mailbox) m_from->setCurrentIndex(m_from->findData(m_content.mailbox->value()));
}

void RecipientsBar::setSuggestions(AddressField::Suggestions suggestions) {
    m_suggestions = std::move(suggestions);
    if (m_fields == nullptr) return;
    for (AddressField* field : {m_to, m_cc, m_bcc})
        field->setSuggestions(m_suggestions);
}

void RecipientsBar::setContent(const Content& content) {
    m_content = content;
    showContent();
}

void RecipientsBar::showContent() {
    const DraftRecipients& to = m_content.recipients;
    QString line = to.to.isEmpty() ? tr("To nobody yet") : tr("To %1").arg(namesOf(to.to));
    const QString copies = namesOf(to.cc + to.bcc);
    if (!copies.isEmpty()) line += u" · "_s + tr("copy to %1").arg(copies);
    if (!m_content.from.isEmpty()) line += u" · "_s + tr("from %1").arg(m_content.from);
    m_summary->setText(line);
    m_summary->setToolTip(line);
    if (m_fields == nullptr) return;
    m_to->setAddresses(to.to);
    m_cc->setAddresses(to.cc);
    m_bcc->setAddresses(to.bcc);
    if (m_subject->text() != m_content.subject) m_subject->setText(m_content.subject);
    if (m_content.mailbox) m_from->setCurrentIndex(m_from->findData(m_content.mailbox->value()));
}

void RecipientsBar::takeFields() {
    m_content.recipients = {m_to->addresses(), m_cc->addresses(), m_bcc->addresses()};
    m_content.subject = m_subject->text();
    showContent();
    Q_EMIT changed();
}

bool RecipientsBar::isOpen() const {
    return m_summary->isChecked();
}

void RecipientsBar::setOpen(bool isOpen) {
    m_summary->setChecked(isOpen);
}

void RecipientsBar::focusTo() {
    setOpen(true);
    m_to->setFocus(Qt::OtherFocusReason);
}

void RecipientsBar::commit() {
    if (m_fields == nullptr) return;
    for (AddressField* field : {m_to, m_cc, m_bcc})
        field->commit();
}

void RecipientsBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && isOpen()) {
        setOpen(false);
        Q_EMIT settled();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace aiva
