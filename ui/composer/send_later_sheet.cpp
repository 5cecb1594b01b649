#include "ui/composer/send_later_sheet.h"

#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QDateTimeEdit>

namespace aiva {

namespace {

constexpr int sendSheetWidth = 360;
constexpr int soonest = 60;   // seconds ahead
constexpr int offered = 3600; // seconds ahead

} // namespace

SendLaterSheet::SendLaterSheet(UtcTime now, QWidget* parent)
    : Sheet(tr("Send later"), parent), m_when(new QDateTimeEdit(this)) {
    setFixedWidth(sendSheetWidth);
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(now.ms());
    m_when->setMinimumDateTime(here.addSecs(soonest));
    m_when->setDateTime(here.addSecs(offered));
    m_when->setCalendarPopup(true);
    body()->addWidget(new FormField(tr("When"), m_when, tr("By this computer's clock. Aiva has to be running then.")));
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    auto* send = new SubtleButton(tr("Send then"), SubtleButton::Look::Primary, this);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(send);
    m_when->setFocus(Qt::OtherFocusReason);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(send, &QAbstractButton::clicked, this, [this] {
        Q_EMIT chosen(UtcTime(m_when->dateTime().toMSecsSinceEpoch()));
        accept();
    });
}

} // namespace aiva
