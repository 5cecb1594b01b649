#include "ui/conversation/order_progress.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/order_text.h"

#include <QPainter>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;
using Kind = OrderStep::Kind;
using State = OrderStep::State;

constexpr int kHeight = 20;
constexpr int kDotGap = 7;
constexpr int kDateGap = 7;
constexpr qreal kLineMargin = 10;
constexpr int kSmallestGap = 18; // between two stops: a third of it is line

bool hasOnlyLabel(const TrackingView& parcel) {
    const QString status = parcel.status.toUpper();
    return !parcel.inTransitAt && !isDelivered(parcel) &&
           (status == "LABEL_PURCHASED"_L1 || status == "LABEL_PRINTED"_L1 || status == "CONFIRMED"_L1);
}

// The first fulfillment, and its first movement.
std::optional<UtcTime> packedAt(const OrderView& order) {
    std::optional<UtcTime> first;
    for (const TrackingView& parcel : order.tracking)
        if (parcel.shippedAt.ms() != 0) first = std::min(first.value_or(parcel.shippedAt), parcel.shippedAt);
    return first;
}

std::optional<UtcTime> shippedAt(const OrderView& order) {
    std::optional<UtcTime> first;
    for (const TrackingView& parcel : order.tracking) {
        if (hasOnlyLabel(parcel)) continue;
        const UtcTime moved = parcel.inTransitAt.value_or(parcel.shippedAt);
        if (moved.ms() != 0) first = std::min(first.value_or(moved), moved);
    }
    return first;
}

OrderStep shippedStep(const OrderView& order, OrderStanding standing) {
    OrderStep step{Kind::Shipped, State::Pending, shippedAt(order)};
    const bool anyMoved = step.at || std::any_of(order.tracking.begin(), order.tracking.end(),
                                                 [](const TrackingView& parcel) { return !hasOnlyLabel(parcel); });
    if (standing == OrderStanding::Partial)
        step.state = anyMoved ? State::Partial : State::Pending;
    else if (anyMoved || (standing == OrderStanding::Fulfilled && order.tracking.empty()))
        step.state = State::Done;
    return step;
}

bool isReached(State state) {
    return state == State::Done || state == State::Partial;
}

DotLook stopDot(State state) {
    switch (state) {
    case State::Done:
        return {DotShape::Filled, Tone::Ok};
    case State::Partial:
        return {DotShape::Half, Tone::Warning};
    case State::Pending:
        return {DotShape::Hollow, Tone::Muted};
    case State::Broken:
        return {DotShape::Ring, Tone::Danger};
    }
    return {};
}

} // namespace

std::vector<OrderStep> orderSteps(const OrderView& order) {
    const OrderStanding standing = orderStanding(order);
    std::vector<OrderStep> steps{{Kind::Ordered, State::Done, order.createdAt}};
    if (standing == OrderStanding::Cancelled) {
        steps.push_back({Kind::Cancelled, State::Broken, order.cancelledAt});
        return steps;
    }
    const std::optional<UtcTime> packed = packedAt(order);
    const bool isFulfilled = order.fulfillmentStatus.compare("FULFILLED"_L1, Qt::CaseInsensitive) == 0;
    const bool isPacked = packed || isFulfilled || standing == OrderStanding::Partial || !order.tracking.empty();
    if (standing == OrderStanding::Refunded) {
        if (isPacked) steps.push_back({Kind::Packed, State::Done, packed});
        if (const OrderStep shipped = shippedStep(order, isFulfilled ? OrderStanding::Fulfilled : standing);
            shipped.state == State::Done)
            steps.push_back(shipped);
        OrderStep refunded{Kind::Refunded, State::Broken, std::nullopt};
        for (const RefundView& refund : order.refunds)
            refunded.at = std::max(refunded.at.value_or(refund.createdAt), refund.createdAt);
        steps.push_back(refunded);
        return steps;
    }
    const std::optional<UtcTime> delivered = deliveredAt(order);
    steps.push_back({Kind::Packed, isPacked ? State::Done : State::Pending, packed});
    steps.push_back(shippedStep(order, standing));
    steps.push_back({Kind::Delivered, delivered ? State::Done : State::Pending, delivered});
    return steps;
}

QString orderStepWord(const OrderStep& step) {
    switch (step.kind) {
    case Kind::Ordered:
        return OrderProgress::tr("Ordered");
    case Kind::Packed:
        return OrderProgress::tr("Packed");
    case Kind::Shipped:
        return step.state == State::Partial ? OrderProgress::tr("Partly shipped") : OrderProgress::tr("Shipped");
    case Kind::Delivered:
        return OrderProgress::tr("Delivered");
    case Kind::Cancelled:
        return OrderProgress::tr("Cancelled");
    case Kind::Refunded:
        return OrderProgress::tr("Refunded");
    }
    return {};
}

