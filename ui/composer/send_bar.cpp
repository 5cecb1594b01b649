#include "ui/composer/send_bar.h"

#include "ui/composer/send_later.h"
#include "ui/composer/send_later_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QMenu>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int hintFrom = 620; // narrower, the tools need the room

QString laterText(LaterChoice choice) {
    switch (choice) {
    case LaterChoice::InAnHour:
        return SendBar::tr("In an hour");
    case LaterChoice::ThisEvening:
        return SendBar::tr("This evening");
    case LaterChoice::TomorrowMorning:
        return SendBar::tr("Tomorrow morning");
    case LaterChoice::MondayMorning:
        return SendBar::tr("Monday morning");
    }
    return {};
}

} // namespace

SendBar::SendBar(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    m_tools = new QHBoxLayout(this);
    m_tools->setContentsMargins(0, 0, 0, 0);
    m_tools->setSpacing(2 * size::grid);
    m_send = new SubtleButton(tr("Send"), SubtleButton::Look::Primary, this);
    m_later = new SubtleButton(tr("Send later"), SubtleButton::Look::Subtle, this);
    m_attach = new IconButton(Icon::Paperclip, tr("Attach files"), u"Ctrl+Shift+A"_s, this);
    m_canned = new IconButton(Icon::Snippet, tr("Insert a canned reply"), u"Ctrl+J"_s, this);
    m_more = new IconButton(Icon::More, tr("More"), {}, this);
    m_hint = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this);
    m_hint->setAlignment(Qt::AlignTrailing);
    for (SubtleButton* button : {m_send, m_later})
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_tools->addWidget(m_send);
    m_tools->addWidget(m_later);
    auto* icons = new QHBoxLayout;
    icons->setSpacing(0);
    for (IconButton* button : {m_attach, m_canned, m_more})
        icons->addWidget(button);
    m_tools->addLayout(icons);
    m_tools->addStretch(1);
    m_tools->addWidget(m_hint);
    connect(m_send, &QAbstractButton::clicked, this, &SendBar::sendAsked);
    connect(m_later, &QAbstractButton::clicked, this, &SendBar::openLater);
}

void SendBar::addTools(QWidget* tools) {
    m_formats = tools;
    m_tools->insertWidget(2, tools);
}

void SendBar::setMode(Mode mode) {
    m_mode = mode;
    m_send->setText(mode == Mode::Note ? tr("Add note") : tr("Send"));
    const bool isReply = mode == Mode::Reply;
    for (QWidget* tool : {static_cast<QWidget*>(m_later), static_cast<QWidget*>(m_attach)})
        tool->setVisible(isReply);
    if (m_formats != nullptr) m_formats->setVisible(isReply);
}

void SendBar::setBusy(Busy busy) {
    const bool isIdle = busy == Busy::No;
    m_send->setEnabled(isIdle);
    m_later->setEnabled(isIdle);
    if (m_mode == Mode::Reply) m_send->setText(isIdle ? tr("Send") : tr("Sending…"));
}

void SendBar::setHint(const QString& hint, bool isWarning) {
    m_hint->setText(hint);
    m_hint->setColor(isWarning ? &Colors::warning : &Colors::textMuted);
}

void SendBar::resizeEvent(QResizeEvent* event) {
    m_hint->setVisible(width() >= hintFrom);
    QWidget::resizeEvent(event);
}

void SendBar::openLater() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(m_later->text());
    const UtcTime now = m_clock.now();
    for (const LaterOffer& offer : laterOffers(now, QTimeZone::systemTimeZone())) {
        const QString text = laterText(offer.choice) + u'\t' + formatTime(offer.at, now, QLocale());
        connect(menu->addAction(text), &QAction::triggered, this, [this, at = offer.at] { Q_EMIT sendLaterAsked(at); });
    }
    connect(menu->addAction(tr("Choose date and time…")), &QAction::triggered, this, &SendBar::askTime);
    menu->addSeparator();
    QAction* unless = menu->addAction(tr("Not if they write first"));
    unless->setCheckable(true);
    unless->setChecked(m_newsCancels);
    unless->setToolTip(tr("A new mail from the customer brings the reply back as a draft."));
    connect(unless, &QAction::toggled, this, [this](bool isOn) {
        m_newsCancels = isOn;
        openLater(); // a time is still to be chosen
    });
    menu->popup(m_later->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void SendBar::askTime() {
    m_sheet = new SendLaterSheet(m_clock.now(), window());
    m_sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_sheet, &SendLaterSheet::chosen, this, &SendBar::sendLaterAsked);
    m_sheet->open();
}

void SendBar::closeMenus() {
    if (m_sheet) m_sheet->close();
    for (QMenu* menu : findChildren<QMenu*>(Qt::FindDirectChildrenOnly))
        menu->close();
}

} // namespace aiva
