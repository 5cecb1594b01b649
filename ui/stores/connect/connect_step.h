// One step of connecting a store. The wizard owns the steps, passes the one draft through them, and decides where to
// go; a step shows, checks and writes down its part.
#pragma once

#include "core/desk/stores/store_values.h"
#include "ui/widgets/steps_sheet.h"

namespace aiva {

enum class ConnectWay { ShopifyApp, ShopifyBrowser, ShopifyToken, WooCommerce };

// Everything entered so far. Lives in memory only until the shop is connected; the secrets wipe themselves.
struct ConnectDraft {
    ConnectWay way = ConnectWay::ShopifyApp;
    StoreSignIn signIn;
    bool isKnown = false; // a store that is there already gets new keys: its address stays
    QString keptClient;   // the client ID whose secret is kept from before, and need not be entered again
};

class ConnectStep : public SheetStep {
    Q_OBJECT
public:
    using SheetStep::SheetStep;

    virtual void enter(const ConnectDraft& draft) = 0;
    virtual void collect(ConnectDraft& draft) = 0;
};

} // namespace aiva