OrderProgress::OrderProgress(QWidget* parent) : QWidget(parent) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void OrderProgress::setSteps(const std::vector<OrderStep>& steps, UtcTime now, const QLocale& locale) {
    m_stops.clear();
    for (const OrderStep& step : steps)
        m_stops.push_back({step, orderStepWord(step), step.at ? formatOrderDate(*step.at, now, locale) : QString()});
    announceChange(this, QAccessible::NameChanged);
    updateGeometry();
    update();
}

AccessibleFace OrderProgress::face() const {
    QStringList parts;
    int done = 0;
    for (const Stop& stop : m_stops) {
        const bool pending = stop.step.state == State::Pending;
        done += pending ? 0 : 1;
        const QString text = stop.date.isEmpty() ? stop.word : stop.word + u' ' + stop.date;
        parts << (pending ? tr("%1: not yet", "step").arg(stop.word) : text);
    }
    return {QAccessible::StaticText,
            parts.join(u", "_s),
            tr("%1 of %2 steps").arg(done).arg(m_stops.size()),
            {},
            Expansion::None};
}

QSize OrderProgress::sizeHint() const {
    return {static_cast<int>(contentWidth(Dates::Shown)) + 1, kHeight};
}

QSize OrderProgress::minimumSizeHint() const {
    return {static_cast<int>(contentWidth(Dates::Hidden)) + 1, kHeight};
}

qreal OrderProgress::stopWidth(const Stop& stop, Dates dates) const {
    const qreal date = dates == Dates::Shown && !stop.date.isEmpty()
                           ? kDateGap + textWidth(Theme::font(TextStyle::MonoMicro), stop.date)
                           : 0;
    return size::dot + kDotGap + textWidth(Theme::font(TextStyle::Meta), stop.word) + date;
}

qreal OrderProgress::contentWidth(Dates dates) const {
    qreal width = 0;
    for (const Stop& stop : m_stops)
        width += stopWidth(stop, dates);
    const auto gaps = static_cast<int>(std::max<size_t>(m_stops.size(), 1)) - 1;
    return width + gaps * kSmallestGap;
}

void OrderProgress::paintEvent(QPaintEvent*) {
    if (m_stops.empty()) return;
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Colors& c = Theme::colors();
    // Dates go first when it gets narrow; a screen reader and the panel still have them.
    const Dates dates = contentWidth(Dates::Shown) <= width() ? Dates::Shown : Dates::Hidden;
    qreal stops = 0;
    for (const Stop& stop : m_stops)
        stops += stopWidth(stop, dates);
    const auto gaps = static_cast<qreal>(m_stops.size() - 1);
    const qreal between = gaps > 0 ? (width() - stops) / gaps : 0;
    qreal x = 0;
    for (size_t i = 0; i < m_stops.size(); ++i) {
        const qreal wide = stopWidth(m_stops[i], dates);
        paintStop(painter, m_stops[i], QRectF(x, 0, wide, height()), dates);
        x += wide;
        if (i + 1 == m_stops.size()) break;
        const qreal margin = std::min(kLineMargin, between / 3);
        const QRectF line(x + margin, 0, between - 2 * margin, height() / 2.0);
        strokeEdge(painter, mirrored(*this, line), Qt::BottomEdge,
                   isReached(m_stops[i + 1].step.state) ? c.okLine : c.borderSubtle);
        x += between;
    }
}

void OrderProgress::paintStop(QPainter& painter, const Stop& stop, const QRectF& field, Dates dates) const {
    const Colors& c = Theme::colors();
    const DotLook dot = stopDot(stop.step.state);
    paintStatusDot(painter, mirrored(*this, {field.left(), 0, size::dot, field.height()}), dot);
    const QFont font = Theme::font(TextStyle::Meta);
    const qreal word = textWidth(font, stop.word);
    const qreal text = field.left() + size::dot + kDotGap;
    drawLine(painter, mirrored(*this, {text, 0, word, field.height()}), stop.word, font,
             stop.step.state == State::Broken ? c.danger : c.textSecondary);
    if (dates == Dates::Hidden || stop.date.isEmpty()) return;
    const qreal date = text + word + kDateGap;
    drawLine(painter, mirrored(*this, {date, 0, field.right() - date, field.height()}), stop.date,
             Theme::font(TextStyle::MonoMicro), c.textMuted);
}

} // namespace aiva
