// The stores of the workspace, a card each.
#pragma once

#include "core/desk/desk.h"
#include "ui/widgets/page.h"

class QLabel;

namespace aiva {

class StoreCard;

class StoresPage final : public Page {
    Q_OBJECT
public:
    StoresPage(Desk& desk, const Clock& clock, QWidget* parent = nullptr);
    void setStores(const std::vector<StoreView>& stores);

private:
    Desk& m_desk;
    const Clock& m_clock;
    QLabel* m_empty;
    std::vector<StoreCard*> m_cards;
};

} // namespace aiva
