#include "ui/stores/connect/keys_step.h"

#include "core/domain/shop/store_access.h"
#include "ui/stores/connect/choice_row.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

KeysStep::KeysStep(QWidget* parent)
    : ConnectStep(parent)
    , m_steps(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_scopes(new TextBlock(TextStyle::MonoMicro, &Colors::textPrimary, this))
    , m_copy(new CopyButton(this))
    , m_between(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_redirect(new TextBlock(TextStyle::MonoMicro, &Colors::textPrimary, this))
    , m_copyRedirect(new CopyButton(this))
    , m_after(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_address(new QLineEdit(this))
    , m_addressField(new FormField(tr("Address of the shop"), m_address, {}, this))
    , m_clientId(new QLineEdit(this))
    , m_clientField(new FormField(tr("Client ID"), m_clientId, {}, this))
    , m_secret(new QLineEdit(this))
    , m_secretField(new FormField(tr("Client secret"), m_secret, {}, this))
    , m_lasting(new ChoiceRow(tr("Stay connected"),
                              tr("With the rights of the app. Aiva renews the sign-in by itself."), this))
    , m_day(new ChoiceRow(tr("Only with my own rights, for a day"),
                          tr("Aiva sees what you may see in the shop, and you sign in again each day."), this)) {
    build();
    for (QLineEdit* field : {m_address, m_clientId, m_secret}) {
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_secretField->setTrouble(mixUp());
            Q_EMIT changed();
        });
        connect(field, &QLineEdit::returnPressed, this, &ConnectStep::goOnAsked);
    }
    connect(m_clientId, &QLineEdit::textChanged, this, &KeysStep::showSecret);
    connect(m_address, &QLineEdit::textChanged, this, [this] { m_addressField->setTrouble({}); });
    connect(m_address, &QLineEdit::editingFinished, this, &KeysStep::judge);
}

void KeysStep::build() {
    m_secret->setEchoMode(QLineEdit::Password);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_copy->setOffer(tr("Copy"), neededScopes(), tr("Copy the access scopes"));
    m_copyRedirect->setOffer(tr("Copy"), storeRedirect(), tr("Copy the redirect URL"));
    m_scopes->setText(neededScopes());
    m_redirect->setText(storeRedirect());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * size::grid);
    column->addWidget(m_steps);
    addPaste(column, m_scopes, m_copy);
    column->addWidget(m_between);
    addPaste(column, m_redirect, m_copyRedirect);
    column->addWidget(m_after);
    column->addSpacing(size::grid);
    for (FormField* field : {m_addressField, m_clientField, m_secretField}) {
        field->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // together, at the top
        column->addWidget(field);
    }
    column->addWidget(m_lasting);
    column->addWidget(m_day);
    column->addStretch();
}

// What is pasted into the Dev Dashboard, with a button that copies exactly that.
void KeysStep::addPaste(QBoxLayout* column, TextBlock* text, CopyButton* button) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(4 * size::grid, 0, 0, 0);
    row->setSpacing(2 * size::grid);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(text, 1);
    row->addWidget(button);
    column->addLayout(row);
}

QString KeysStep::title() const {
    return m_way == ConnectWay::WooCommerce ? tr("Key of the WooCommerce shop") : tr("Keys of the Shopify app");
}

void KeysStep::enter(const ConnectDraft& draft) {
    m_way = draft.way;
    const StoreSignIn& signIn = draft.signIn;
    m_isKept = !signIn.secret.isEmpty() || !signIn.token.isEmpty();
    m_keptClient = draft.keptClient;
    m_known = draft.isKnown ? signIn.address : QString();
    m_address->setReadOnly(draft.isKnown && m_way != ConnectWay::WooCommerce);
    m_address->setText(signIn.address);
    m_clientId->setText(signIn.clientId);
    choice(signIn.access)->setChecked(true);
    showWay();
    m_secretField->setTrouble(mixUp()); // of this way in, not of the one before
    QLineEdit* first = signIn.address.isEmpty() ? m_address : m_way == ConnectWay::ShopifyToken ? m_secret : m_clientId;
    first->setFocus(Qt::OtherFocusReason);
}

void KeysStep::showWay() {
    const bool isBrowser = m_way == ConnectWay::ShopifyBrowser;
    const bool isApp = m_way == ConnectWay::ShopifyApp;
    const bool isWoo = m_way == ConnectWay::WooCommerce;
    const QStringList steps =
        isWoo ? QStringList{tr("1. In WordPress open WooCommerce › Settings › Advanced › REST API and add a key."),
                            tr("2. Give it the permission Read and generate it."),
                            tr("3. Copy both parts into the fields below: the secret is shown only once.")}
        : isBrowser
            ? QStringList{tr("1. Open dev.shopify.com, Apps › Create app › Start from Dev Dashboard, any name."),
                          tr("2. In the new version untick Embed app in Shopify admin and paste these access scopes:")}
        : isApp ? QStringList{tr("1. Open dev.shopify.com, Apps › Create app › Start from Dev Dashboard, any name."),
                              tr("2. In the new version leave everything as it is and paste these access scopes:")}
                : QStringList{tr("In the shop's admin: Settings › Apps and sales channels › Develop apps › your app › "
                                 "API credentials. The token begins with shpat_ and needs these access scopes:")};
    m_steps->setText(steps.join(u'\n'));
    m_scopes->setVisible(!isWoo);
    m_copy->setVisible(!isWoo);
    for (QWidget* part : std::initializer_list<QWidget*>{m_between, m_redirect, m_copyRedirect})
        part->setVisible(isBrowser);
    m_between->setText(tr("3. Add exactly this one under Redirect URLs, and release the version:"));
    m_after->setVisible(isApp || isBrowser);
    m_after->setText(
        isBrowser ? tr("4. Under Settings copy Client ID and secret into the fields below.")
                  : tr("3. Release the version, then Home › Install app and choose your shop.\n4. Under Settings copy "
                       "Client ID and secret into the fields below."));
    m_address->setPlaceholderText(isWoo ? u"https://your-shop.com"_s : u"your-shop.myshopify.com"_s);
    m_clientField->setVisible(m_way != ConnectWay::ShopifyToken);
    showSecret();
    for (ChoiceRow* row : {m_lasting, m_day})
        row->setVisible(isBrowser);
    m_clientField->setLabel(isWoo ? tr("Consumer key") : tr("Client ID"));
    m_secretField->setLabel(isWoo                               ? tr("Consumer secret")
                            : m_way == ConnectWay::ShopifyToken ? tr("Admin API access token")
                                                                : tr("Client secret"));
}

