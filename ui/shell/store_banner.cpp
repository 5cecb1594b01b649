#include "ui/shell/store_banner.h"

#include "ui/shell/window_state.h"

namespace aiva {

namespace {
constexpr int storeDismissedSeconds = 24 * 3600;
}

StoreBanner::StoreBanner(WindowState& state, const Clock& clock, QWidget* parent)
    : Banner(Shape::Row, parent), m_state(state), m_clock(clock) {
    connect(this, &Banner::actionTriggered, this, [this] { Q_EMIT reconnectAsked(m_store); });
    connect(this, &Banner::dismissed, this, [this] {
        m_state.dismissBanner(m_store, m_clock.now().plusSeconds(storeDismissedSeconds));
        hide();
    });
    hide();
}

void StoreBanner::setStores(const std::vector<StoreView>& stores) {
    for (const StoreView& view : stores) {
        const bool isDismissed = m_state.isBannerDismissed(view.store.id, m_clock.now());
        if (view.store.status != StoreStatus::Disconnected) {
            // Connected again: when it parts another time, that is news.
            if (isDismissed) m_state.dismissBanner(view.store.id, m_clock.now());
            continue;
        }
        if (isDismissed) continue;
        m_store = view.store.id;
        const QString name = view.store.name.isEmpty() ? view.store.domain : view.store.name;
        const bool isByHand = view.store.lastError.isEmpty();
        setContent((isByHand ? tr("%1 was disconnected here. What is cached stays; news does not arrive.")
                             : tr("%1 no longer lets Aiva in. What is cached stays; news does not arrive."))
                       .arg(name),
                   Tone::Warning, tr("Reconnect"), tr("Dismiss for 24 h"));
        show();
        return;
    }
    hide();
}

} // namespace aiva
