#include "ui/conversation/message_head.h"

#include "ui/conversation/sender_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

TextBlock* headLabel(TextStyle style, QWidget* parent) {
    TextBlock* label = textLabel({}, style, &Colors::textMuted, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString names(const QList<MailAddress>& addresses) {
    QStringList names;
    for (const MailAddress& address : addresses)
        names << (address.name.isEmpty() ? address.email : address.name);
    return names.join(u", "_s);
}

void showWords(ElidedLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

MessageHead::MessageHead(QWidget* parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(TextStyle::DenseStrong, &Colors::textPrimary, this))
    , m_email(new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, this))
    , m_others(new ElidedLabel(TextStyle::Meta, &Colors::textMuted, this))
    , m_automatic(headLabel(TextStyle::MonoMicro, this))
    , m_proof(textLabel({}, TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_more(new SubtleButton({}, SubtleButton::Look::Quiet, this))
    , m_time(headLabel(TextStyle::MonoMicro, this))
    , m_warning(textLabel({}, TextStyle::Micro, &Colors::warning, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::grid);
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * size::grid);
    // However long an address or a list of people is: the line never gets wider than the column.
    for (ElidedLabel* label : {m_name, m_email, m_others}) {
        label->setCopyable(tr("Copy"));
        line->addWidget(label);
    }
    m_automatic->setText(tr("automatic"));
    line->addWidget(m_automatic);
    line->addWidget(m_proof);
    line->addStretch();
    m_more->setGlyph(Icon::More);
    m_more->setSpokenName(tr("More for this message"));
    connect(m_more, &SubtleButton::clicked, this,
            [this] { Q_EMIT menuAsked(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    line->addWidget(m_more);
    line->addWidget(m_time);
    column->addLayout(line);
    m_warning->setWordWrap(true);
    column->addWidget(m_warning);
}

void MessageHead::showMessage(const MessageView& message, UtcTime now) {
    const MailAddress& from = message.from;
    showWords(m_name, from.name.isEmpty() ? from.email : from.name);
    showWords(m_email, from.name.isEmpty() ? QString() : from.email);
    if (message.isOutbound)
        showWords(m_others, tr("to %1").arg(names(message.to)));
    else
        showWords(m_others, message.cc.isEmpty() ? QString() : tr("cc %1").arg(names(message.cc)));
    m_automatic->setVisible(message.automated);
    m_time->setText(formatTime(message.sentAt, now, QLocale()));
    showSender(message);
}

void MessageHead::showSender(const MessageView& message) {
    const bool isShown = message.sender && !message.isOutbound;
    const bool isWarning = isShown && isSenderWarning(*message.sender);
    if (isShown) showSenderMark(isWarning ? m_warning : m_proof, *message.sender);
    m_proof->setVisible(isShown && !isWarning);
    m_warning->setVisible(isWarning);
}

} // namespace aiva
