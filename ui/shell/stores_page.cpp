#include "ui/shell/stores_page.h"

#include "ui/shell/store_card.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>

namespace aiva {

StoresPage::StoresPage(Desk& desk, const Clock& clock, QWidget* parent)
    : Page(tr("Stores"), parent), m_desk(desk), m_clock(clock) {
    m_empty = textLabel(tr("No store is connected yet. Connect one in a terminal:\n\naivactl store connect shopify "
                           "--shop NAME.myshopify.com --token-stdin\n\nor try everything with aiva --sandbox."),
                        TextStyle::Dense, &Colors::textSecondary);
    m_empty->setWordWrap(true);
    m_empty->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column()->addWidget(m_empty);
    column()->addStretch();
}

void StoresPage::setStores(const std::vector<StoreView>& stores) {
    m_empty->setVisible(stores.empty());
    while (m_cards.size() > stores.size()) {
        delete m_cards.back();
        m_cards.pop_back();
    }
    while (m_cards.size() < stores.size()) {
        auto* card = new StoreCard(m_clock);
        column()->insertWidget(column()->count() - 1, card);
        connect(card, &StoreCard::syncAsked, this,
                [this](StoreId store) { m_desk.syncStore(store, SyncKind::Incremental, SyncTrigger::User); });
        m_cards.push_back(card);
    }
    for (size_t i = 0; i < stores.size(); ++i)
        m_cards[i]->setStore(stores[i], m_desk.syncProgress(stores[i].store.id));
}

} // namespace aiva
