// The order history of one person: sections newest first, grouped by store when there are several, with how fresh it
// all is above and what is missing below.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/crm/crm_panel_state.h"

#include <QLocale>
#include <QUrl>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace aiva {

class ElidedLabel;
class OrderSection;
class SubtleButton;

class OrderList : public QWidget {
    Q_OBJECT
public:
    explicit OrderList(QWidget* parent = nullptr);

    // The same person again keeps each order's fold; another person starts with the newest unfolded.
    void setCustomer(const CustomerView& customer, UtcTime now, const QLocale& locale);
    void setFreshness(std::optional<UtcTime> asOf, CrmPanelState::Network network, UtcTime now, const QLocale& locale);
    void refreshAges(UtcTime now);
    // In the order shown; null when there are fewer.
    OrderSection* sectionAt(int index) const;

Q_SIGNALS:
    void openUrlRequested(const QUrl& url);
    void trackingLinkCopied(const QString& url);
    void historyRequested();
    void moreOrdersRequested();

private:
    struct Row {
        const OrderView* order;
        const StoreIdentity* store; // null when unknown
    };
    static std::vector<Row> rowsOf(const CustomerView& customer);
    OrderSection* makeSection();
    // Sections in the order of the rows, re-using those of the same order.
    void matchSections(const std::vector<Row>& rows);
    void placeSections(const std::vector<Row>& rows, const CustomerView& customer);
    // Tab follows the picture, although sections and bodies are made late and move.
    void orderTabs();
    void showNotes(const CustomerView& customer);
    void step(OrderSection* from, int key);

    ProfileId m_profile;
    ElidedLabel* m_asOf;
    QWidget* m_sectionField;
    QVBoxLayout* m_sectionColumn;
    std::vector<OrderSection*> m_sections; // the first m_used are shown
    std::vector<ElidedLabel*> m_storeCaptions;
    size_t m_used = 0;
    ElidedLabel* m_none;
    SubtleButton* m_more;
    QWidget* m_limited;
};

} // namespace aiva
