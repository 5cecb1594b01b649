#include "ui/shell/store_banner.h"

#include "ui/errors/error_text.h"
#include "ui/shell/window_state.h"
#include "ui/stores/store_text.h"

namespace aiva {

namespace {
constexpr int storeDismissedSeconds = 24 * 3600;
}

StoreBanner::StoreBanner(WindowState& state, const Clock& clock, QWidget* parent)
    : Banner(Shape::Row, parent), m_state(state), m_clock(clock) {
    connect(this, &Banner::actionTriggered, this, [this] { Q_EMIT reconnectAsked(m_store); });
    connect(this, &Banner::dismissed, this, [this] {
        m_state.dismissBanner(m_store, m_clock.now().plusSeconds(storeDismissedSeconds));
        refresh(); // another one may have waited behind it
    });
    hide();
}

void StoreBanner::setStores(const std::vector<StoreView>& stores) {
    m_stores = stores;
    // One that is back and is lost once more is news.
    for (const StoreView& view : stores)
        if (view.store.status != StoreStatus::Disconnected && m_state.isBannerDismissed(view.store.id, m_clock.now()))
            m_state.dismissBanner(view.store.id, m_clock.now());
    refresh();
}

void StoreBanner::refresh() {
    for (const StoreView& view : m_stores) {
        if (view.store.status != StoreStatus::Disconnected) continue;
        if (m_state.isBannerDismissed(view.store.id, m_clock.now())) continue;
        m_store = view.store.id;
        const auto error = errorOfWords(view.store.lastError);
        const QString said =
            !error ? tr("%1 was disconnected here. What is cached stays; news does not arrive.")
            : error->cause == ErrorCause::SignInOver
                ? tr("The sign-in of a day to %1 has ended; what is cached stays, and news arrives again once you "
                     "sign in.")
                : tr("%1 no longer lets Aiva in. What is cached stays; news does not arrive.");
        setContent(said.arg(storeTitle(view.store)), Tone::Warning, tr("Reconnect now"), tr("Dismiss for 24 h"));
        show();
        return;
    }
    hide();
}

} // namespace aiva
