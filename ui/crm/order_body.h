// The unfolded part of one order: items, totals, refunds, parcels with their copy buttons, the link to the shop's
// admin. Rows are kept and re-used, so a refresh of the same order moves neither focus nor scroll.
#pragma once

#include "core/readmodel/customer_query.h"

#include <QLocale>
#include <QUrl>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace aiva {

class ParcelView;
class SubtleButton;
class TextRow;

class OrderBody : public QWidget {
    Q_OBJECT
public:
    explicit OrderBody(QWidget* parent = nullptr);
    void setOrder(const OrderView& order, const QString& adminUrl, UtcTime now, const QLocale& locale);
    // Another order: folded items fold again.
    void foldItems();
    // What takes the focus, in the order of the picture.
    QList<QWidget*> controls() const;

Q_SIGNALS:
    void openUrlRequested(const QUrl& url);
    void trackingLinkCopied(const QString& url);

private:
    void showItems();
    void showTotals(UtcTime now);
    void showParcels(UtcTime now);

    OrderView m_order;
    QLocale m_locale;
    QString m_adminUrl;
    bool m_allItemsShown = false;
    QVBoxLayout* m_itemColumn;
    QVBoxLayout* m_totalColumn;
    QVBoxLayout* m_parcelColumn;
    std::vector<TextRow*> m_items;
    std::vector<TextRow*> m_totals;
    std::vector<ParcelView*> m_parcels;
    SubtleButton* m_moreItems;
    SubtleButton* m_openAdmin;
};

} // namespace aiva
