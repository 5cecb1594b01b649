#include "ui/privacy/request_row.h"

#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLocale>

namespace aiva {

namespace {

constexpr qint64 kSoonMs = 7LL * 86'400'000;

QString whoIsMeant(const PrivacyRequestView& request) {
    return request.address.isEmpty() ? RequestRow::tr("a customer without an address") : request.address;
}

QString whatIsAsked(const PrivacyRequestView& request) {
    const QString who = whoIsMeant(request);
    switch (request.kind) {
    case PrivacyRequestView::Kind::Data:
        if (!request.isKnown)
            return RequestRow::tr("Data of %1 for %2: nothing is kept about them").arg(who, request.storeName);
        return RequestRow::tr("Data of %1 for %2").arg(who, request.storeName);
    case PrivacyRequestView::Kind::EraseCustomer:
        return RequestRow::tr("Erase %1 for %2: Aiva does it by itself").arg(who, request.storeName);
    case PrivacyRequestView::Kind::EraseStore:
        break;
    }
    return RequestRow::tr("%1 was uninstalled: Aiva drops its data by itself").arg(request.storeName);
}

} // namespace

RequestRow::RequestRow(const PrivacyRequestView& request, UtcTime now, QWidget* parent)
    : QWidget(parent)
    , m_what(new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, this))
    , m_due(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this)) {
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(0, size::grid, 0, size::grid);
    across->setSpacing(3 * size::grid);
    m_what->setText(whatIsAsked(request));
    m_what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    const bool isLate = request.dueAt <= now;
    const QString day = formatFullDate(request.dueAt, QLocale());
    m_due->setText(isLate ? tr("overdue since %1").arg(day) : tr("due %1").arg(day));
    if (request.dueAt.msSince(now) < kSoonMs) m_due->setColor(&Colors::warning);
    across->addWidget(m_what, 1);
    across->addWidget(m_due);
    if (request.kind != PrivacyRequestView::Kind::Data) return;
    if (request.isKnown)
        addAnswers(request);
    else
        addClose(request);
}

void RequestRow::addAnswers(const PrivacyRequestView& request) {
    m_export = new SubtleButton(tr("Export…"), SubtleButton::Look::Subtle, this);
    m_export->setSpokenName(tr("Export the data of %1").arg(whoIsMeant(request)));
    layout()->addWidget(m_export);
    connect(m_export, &QAbstractButton::clicked, this, &RequestRow::exportAsked);
    if (request.address.isEmpty()) return;
    m_erase = new SubtleButton(tr("Erase…"), SubtleButton::Look::Quiet, this);
    m_erase->setSpokenName(tr("Erase %1").arg(request.address));
    layout()->addWidget(m_erase);
    connect(m_erase, &QAbstractButton::clicked, this, &RequestRow::eraseAsked);
}

void RequestRow::addClose(const PrivacyRequestView& request) {
    m_close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    m_close->setSpokenName(tr("Close the request about %1").arg(whoIsMeant(request)));
    layout()->addWidget(m_close);
    connect(m_close, &QAbstractButton::clicked, this, &RequestRow::closeAsked);
}

QString RequestRow::whatText() const {
    return m_what->text();
}

QString RequestRow::dueText() const {
    return m_due->text();
}

} // namespace aiva
