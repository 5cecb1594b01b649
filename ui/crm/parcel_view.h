// One parcel of an order: carrier and shortened number, last event and its age, the button that copies its link.
#pragma once

#include "core/readmodel/customer_query.h"

#include <QLocale>
#include <QWidget>

namespace aiva {

class CopyButton;
class ElidedLabel;

class ParcelView : public QWidget {
    Q_OBJECT
public:
    explicit ParcelView(QWidget* parent = nullptr);
    void setParcel(const TrackingView& parcel, UtcTime now, const QLocale& locale);
    QWidget* copyButton() const;

Q_SIGNALS:
    void copied(const QString& text);

private:
    ElidedLabel* m_text;
    ElidedLabel* m_event;
    CopyButton* m_copy;
};

} // namespace aiva
