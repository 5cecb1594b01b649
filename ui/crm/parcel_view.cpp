#include "ui/crm/parcel_view.h"

#include "ui/widgets/copy_button.h"
#include "ui/widgets/order_text.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace aiva {
namespace {

constexpr int kParcelGap = 8;

} // namespace

ParcelView::ParcelView(QWidget* parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_event(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_copy(new CopyButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, kParcelGap, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_text);
    column->addWidget(m_event);
    column->addSpacing(kParcelGap);
    column->addWidget(m_copy);
    connect(m_copy, &CopyButton::copied, this, &ParcelView::copied);
}

QWidget* ParcelView::copyButton() const {
    return m_copy;
}

void ParcelView::setParcel(const TrackingView& parcel, UtcTime now, const QLocale& locale) {
    const QString text = parcelText(parcel);
    m_text->setText(text);
    m_text->setToolTip(parcelFullText(parcel));
    m_text->setSpokenName(parcelFullText(parcel));
    m_text->setVisible(!text.isEmpty());
    m_event->setText(parcelEvent(parcel, now, locale));
    const bool hasLink = !parcel.url.isEmpty();
    if (hasLink)
        m_copy->setOffer(tr("Copy Tracking Link"), parcel.url, tr("Copy tracking link of %1").arg(text));
    else
        m_copy->setOffer(tr("Copy Tracking Number"), parcel.number, tr("Copy tracking number of %1").arg(text));
    m_copy->setVisible(hasLink || !parcel.number.isEmpty());
}

} // namespace aiva
