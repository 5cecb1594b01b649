#include "ui/stores/webhooks/webhook_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/connect/step_line.h"
#include "ui/stores/store_text.h"
#include "ui/stores/webhooks/webhook_form.h"
#include "ui/stores/webhooks/webhook_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace aiva {

namespace {
constexpr int webhookWidth = 560;
constexpr int leastWebhookScroll = 30 * size::grid;
}

WebhookSheet::WebhookSheet(WebhookDesk& desk, const StoreRow& store, const Clock& clock, QWidget* parent)
    : Sheet(tr("Hear of changes at once"), parent)
    , m_desk(desk)
    , m_store(store)
    , m_clock(clock)
    , m_scroll(new OverlayScrollArea(this))
    , m_form(new WebhookForm(store, this))
    , m_door(new StepLine(tr("This computer"), this))
    , m_shop(new StepLine(tr("The shop"), this))
    , m_deliveries(new StepLine(tr("What comes in"), this))
    , m_summary(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_apply(new SubtleButton({}, SubtleButton::Look::Primary, this))
    , m_close(new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this)) {
    setTitle(tr("Hear of changes at once"), storeTitle(store));
    setFixedWidth(webhookWidth);
    layout()->setSizeConstraint(QLayout::SetNoConstraint); // showButtons() knows the height
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(m_form);
    for (StepLine* line : {m_door, m_shop, m_deliveries})
        column->addWidget(line);
    column->addWidget(m_summary);
    column->addStretch();
    // Else its lines that wrap ask for the height they would have where they are narrowest.
    content->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    m_scroll->setWidget(content);
    for (QWidget* ground : {m_scroll->viewport(), content})
        ground->setAutoFillBackground(false); // the sheet's shows
    m_scroll->setAccessibleName(tr("How the shop tells"));
    m_scroll->setFixedHeight(leastWebhookScroll);
    content->installEventFilter(this);
    body()->addWidget(m_scroll);
    body()->addStretch();
    foot()->addStretch();
    foot()->addWidget(m_close);
    foot()->addWidget(m_apply);
    connect(m_close, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QAbstractButton::clicked, this, &WebhookSheet::apply);
    connect(m_form, &WebhookForm::changed, this, [this] {
        m_hasDoorFailed = false;
        m_inSight = nullptr;
        showButtons();
    });
    const QScrollBar* bar = m_scroll->verticalScrollBar();
    connect(bar, &QAbstractSlider::actionTriggered, this, [this] { m_inSight = nullptr; });
    connect(bar, &QAbstractSlider::rangeChanged, &m_settled, qOverload<>(&QTimer::start));
    m_settled.setSingleShot(true);
    connect(&m_settled, &QTimer::timeout, this, &WebhookSheet::keepInSight);
    connect(&desk, &WebhookDesk::webhooksChanged, this, &WebhookSheet::refresh);
    showButtons();
    refresh();
}

// The doors change by themselves; what a person is typing stays.
void WebhookSheet::refresh() {
    const int generation = m_generation;
    whenDone(m_desk.webhookStatus(m_store.id), this, [this, generation](const Result<WebhookStatus>& status) {
        if (generation != m_generation) return;
        if (!status) {
            m_summary->setText(errorSentence(status.error()));
            return showButtons();
        }
        const bool isFirst = !m_status;
        m_status = *status;
        if (isFirst) {
            m_busy = Busy::No;
            StepLine* const inSight = m_inSight;
            m_form->setStatus(*status);
            m_inSight = inSight; // nobody changed anything
            if (status->way != WebhookWay::Off && !m_hasShopRefused) look();
        }
        if (m_busy != Busy::Trying) showStatus(*status);
        showButtons();
    });
}

void WebhookSheet::say(StepLine* line, const StepSaying& saying) {
    line->setState(saying.state, saying.detail);
}

void WebhookSheet::showStatus(const WebhookStatus& status) {
    if (!m_hasDoorFailed) say(m_door, doorSaying(status, m_clock.now()));
    say(m_deliveries, deliverySaying(status, m_clock.now()));
}

// Whether the shop still has what it was asked for, before anybody asks.
void WebhookSheet::look() {
    m_busy = Busy::Looking;
    m_shop->setState(StepState::Runs, tr("Asking the shop what it tells."));
    const int generation = m_generation;
    whenDone(m_desk.lookAtWebhooks(m_store.id), this, [this, generation](const Result<SubscriptionReport>& report) {
        if (generation != m_generation) return;
        m_busy = Busy::No;
        using Do = SubscriptionStep::Do;
        if (!report) {
            say(m_shop, shopTrouble(report.error()));
        } else if (report->count(Do::Create) + report->count(Do::Repair) > 0) {
            m_shop->setState(StepState::Fails,
                             tr("Some of what it was asked to tell is missing or leads elsewhere. Shops give "
                                "an address up that did not answer for a while."));
        } else {
            say(m_shop, shopSaying(m_store.kind, *report));
        }
        showButtons();
    });
}

bool WebhookSheet::isChanged() const {
    if (!m_status) return false;
    const WebhookChoice choice = m_form->choice();
    if (choice.way != m_status->way) return true;
    if (choice.way == WebhookWay::Tunnel)
        return choice.address != m_status->address || choice.port != m_status->port || !choice.key.isEmpty();
    if (choice.way == WebhookWay::PubSub)
        return choice.deliveryAddress() != m_status->address || !choice.account.isEmpty() ||
               choice.place.subscription != m_status->place.subscription;
    return false;
}

