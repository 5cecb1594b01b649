#include "ui/conversation/order_card.h"

#include "ui/conversation/order_progress.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kTop = 14;
constexpr int kSide = 16;
constexpr int kBottom = 13;
constexpr int kAbove = 16; // the progress
constexpr int kBelow = 10;

} // namespace

OrderCard::OrderCard(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_name(new ElidedLabel(TextStyle::Mono, &Colors::textPrimary, this))
    , m_items(new ElidedLabel(TextStyle::Dense, &Colors::textSecondary, this))
    , m_total(new ElidedLabel(TextStyle::Mono, &Colors::textSecondary, this))
    , m_progressPlace(new QWidget(this))
    , m_progress(new OrderProgress(m_progressPlace))
    , m_tracking(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_append(new SubtleButton(tr("Append to Draft"), SubtleButton::Look::Subtle, this)) {
    describe(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_items->setAlignment(Qt::AlignTrailing);
    m_total->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_append->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_name);
    head->addSpacing(kSide);
    head->addWidget(m_items, 1);
    head->addWidget(m_total);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(kSide);
    foot->addWidget(m_tracking, 1);
    foot->addWidget(m_append);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSide, kTop, kSide, kBottom);
    column->setSpacing(0);
    column->addLayout(head);
    auto* around = new QVBoxLayout(m_progressPlace);
    around->setContentsMargins(0, kAbove, 0, kBelow);
    around->addWidget(m_progress);
    column->addWidget(m_progressPlace);
    column->addLayout(foot);
    connect(m_append, &SubtleButton::clicked, this, [this] { Q_EMIT appendRequested(trackingBlock(m_order)); });
}

void OrderCard::setOrder(const OrderView& order) {
    if (m_filled && order == m_order) return;
    m_filled = true;
    m_order = order;
    const QLocale locale;
    const QString items = itemsSummary(order);
    const QString total = formatMoney(order.total, locale);
    m_name->setText(order.name);
    m_items->setText(items.isEmpty() ? QString() : items + u" · "_s);
    m_items->setSpokenName(items);
    m_items->setToolTip(order.items.size() > 1 ? items : QString());
    m_total->setText(total);
    m_summary = tr("Order %1, %2, %3", "name, items, total").arg(order.name, items, total);
    m_progress->setSteps(orderSteps(order), m_clock.now(), locale);
    showTracking();
    announceChange(this, QAccessible::NameChanged);
}

void OrderCard::setCompact(bool compact) {
    m_progressPlace->setVisible(!compact);
    layout()->setSpacing(compact ? kBelow : 0);
}

void OrderCard::showTracking() {
    QStringList parcels;
    for (const TrackingView& parcel : m_order.tracking)
        parcels << (m_order.tracking.size() == 1 ? parcelFullText(parcel) : parcelText(parcel));
    parcels.removeAll(QString());
    const OrderStanding standing = orderStanding(m_order);
    const bool mayCome = standing == OrderStanding::Unfulfilled || standing == OrderStanding::Partial;
    const QString none = mayCome ? tr("No tracking yet") : tr("No tracking");
    m_tracking->setText(parcels.isEmpty() ? none : parcels.join(u" · "_s));
    m_append->setEnabled(!m_order.tracking.empty());
    m_append->setSpokenName(tr("Append tracking of %1 to the draft").arg(m_order.name));
}

AccessibleFace OrderCard::face() const {
    return {QAccessible::Grouping, m_summary, {}, {}, Expansion::None};
}

void OrderCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& c = Theme::colors();
    fillRounded(painter, rect(), size::radiusCard, c.app);
    strokeRounded(painter, rect(), size::radiusCard, c.borderSubtle);
}

} // namespace aiva
