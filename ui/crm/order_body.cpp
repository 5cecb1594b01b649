#include "ui/crm/order_body.h"

#include "ui/crm/parcel_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/order_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_row.h"

#include <QVBoxLayout>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Folding saves room only when it hides more than the line it costs.
constexpr size_t kItemsShown = 8;

QVBoxLayout* addColumn(QVBoxLayout* column) {
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(size::outset, 0, size::outset, 0);
    inner->setSpacing(0);
    column->addLayout(inner);
    return inner;
}

TextRow* rowAt(std::vector<TextRow*>& rows, size_t index, QVBoxLayout* column, TextStyle style, TextStyle valueStyle,
               QWidget* parent) {
    while (rows.size() <= index) {
        rows.push_back(new TextRow(style, valueStyle, parent));
        column->addWidget(rows.back());
    }
    rows[index]->setVisible(true);
    return rows[index];
}

} // namespace

OrderBody::OrderBody(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 12);
    column->setSpacing(0);
    m_itemColumn = addColumn(column);
    m_moreItems = new SubtleButton({}, SubtleButton::Look::Quiet, this);
    column->addWidget(m_moreItems);
    column->addSpacing(size::grid);
    m_totalColumn = addColumn(column);
    m_parcelColumn = addColumn(column);
    m_openAdmin = new SubtleButton(tr("Open in Shopify admin"), SubtleButton::Look::Quiet, this);
    m_openAdmin->setGlyph(Icon::External);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(0, size::grid, 0, 0);
    foot->addWidget(m_openAdmin);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(m_moreItems, &SubtleButton::clicked, this, [this] {
        m_allItemsShown = true;
        showItems();
    });
    connect(m_openAdmin, &SubtleButton::clicked, this, [this] { Q_EMIT openUrlRequested(QUrl(m_adminUrl)); });
}

QList<QWidget*> OrderBody::controls() const {
    QList<QWidget*> controls{m_moreItems};
    for (const ParcelView* parcel : m_parcels)
        controls << parcel->copyButton();
    return controls << m_openAdmin;
}

void OrderBody::foldItems() {
    m_allItemsShown = false;
}

void OrderBody::setOrder(const OrderView& order, const QString& adminUrl, UtcTime now, const QLocale& locale) {
    m_order = order;
    m_locale = locale;
    m_adminUrl = adminUrl;
    showItems();
    showTotals(now);
    showParcels(now);
    m_openAdmin->setVisible(!adminUrl.isEmpty());
    m_openAdmin->setSpokenName(tr("Open order %1 in Shopify admin").arg(order.name));
}

void OrderBody::showItems() {
    const size_t count = m_order.items.size();
    const bool folds = !m_allItemsShown && count > kItemsShown + 1;
    const size_t shown = folds ? kItemsShown : count;
    for (size_t i = 0; i < shown; ++i) {
        const OrderItemView& item = m_order.items[i];
        const auto price = item.unitPrice.times(item.quantity);
        rowAt(m_items, i, m_itemColumn, TextStyle::LineItem, TextStyle::LineItem, this)
            ->setContent({itemText(item), price ? formatMoney(*price, m_locale) : QString(), itemDetail(item)});
    }
    for (size_t i = shown; i < m_items.size(); ++i)
        m_items[i]->hide();
    const bool hadFocus = m_moreItems->hasFocus();
    m_moreItems->setText(tr("+%1 more").arg(count - shown));
    m_moreItems->setSpokenName(tr("Show %1 more items").arg(count - shown));
    m_moreItems->setVisible(folds);
    if (hadFocus && !folds) focusNextChild();
}

void OrderBody::showTotals(UtcTime now) {
    size_t used = 0;
    const auto row = [&](const QString& text, Money amount, ColorRole color) {
        rowAt(m_totals, used++, m_totalColumn, TextStyle::Meta, TextStyle::LineItem, this)
            ->setContent({text, formatMoney(amount, m_locale), {}, &Colors::textSecondary, color});
    };
    const auto less = [](Money amount) { return Money(-amount.minor(), amount.currency()); };
    if (m_order.discounts.minor() > 0) row(tr("Discount"), less(m_order.discounts), &Colors::textSecondary);
    if (m_order.shipping.minor() > 0) row(tr("Shipping"), m_order.shipping, &Colors::textSecondary);
    if (m_order.tax.minor() > 0) row(tr("Tax"), m_order.tax, &Colors::textSecondary);
    row(tr("Total"), m_order.total, &Colors::textPrimary);
    if (m_order.refunds.size() > 1 || (m_order.refunds.empty() && m_order.refunded.minor() > 0)) {
        row(tr("Refunded"), less(m_order.refunded), &Colors::danger);
    } else if (!m_order.refunds.empty()) {
        const RefundView& refund = m_order.refunds.front();
        row(tr("Refunded %1", "date").arg(formatOrderDate(refund.createdAt, now, m_locale)), less(refund.total),
            &Colors::danger);
    }
    for (size_t i = used; i < m_totals.size(); ++i)
        m_totals[i]->hide();
}

void OrderBody::showParcels(UtcTime now) {
    for (size_t i = 0; i < m_order.tracking.size(); ++i) {
        if (m_parcels.size() <= i) {
            m_parcels.push_back(new ParcelView(this));
            m_parcelColumn->addWidget(m_parcels.back());
            connect(m_parcels.back(), &ParcelView::copied, this, &OrderBody::trackingLinkCopied);
        }
        m_parcels[i]->setParcel(m_order.tracking[i], now, m_locale);
        m_parcels[i]->show();
    }
    for (size_t i = m_order.tracking.size(); i < m_parcels.size(); ++i)
        m_parcels[i]->hide();
}

} // namespace aiva
