// One order of the history: a foldable header and, once unfolded, its body.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/widgets/accordion.h"

#include <QLocale>
#include <QUrl>

namespace aiva {

class OrderSection : public AccordionSection {
    Q_OBJECT
public:
    explicit OrderSection(QWidget* parent = nullptr);

    // adminUrl empty: no link. Does nothing to what is already shown.
    void setOrder(const OrderView& order, const QString& adminUrl, UtcTime now, const QLocale& locale);
    OrderId orderId() const { return m_order.id; }
    // In the order of the picture; none before the first unfolding.
    QList<QWidget*> bodyControls() const;
    // Texts that age with the clock.
    void refreshAges(UtcTime now);

Q_SIGNALS:
    void openUrlRequested(const QUrl& url);
    void trackingLinkCopied(const QString& url);

protected:
    QWidget* makeBody() override;
    void fillBody() override;

private:
    OrderView m_order;
    QString m_adminUrl;
    UtcTime m_now;
    QLocale m_locale;
};

} // namespace aiva
