#include "ui/stores/connect/connect_wizard.h"

#include "ui/error_text.h"
#include "ui/stores/connect/browser_step.h"
#include "ui/stores/connect/keys_step.h"
#include "ui/stores/connect/shop_test_step.h"
#include "ui/stores/connect/way_step.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QStackedWidget>

#include <algorithm>

namespace aiva {

namespace {

constexpr QSize connectSize(540, 560);

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
    return draft;
}

} // namespace

ConnectWizard::ConnectWizard(StoreDesk& desk, QWidget* parent)
    : ConnectWizard(desk, ConnectDraft(), Entry::New, parent) {
    go(m_way);
}

ConnectWizard::ConnectWizard(StoreDesk& desk, const StoreRow& store, QWidget* parent)
    : ConnectWizard(desk, draftOf(store), Entry::Again, parent) {
    go(m_keys);
}

ConnectWizard::ConnectWizard(StoreDesk& desk, ConnectDraft draft, Entry entry, QWidget* parent)
    : Sheet(tr("Connect a store"), parent)
    , m_desk(desk)
    , m_draft(std::move(draft))
    , m_entry(entry)
    , m_pages(new QStackedWidget(this))
    , m_way(new WayStep)
    , m_keys(new KeysStep)
    , m_browser(new BrowserStep(desk))
    , m_test(new ShopTestStep(desk))
    , m_cancel(new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this))
    , m_back(new SubtleButton(tr("Back"), SubtleButton::Look::Subtle, this))
    , m_goOn(new SubtleButton(tr("Continue"), SubtleButton::Look::Primary, this)) {
    setFixedSize(connectSize.width(), std::min(connectSize.height(), mostHeight()));
    for (ConnectStep* step : std::initializer_list<ConnectStep*>{m_way, m_keys, m_browser, m_test}) {
        auto* scroll = new OverlayScrollArea;
        scroll->setWidget(step);
        for (QWidget* ground : {scroll->viewport(), static_cast<QWidget*>(step)})
            ground->setAutoFillBackground(false); // the sheet's shows
        m_pages->addWidget(scroll);
        connect(step, &ConnectStep::changed, this, &ConnectWizard::showButtons);
        connect(step, &ConnectStep::goOnAsked, this, [this] {
            if (m_goOn->isEnabled()) goOn();
        });
    }
    body()->addWidget(m_pages);
    foot()->addWidget(m_cancel);
    foot()->addStretch();
    foot()->addWidget(m_back);
    foot()->addWidget(m_goOn);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_back, &QAbstractButton::clicked, this, &ConnectWizard::goBack);
    connect(m_goOn, &QAbstractButton::clicked, this, &ConnectWizard::goOn);
}

ConnectStep* ConnectWizard::current() const {
    return static_cast<ConnectStep*>(static_cast<OverlayScrollArea*>(m_pages->currentWidget())->widget());
}

QList<ConnectStep*> ConnectWizard::steps() const {
    QList<ConnectStep*> steps;
    if (m_entry == Entry::New) steps << m_way;
    steps << m_keys;
    const ConnectWay way = current() == m_way ? m_way->chosen() : m_draft.way;
    if (way == ConnectWay::ShopifyBrowser) steps << m_browser;
    return steps << m_test;
}

void ConnectWizard::go(ConnectStep* step) {
    m_isBusy = false;
    m_pages->setCurrentWidget(step->parentWidget()->parentWidget()); // out of the viewport, the place it scrolls in
    step->enter(m_draft);
    showButtons();
}

void ConnectWizard::showButtons() {
    const ConnectStep* step = current();
    const bool isLast = step == m_test;
    setTitle(step->title(), tr("%1 of %2").arg(steps().indexOf(step) + 1).arg(steps().size()));
    m_back->setEnabled(!m_isBusy && step != steps().constFirst());
    m_goOn->setText(!isLast ? tr("Continue") : m_entry == Entry::Again ? tr("Reconnect") : tr("Connect and sync"));
    m_goOn->setEnabled(!m_isBusy && step->canGoOn());
    if ((isLast || step == m_browser) && m_goOn->isEnabled()) m_goOn->setFocus(Qt::OtherFocusReason);
}

void ConnectWizard::goOn() {
    ConnectStep* step = current();
    if (step == m_test) return save();
    step->collect(m_draft);
    go(steps().at(steps().indexOf(step) + 1));
}

void ConnectWizard::goBack() {
    ++m_generation;
    ConnectStep* step = current();
    step->collect(m_draft);
    go(steps().at(steps().indexOf(step) - 1));
}

void ConnectWizard::save() {
    m_isBusy = true;
    showButtons();
    const int generation = ++m_generation;
    whenDone(m_desk.connectStore(m_draft.signIn), this, [this, generation](const Result<StoreId>& store) {
        if (generation != m_generation) return;
        m_isBusy = false;
        showButtons();
        if (!store) {
            m_test->showTrouble(errorSentence(store.error()));
            return;
        }
        Q_EMIT connected(*store);
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
    ++m_generation;
    if (m_isBusy) m_desk.cancelConnect();
    if (result != Accepted && !m_draft.signIn.grant.isEmpty()) m_desk.cancelSignIn(); // nobody will use it
    wipe();
    Sheet::done(result);
}

} // namespace aiva