void KeysStep::showSecret() {
    m_secret->setPlaceholderText(m_isKept      ? tr("Entered. Type to replace it.")
                                 : hasSecret() ? tr("Kept from before. Type to replace it.")
                                               : QString());
}

bool KeysStep::hasSecret() const {
    return m_isKept || (!m_keptClient.isEmpty() && m_clientId->text().trimmed() == m_keptClient);
}

StoreAccess KeysStep::chosenAccess() const {
    const bool isDay = m_way == ConnectWay::ShopifyBrowser && m_day->isChecked();
    return isDay ? StoreAccess::Online : StoreAccess::Offline;
}

bool KeysStep::isAddressFine() const {
    const QString typed = m_address->text().trimmed();
    if (m_way != ConnectWay::WooCommerce) return !shopDomainOf(typed).isEmpty();
    const QUrl url(typed, QUrl::StrictMode);
    const bool isWeb =
        url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
    return isWeb && (m_known.isEmpty() || isKnownSite(url));
}

// It may be reached by https now; at another address it would be another store beside the one that is meant.
bool KeysStep::isKnownSite(const QUrl& url) const {
    const QUrl known(m_known);
    const auto pathOf = [](const QUrl& site) { return site.path().section(u'/', 0, -1, QString::SectionSkipEmpty); };
    return url.host() == known.host() && url.port() == known.port() && pathOf(url) == pathOf(known);
}

// Only once the field is left: nobody likes to be corrected in mid-word.
void KeysStep::judge() {
    if (m_address->text().trimmed().isEmpty() || isAddressFine()) return;
    if (!m_known.isEmpty())
        return m_addressField->setTrouble(
            tr("This store is at %1. Another address is connected as a new store.").arg(m_known));
    m_addressField->setTrouble(m_way == ConnectWay::WooCommerce
                                   ? tr("The address as in the browser, beginning with https://")
                                   : tr("The name that ends in .myshopify.com: Settings › Domains shows it."));
}

// Blanks come along when it is copied, and are no secret by themselves.
QString KeysStep::typedSecret() const {
    return m_secret->text().trimmed();
}

// Each of them says what it is by how it begins; told at once, because it is pasted whole.
QString KeysStep::mixUp() const {
    const QString secret = typedSecret();
    if (m_way == ConnectWay::WooCommerce &&
        (m_clientId->text().trimmed().startsWith("cs_"_L1) || secret.startsWith("ck_"_L1)))
        return tr("Key and secret are swapped: the key begins with ck_, the secret with cs_.");
    if (m_way == ConnectWay::ShopifyToken && secret.startsWith("shpss_"_L1))
        return tr("This is a client secret. The token begins with shpat_.");
    const bool isApp = m_way == ConnectWay::ShopifyApp || m_way == ConnectWay::ShopifyBrowser;
    if (isApp && secret.startsWith("shpat_"_L1))
        return tr("This is an access token. The client secret stands under Settings in the Dev Dashboard.");
    return {};
}

bool KeysStep::canGoOn() const {
    if (!mixUp().isEmpty()) return false;
    if (!isAddressFine() || (typedSecret().isEmpty() && !hasSecret())) return false;
    return m_way == ConnectWay::ShopifyToken || !m_clientId->text().trimmed().isEmpty();
}

void KeysStep::collect(ConnectDraft& draft) {
    StoreSignIn& signIn = draft.signIn;
    const QString typed = m_address->text().trimmed();
    const QString address = m_way == ConnectWay::WooCommerce ? typed : shopDomainOf(typed);
    const QString clientId = m_way == ConnectWay::ShopifyToken ? QString() : m_clientId->text().trimmed();
    // What was granted in the browser was granted to these keys, and in this way.
    const bool isOther = address != signIn.address || clientId != signIn.clientId || signIn.access != chosenAccess();
    if (isOther || !typedSecret().isEmpty()) signIn.grant = {};
    signIn.access = chosenAccess();
    signIn.address = address;
    signIn.clientId = clientId;
    if (QByteArray secret = typedSecret().toUtf8(); !secret.isEmpty()) {
        (m_way == ConnectWay::ShopifyToken ? signIn.token : signIn.secret) = SecretString::takeFrom(secret);
    }
    forget();
}

void KeysStep::forget() {
    m_secret->clear();
}

} // namespace aiva
