#include "ui/stores/connect/shop_test_step.h"

#include "core/domain/shop/store_access.h"
#include "ui/stores/connect/connect_text.h"
#include "ui/stores/connect/step_line.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

ShopTestStep::ShopTestStep(StoreDesk& desk, QWidget* parent)
    : ConnectStep(parent)
    , m_desk(desk)
    , m_summary(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_signIn(new StepLine(tr("Sign-in"), this))
    , m_permissions(new StepLine(tr("Permissions"), this))
    , m_history(new StepLine(tr("Order history"), this))
    , m_again(new SubtleButton(tr("Try again"), SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(m_summary);
    for (StepLine* line : {m_signIn, m_permissions, m_history})
        column->addWidget(line);
    column->addWidget(m_again, 0, Qt::AlignLeading);
    column->addStretch();
    connect(m_again, &QAbstractButton::clicked, this, &ShopTestStep::run);
}

QString ShopTestStep::title() const {
    return tr("Test");
}

QString ShopTestStep::summary() const {
    return m_summary->text();
}

QString ShopTestStep::line(int index) const {
    return (index == 0 ? m_signIn : index == 1 ? m_permissions : m_history)->detail();
}

void ShopTestStep::enter(const ConnectDraft& draft) {
    m_draft = draft;
    run();
}

void ShopTestStep::run() {
    m_canConnect = false;
    m_again->hide();
    m_summary->setText(tr("Asking %1. Nothing is saved yet.").arg(m_draft.signIn.address));
    m_signIn->setState(StepState::Runs);
    for (StepLine* line : {m_permissions, m_history}) {
        line->setState(StepState::Waits);
        line->setVisible(m_draft.way != ConnectWay::WooCommerce);
    }
    const int generation = ++m_generation;
    whenDone(m_desk.testStore(m_draft.signIn), this, [this, generation](const Result<ShopFacts>& facts) {
        if (generation == m_generation) finish(facts);
    });
    Q_EMIT changed();
}

void ShopTestStep::finish(const Result<ShopFacts>& facts) {
    if (facts) {
        showFacts(*facts);
    } else {
        m_signIn->setState(StepState::Fails,
                           errorSentence(connectTrouble(m_draft.way, facts.error(), m_draft.signIn.access)));
        m_summary->setText(tr("The test stopped. Nothing was saved."));
    }
    m_again->setVisible(!m_canConnect);
    if (!m_canConnect) m_again->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void ShopTestStep::showFacts(const ShopFacts& facts) {
    QStringList about{facts.name, facts.domain, facts.currency, facts.plan};
    about.removeAll(QString());
    const bool isInClear = m_draft.way == ConnectWay::WooCommerce && isReadInClear(m_draft.signIn.address);
    if (isInClear) about << tr("not encrypted");
    m_signIn->setState(isInClear ? StepState::Limited : StepState::Works, about.join(u" · "_s));
    if (m_draft.way == ConnectWay::WooCommerce) {
        m_canConnect = true;
        m_summary->setText(isInClear ? tr("It works, but over plain http: what the shop answers of its customers can "
                                          "be read on the way. Ask its host for https.")
                                     : tr("Everything that is needed works."));
        return;
    }
    const QStringList missing = missingScopes(facts.scopes);
    m_canConnect = canDoWithout(missing);
    const bool lacksStockOnly = m_canConnect && !missing.isEmpty();
    m_permissions->setState(missing.isEmpty() ? StepState::Works
                            : lacksStockOnly  ? StepState::Limited
                                              : StepState::Fails,
                            missing.isEmpty() ? tr("Customers, orders, products and stock, for reading.")
                            : lacksStockOnly  ? tr("Without read_inventory, stock is not shown.")
                                              : missingScopesText(m_draft.way, missing, m_draft.signIn.access));
    m_history->setState(
        facts.historyLimited ? StepState::Limited : StepState::Works,
        facts.historyLimited
            ? tr("The last 60 days. Older orders need read_all_orders, which Shopify grants on request.")
            : tr("All orders can be read; the first sync brings the last 90 days."));
    m_summary->setText(m_canConnect ? tr("Everything that is needed works.") : tr("The app lacks a permission."));
}

void ShopTestStep::collect(ConnectDraft&) {
    ++m_generation; // whatever was waited for is not wanted any more
    m_draft = {};
}

void ShopTestStep::showTrouble(const QString& sentence) {
    m_summary->setText(sentence);
    announceChange(m_summary, QAccessible::Alert);
}

} // namespace aiva
