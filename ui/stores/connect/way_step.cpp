#include "ui/stores/connect/way_step.h"

#include "ui/stores/connect/choice_row.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace aiva {

WayStep::WayStep(QWidget* parent)
    : ConnectStep(parent)
    , m_app(new ChoiceRow(tr("Shopify, with an app of your own"),
                          tr("Made once in Shopify's Dev Dashboard, in five minutes. Its keys stay in this computer's "
                             "keychain; nobody in between."),
                          this))
    , m_browser(new ChoiceRow(tr("Shopify, by signing in in the browser"),
                              tr("With the same kind of app, when its owner allows it on Shopify's own page."), this))
    , m_token(new ChoiceRow(tr("Shopify, with an access token"),
                            tr("For an app made in the shop's admin before 2026 that still has its token."), this))
    , m_woo(new ChoiceRow(tr("WooCommerce"), tr("With a key for reading, made in the shop's own settings."), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * size::grid);
    for (ChoiceRow* row : {m_app, m_browser, m_token, m_woo}) {
        column->addWidget(row);
        connect(row, &QAbstractButton::toggled, this, &ConnectStep::changed);
    }
    column->addSpacing(size::grid);
    auto* note = new TextBlock(TextStyle::Meta, &Colors::textSecondary, this);
    note->setText(tr("Aiva only reads, and saves nothing before the shop has answered. You can cancel at any time."));
    column->addWidget(note);
    column->addStretch();
}

QString WayStep::title() const {
    return tr("Connect a store");
}

ChoiceRow* WayStep::choice(ConnectWay way) const {
    if (way == ConnectWay::WooCommerce) return m_woo;
    if (way == ConnectWay::ShopifyBrowser) return m_browser;
    return way == ConnectWay::ShopifyToken ? m_token : m_app;
}

ConnectWay WayStep::chosen() const {
    if (m_woo->isChecked()) return ConnectWay::WooCommerce;
    if (m_browser->isChecked()) return ConnectWay::ShopifyBrowser;
    return m_token->isChecked() ? ConnectWay::ShopifyToken : ConnectWay::ShopifyApp;
}

void WayStep::enter(const ConnectDraft& draft) {
    choice(draft.way)->setChecked(true);
    choice(draft.way)->setFocus(Qt::OtherFocusReason);
}

void WayStep::collect(ConnectDraft& draft) {
    if (chosen() == draft.way) return;
    draft = {}; // keys belong to one way in
    draft.way = chosen();
    draft.signIn.kind = draft.way == ConnectWay::WooCommerce ? StoreKind::WooCommerce : StoreKind::Shopify;
}

} // namespace aiva
