// How far an order has come: Ordered → Packed → Shipped → Delivered with dates, or where it was broken off. The steps
// are derived from the OrderView alone; a date the shop does not state is left out, never guessed.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/widgets/described.h"
#include "ui/widgets/status_dot.h"

#include <QLocale>
#include <QWidget>

#include <optional>
#include <vector>

namespace aiva {

struct OrderStep {
    enum class Kind { Ordered, Packed, Shipped, Delivered, Cancelled, Refunded };
    enum class State { Done, Partial, Pending, Broken };
    Kind kind = Kind::Ordered;
    State state = State::Pending;
    std::optional<UtcTime> at;
    bool operator==(const OrderStep&) const = default;
};

// Packed is the first fulfillment, Shipped its first movement; a label alone is packed, not shipped.
std::vector<OrderStep> orderSteps(const OrderView& order);
QString orderStepWord(const OrderStep& step);

class OrderProgress : public QWidget, public Described {
    Q_OBJECT
public:
    explicit OrderProgress(QWidget* parent = nullptr);
    void setSteps(const std::vector<OrderStep>& steps, UtcTime now, const QLocale& locale);

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Stop {
        OrderStep step;
        QString word;
        QString date;
    };
    enum class Dates { Shown, Hidden };
    qreal stopWidth(const Stop& stop, Dates dates) const;
    qreal contentWidth(Dates dates) const;
    void paintStop(QPainter& painter, const Stop& stop, const QRectF& field, Dates dates) const;

    std::vector<Stop> m_stops;
};

} // namespace aiva
