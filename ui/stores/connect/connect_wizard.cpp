#include "ui/stores/connect/connect_wizard.h"

#include "ui/stores/connect/browser_step.h"
#include "ui/stores/connect/connect_text.h"
#include "ui/stores/connect/keys_step.h"
#include "ui/stores/connect/shop_test_step.h"
#include "ui/stores/connect/way_step.h"

namespace aiva {

namespace {

ConnectDraft draftOf(const StoreRow& store) {
    ConnectDraft draft;
    draft.way = store.kind == StoreKind::WooCommerce                ? ConnectWay::WooCommerce
                : store.auth == QLatin1String("token")              ? ConnectWay::ShopifyToken
                : store.auth == QLatin1String("authorization_code") ? ConnectWay::ShopifyBrowser
                                                                    : ConnectWay::ShopifyApp;
    draft.signIn.kind = store.kind;
    // Of a site the domain alone would not say by which way it is reached.
    draft.signIn.address = store.kind == StoreKind::WooCommerce ? store.baseUrl : store.domain;
    draft.isKnown = true;
    draft.signIn.baseUrl = store.baseUrl;
    draft.signIn.clientId = store.clientId;
    if (store.signedInUntil) draft.signIn.access = StoreAccess::Online;
    // By hand, its secrets were forgotten.
    if (draft.way == ConnectWay::ShopifyBrowser && !isPartedByHand(store)) draft.keptClient = store.clientId;
    return draft;
}

// A day's sign-in that is over: nothing else has changed.
bool isToSignInAgain(const StoreRow& store) {
    return store.signedInUntil && store.status == StoreStatus::Disconnected && !isPartedByHand(store);
}

} // namespace

ConnectWizard::ConnectWizard(StoreDesk& desk, QWidget* parent)
    : ConnectWizard(desk, ConnectDraft(), Entry::New, parent) {
    goTo(m_way);
}

ConnectWizard::ConnectWizard(StoreDesk& desk, const StoreRow& store, QWidget* parent)
    : ConnectWizard(desk, draftOf(store), Entry::Again, parent) {
    goTo(isToSignInAgain(store) ? static_cast<SheetStep*>(m_browser) : m_keys);
}

ConnectWizard::ConnectWizard(StoreDesk& desk, ConnectDraft draft, Entry entry, QWidget* parent)
    : StepsSheet(tr("Connect a store"), parent)
    , m_desk(desk)
    , m_draft(std::move(draft))
    , m_entry(entry)
    , m_way(new WayStep)
    , m_keys(new KeysStep)
    , m_browser(new BrowserStep(desk))
    , m_test(new ShopTestStep(desk)) {
    for (SheetStep* step : std::initializer_list<SheetStep*>{m_way, m_keys, m_browser, m_test})
        addStep(step);
}

QList<SheetStep*> ConnectWizard::steps() const {
    QList<SheetStep*> steps;
    if (m_entry == Entry::New) steps << m_way;
    steps << m_keys;
    const ConnectWay way = shownStep() == m_way ? m_way->chosen() : m_draft.way;
    if (way == ConnectWay::ShopifyBrowser) steps << m_browser;
    return steps << m_test;
}

bool ConnectWizard::isLast() const {
    return shownStep() == m_test;
}

QString ConnectWizard::goOnText() const {
    if (!isLast()) return tr("Continue");
    return m_entry == Entry::Again ? tr("Reconnect") : tr("Connect and sync");
}

bool ConnectWizard::isGoOnNext() const {
    return isLast() || shownStep() == m_browser;
}

void ConnectWizard::enter(SheetStep& step, Arrival) {
    static_cast<ConnectStep&>(step).enter(m_draft);
}

void ConnectWizard::leave(SheetStep& step) {
    static_cast<ConnectStep&>(step).collect(m_draft);
}

void ConnectWizard::goOn() {
    if (isLast())
        save();
    else
        StepsSheet::goOn();
}

void ConnectWizard::save() {
    const int answer = startWaiting(Waiting::Cancellable);
    whenDone(m_desk.connectStore(m_draft.signIn), this, [this, answer](const Result<StoreId>& store) {
        if (!takeAnswer(answer)) return;
        if (!store) {
            m_test->showTrouble(errorSentence(connectTrouble(m_draft.way, store.error(), m_draft.signIn.access)));
            return;
        }
        accept();
    });
}

void ConnectWizard::wipe() {
    m_keys->forget();
    m_browser->forget();
    m_test->collect(m_draft);
    m_draft = {};
}

void ConnectWizard::done(int result) {
    if (isWaiting()) m_desk.cancelConnect();
    if (result != Accepted && !m_draft.signIn.grant.isEmpty()) m_desk.cancelSignIn(); // nobody will use it
    wipe();
    StepsSheet::done(result);
}

} // namespace aiva