void WebhookSheet::showButtons() {
    const bool isOff = m_form->way() == WebhookWay::Off;
    const bool isOn = m_status && m_status->way != WebhookWay::Off;
    m_apply->setText(isOff ? tr("Turn off") : isOn && !isChanged() ? tr("Test and mend") : tr("Turn on and test"));
    m_apply->setEnabled(m_status && m_busy == Busy::No && m_form->isComplete() && (!isOff || isOn));
    m_form->setEnabled(m_busy != Busy::Trying);
    for (StepLine* line : {m_door, m_shop, m_deliveries})
        line->setVisible(!isOff || isOn);
    m_summary->setVisible(!m_summary->text().isEmpty());
    fit();
}

// As high as what is shown needs at this width, as far as the screen has room; a size hint does not know of lines that
// wrap.
void WebhookSheet::fit() {
    const QMargins around = layout()->contentsMargins();
    const int inside = webhookWidth - around.left() - around.right();
    QLayout* content = m_scroll->widget()->layout();
    content->activate();
    layout()->activate();
    const int rest = layout()->totalHeightForWidth(webhookWidth) - m_scroll->minimumHeight();
    const int room = std::max(leastWebhookScroll, mostHeight() - rest);
    const int wanted = content->totalHeightForWidth(inside + content->contentsMargins().right());
    // What scrolls leaves its bar a place of its own; else all edges meet.
    content->setContentsMargins(0, 0, wanted > room ? 3 * size::grid : 0, 0);
    m_scroll->setFixedHeight(std::min(std::max(wanted, leastWebhookScroll), room));
    resize(webhookWidth, rest + m_scroll->minimumHeight());
    m_settled.start(0);
}

// Where the sheet is too low for all of it, what is being tested scrolls into sight.
void WebhookSheet::reveal(StepLine* line) {
    m_inSight = line;
    m_settled.start(0);
}

void WebhookSheet::keepInSight() {
    if (m_inSight) m_scroll->ensureWidgetVisible(m_inSight, 0, size::grid);
}

// What changed deep inside comes up one layout a round of events.
bool WebhookSheet::event(QEvent* event) {
    const bool isHandled = Sheet::event(event);
    if (event->type() == QEvent::LayoutRequest) fit();
    return isHandled;
}

// And no further than the content of what scrolls.
bool WebhookSheet::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) fit();
    return Sheet::eventFilter(watched, event);
}

void WebhookSheet::apply() {
    if (!m_apply->isEnabled()) return;
    m_busy = Busy::Trying;
    m_hasDoorFailed = m_hasShopRefused = false;
    ++m_generation;
    m_summary->setText({});
    m_close->setFocus(Qt::OtherFocusReason);
    if (m_form->way() == WebhookWay::Off)
        turnOff();
    else
        openDoor();
    showButtons();
}

void WebhookSheet::turnOff() {
    m_shop->setState(StepState::Runs, tr("Asking the shop to tell no more."));
    reveal(m_shop);
    const int generation = m_generation;
    whenDone(m_desk.stopWebhooks(m_store.id), this, [this, generation](const Result<SubscriptionReport>& report) {
        if (generation == m_generation) finish(report);
    });
}

void WebhookSheet::openDoor() {
    const WebhookChoice choice = m_form->choice();
    m_door->setState(StepState::Runs, choice.way == WebhookWay::PubSub ? tr("Asking Google Pub/Sub.") : QString());
    m_shop->setState(StepState::Waits);
    m_deliveries->setState(StepState::Waits);
    reveal(m_door);
    const int generation = m_generation;
    whenDone(m_desk.openWebhooks(m_store.id, choice), this,
             [this, generation, way = choice.way, port = choice.port](const Result<bool>& opened) {
                 if (generation != m_generation) return;
                 if (opened) return subscribe();
                 say(m_door, doorTrouble(way, port, opened.error()));
                 m_hasDoorFailed = true;
                 m_busy = Busy::No;
                 m_summary->setText(tr("The test stopped here. The shop was not asked."));
                 showButtons();
                 reveal(m_door);
             });
}

void WebhookSheet::subscribe() {
    m_door->setState(StepState::Works);
    m_shop->setState(StepState::Runs, tr("Asking the shop to deliver there."));
    reveal(m_shop);
    const int generation = m_generation;
    whenDone(m_desk.subscribeWebhooks(m_store.id, m_form->choice().deliveryAddress()), this,
             [this, generation](const Result<SubscriptionReport>& report) {
                 if (generation == m_generation) finish(report);
             });
}

void WebhookSheet::finish(const Result<SubscriptionReport>& report) {
    m_busy = Busy::No;
    m_hasShopRefused = report && report->firstError();
    if (!report)
        say(m_shop, shopTrouble(report.error()));
    else if (m_form->way() == WebhookWay::Off && !m_hasShopRefused)
        m_shop->setState(StepState::Waits, tr("Asked to tell nothing any more."));
    else
        say(m_shop, shopSaying(m_store.kind, *report));
    if (report && m_form->way() != WebhookWay::Off && report->isComplete())
        m_summary->setText(tr("Everything that is needed works."));
    if (report) {
        m_form->forget();
        m_status.reset(); // the fields show what was kept, and the shop is asked once more where all went well
    }
    showButtons();
    reveal(m_shop);
    refresh();
}

void WebhookSheet::done(int result) {
    ++m_generation;
    m_form->forget();
    Sheet::done(result);
}

} // namespace aiva
