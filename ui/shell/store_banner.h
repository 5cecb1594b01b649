// The strip above every page for a store that no longer lets us in: what happened, what to do, and Dismiss for a day.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/store_query.h"
#include "ui/widgets/banner.h"

namespace aiva {

class WindowState;

class StoreBanner final : public Banner {
    Q_OBJECT
public:
    StoreBanner(WindowState& state, const Clock& clock, QWidget* parent = nullptr);
    void setStores(const std::vector<StoreView>& stores);
    void refresh(); // time has passed: a day may be over

Q_SIGNALS:
    void reconnectAsked(aiva::StoreId store);

private:
    WindowState& m_state;
    const Clock& m_clock;
    std::vector<StoreView> m_stores;
    StoreId m_store; // the one it speaks of
};

} // namespace aiva
