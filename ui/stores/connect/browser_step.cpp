#include "ui/stores/connect/browser_step.h"

#include "core/domain/shop/store_access.h"
#include "ui/stores/connect/connect_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/sign_in_pages.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int browserInset = 16; // below the dot's headline
}

BrowserStep::BrowserStep(StoreDesk& desk, QWidget* parent)
    : ConnectStep(parent)
    , m_desk(desk)
    , m_dot(new StatusDot(this))
    , m_headline(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_detail(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_offered(new TextBlock(TextStyle::MonoMicro, &Colors::textPrimary, this))
    , m_copy(new CopyButton(this))
    , m_stop(new SubtleButton(tr("Stop waiting"), SubtleButton::Look::Subtle, this))
    , m_again(new SubtleButton(tr("Open the browser again"), SubtleButton::Look::Subtle, this)) {
    build();
    connect(m_stop, &QAbstractButton::clicked, this, [this] {
        stopWaiting();
        show(State::Stopped, tr("Not waiting any more"),
             tr("Nothing was saved. The page in the browser can be closed."));
    });
    connect(m_again, &QAbstractButton::clicked, this, &BrowserStep::run);
    // Only while it waits: another wizard's page is not ours.
    connect(&m_desk, &StoreDesk::openUrl, this, [this](const QUrl& url) {
        if (!m_isWaiting) return;
        m_copy->setOffer(tr("Copy the page's address"), QString::fromLatin1(url.toEncoded()),
                         tr("Copy the page's address"));
        m_copy->show();
    });
}

void BrowserStep::build() {
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    head->addWidget(m_dot);
    head->addWidget(m_headline, 1);
    auto* offer = new QHBoxLayout;
    offer->setContentsMargins(browserInset, 0, 0, 0);
    offer->setSpacing(2 * size::grid);
    m_offered->setTextInteractionFlags(Qt::TextSelectableByMouse);
    offer->addWidget(m_offered, 1);
    offer->addWidget(m_copy);
    offer->addStretch();
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(browserInset, 0, 0, 0);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_again);
    buttons->addStretch();
    m_detail->setContentsMargins(browserInset, 0, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * size::grid);
    column->addLayout(head);
    column->addWidget(m_detail);
    column->addLayout(offer);
    column->addSpacing(size::grid);
    column->addLayout(buttons);
    column->addStretch();
}

QString BrowserStep::title() const {
    return tr("Sign in in the browser");
}

QString BrowserStep::headline() const {
    return m_headline->text();
}

QString BrowserStep::detail() const {
    return m_detail->text();
}

void BrowserStep::enter(const ConnectDraft& draft) {
    m_draft = draft;
    if (!canGoOn()) return run();
    show(State::Allowed, tr("The app is allowed"),
         tr("%1 has answered. Continue to the test.").arg(draft.signIn.address));
}

void BrowserStep::run() {
    m_draft.signIn.grant = {};
    m_draft.signIn.pages = signInPages();
    m_isWaiting = true;
    const QString said =
        m_draft.signIn.access == StoreAccess::Online
            ? tr("Shopify's page opens in your browser. Sign in there to %1 with your own account and let the app in; "
                 "this window then goes on by itself. If the page speaks of the redirect URL, go back: the app must "
                 "list it letter by letter.")
            : tr("Shopify's page opens in your browser. Sign in there as the owner of %1 and click Install; this "
                 "window then goes on by itself. If the page speaks of the redirect URL, go back: the app must list "
                 "it letter by letter.");
    show(State::Waits, tr("Waiting for the browser"), said.arg(m_draft.signIn.address));
    const int generation = ++m_generation;
    whenDone(m_desk.signInStore(m_draft.signIn), this, [this, generation](const Result<SecretString>& grant) {
        if (generation == m_generation) finish(grant);
    });
}

void BrowserStep::stopWaiting() {
    ++m_generation; // whatever was waited for is not wanted any more
    if (std::exchange(m_isWaiting, false)) m_desk.cancelSignIn();
}

void BrowserStep::finish(const Result<SecretString>& grant) {
    m_isWaiting = false;
    if (!grant) return showTrouble(grant.error());
    m_draft.signIn.grant = *grant;
    show(State::Allowed, tr("The app is allowed"), {});
    Q_EMIT goOnAsked();
}

void BrowserStep::showTrouble(const Error& error) {
    if (error.kind == ErrorKind::Conflict)
        return show(State::PortTaken, tr("Port %1 is taken").arg(kStoreRedirectPort),
                    tr("The browser comes back to this port, and another program on this computer uses it, perhaps "
                       "another Aiva that waits for a sign-in. End that program, then try again."));
    if (error.kind == ErrorKind::Refused && error.cause == ErrorCause::None)
        return show(State::Declined, tr("The app was not allowed"),
                    tr("Shopify's page was answered with no. Nothing was saved."));
    if (error.kind == ErrorKind::Timeout)
        return show(
            State::NobodyCame, tr("Nobody came back from the browser"),
            tr("Aiva waited for ten minutes. If Shopify's page spoke of the redirect URL, add exactly this one to "
               "the app, release the version, and try again:"),
            {storeRedirect(), tr("Copy the redirect URL")});
    const ErrorText text = connectTrouble(ConnectWay::ShopifyBrowser, error, m_draft.signIn.access);
    if (error.cause == ErrorCause::ScopeMissing)
        return show(State::ScopesMissing, tr("The shop granted too little"),
                    text.whatToDo + u' ' + tr("The app's version must ask for all of these:"),
                    {neededScopes(), tr("Copy the access scopes")});
    show(State::Failed, text.title, text.whatToDo);
}

void BrowserStep::show(State state, const QString& headline, const QString& detail, const Offer& offer) {
    const bool isTrouble = state != State::Waits && state != State::Allowed && state != State::Stopped;
    if (state == State::Waits)
        m_dot->setStatus({DotShape::Half, Tone::Warning}, tr("waiting"));
    else if (state == State::Allowed)
        m_dot->setStatus({DotShape::Filled, Tone::Ok}, tr("allowed"));
    else if (isTrouble)
        m_dot->setStatus({DotShape::Ring, Tone::Danger}, tr("failed"));
    else
        m_dot->setStatus({DotShape::Hollow, Tone::Muted}, tr("stopped"));
    m_headline->setText(headline);
    m_headline->setAccessibleName(detail.isEmpty() ? headline : u"%1: %2"_s.arg(headline, detail));
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_offered->setText(offer.text);
    m_offered->setVisible(!offer.text.isEmpty());
    m_copy->setVisible(!offer.text.isEmpty());
    if (!offer.text.isEmpty()) m_copy->setOffer(tr("Copy"), offer.text, offer.spoken);
    m_stop->setVisible(state == State::Waits);
    m_again->setVisible(state != State::Waits);
    m_again->setText(state == State::Allowed ? tr("Sign in again") : tr("Open the browser again"));
    Q_EMIT changed();
    if (state == State::Waits) m_stop->setFocus(Qt::OtherFocusReason);
    if (isTrouble || state == State::Stopped) m_again->setFocus(Qt::OtherFocusReason);
}

void BrowserStep::collect(ConnectDraft& draft) {
    stopWaiting();
    draft.signIn.grant = m_draft.signIn.grant;
    m_draft = {};
}

void BrowserStep::forget() {
    stopWaiting();
    m_draft = {};
}

} // namespace aiva
