// The order card above the draft (SHOPIFY_ORDER_CARD): order, progression, tracking, and the button that puts a
// tracking block into the composer. Everything on it comes from the OrderView, never from a model.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/customer_query.h"
#include "ui/widgets/described.h"
#include "ui/widgets/order_text.h"

#include <QWidget>

namespace aiva {

class ElidedLabel;
class OrderProgress;
class SubtleButton;

class OrderCard : public QWidget, public Described {
    Q_OBJECT
public:
    explicit OrderCard(const Clock& clock, QWidget* parent = nullptr);
    void setOrder(const OrderView& order);
    void setCompact(bool compact); // without its progress, where there is little room

    AccessibleFace face() const override;

Q_SIGNALS:
    void appendRequested(const aiva::TrackingBlock& block);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showTracking();

    const Clock& m_clock;
    OrderView m_order;
    bool m_filled = false;
    QString m_summary;
    ElidedLabel* m_name;
    ElidedLabel* m_items;
    ElidedLabel* m_total;
    QWidget* m_progressPlace;
    OrderProgress* m_progress;
    ElidedLabel* m_tracking;
    SubtleButton* m_append;
};

} // namespace aiva
