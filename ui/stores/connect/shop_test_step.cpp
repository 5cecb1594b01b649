#include "ui/stores/connect/shop_test_step.h"

#include "core/domain/shop/store_access.h"
#include "ui/stores/connect/connect_text.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int testInset = 16;
}

ShopTestStep::ShopTestStep(StoreDesk& desk, QWidget* parent)
    : ConnectStep(parent)
    , m_desk(desk)
    , m_summary(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_again(new SubtleButton(tr("Try again"), SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(m_summary);
    m_signIn = addLine(tr("Sign-in"));
    m_permissions = addLine(tr("Permissions"));
    m_history = addLine(tr("Order history"));
    column->addWidget(m_again, 0, Qt::AlignLeading);
    column->addStretch();
    connect(m_again, &QAbstractButton::clicked, this, &ShopTestStep::run);
}

ShopTestStep::Line ShopTestStep::addLine(const QString& title) {
    Line line{new StatusDot(this), new TextBlock(TextStyle::Dense, &Colors::textPrimary, this),
              new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)};
    line.title->setText(title);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    head->addWidget(line.dot);
    head->addWidget(line.title, 1);
    auto* block = new QVBoxLayout;
    block->setSpacing(2);
    block->addLayout(head);
    line.detail->setContentsMargins(testInset, 0, 0, 0);
    block->addWidget(line.detail);
    static_cast<QVBoxLayout*>(layout())->addLayout(block);
    return line;
}

void ShopTestStep::show(const Line& line, How how, const QString& detail) {
    switch (how) {
    case How::Waits:
        line.dot->setStatus({DotShape::Hollow, Tone::Muted}, tr("waits"));
        break;
    case How::Runs:
        line.dot->setStatus({DotShape::Half, Tone::Warning}, tr("running"));
        break;
    case How::Works:
        line.dot->setStatus({DotShape::Filled, Tone::Ok}, tr("works"));
        break;
    case How::Limited:
        line.dot->setStatus({DotShape::Half, Tone::Ok}, tr("works, with a limit"));
        break;
    case How::Fails:
        line.dot->setStatus({DotShape::Ring, Tone::Danger}, tr("failed"));
        break;
    }
    line.detail->setText(detail);
    line.detail->setVisible(!detail.isEmpty());
    const QString name = line.title->text();
    line.title->setAccessibleName(detail.isEmpty() ? name : u"%1: %2"_s.arg(name, detail));
}

QString ShopTestStep::title() const {
    return tr("Test");
}

QString ShopTestStep::summary() const {
    return m_summary->text();
}

QString ShopTestStep::line(int index) const {
    return (index == 0 ? m_signIn : index == 1 ? m_permissions : m_history).detail->text();
}

void ShopTestStep::enter(const ConnectDraft& draft) {
    m_draft = draft;
    run();
}

void ShopTestStep::run() {
    m_canConnect = false;
    m_again->hide();
    m_summary->setText(tr("Asking %1. Nothing is saved yet.").arg(m_draft.signIn.address));
    show(m_signIn, How::Runs);
    show(m_permissions, How::Waits);
    show(m_history, How::Waits);
    const bool isShopify = m_draft.way != ConnectWay::WooCommerce;
    for (const Line& line : {m_permissions, m_history}) {
        line.dot->setVisible(isShopify);
        line.title->setVisible(isShopify);
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
        show(m_signIn, How::Fails, errorSentence(connectTrouble(m_draft.way, facts.error())));
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
    show(m_signIn, isInClear ? How::Limited : How::Works, about.join(u" · "_s));
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
    show(m_permissions,
         missing.isEmpty() ? How::Works
         : lacksStockOnly  ? How::Limited
                           : How::Fails,
         missing.isEmpty() ? tr("Customers, orders, products and stock, for reading.")
         : lacksStockOnly  ? tr("Without read_inventory, stock is not shown.")
                           : missingScopesText(m_draft.way, missing));
    show(m_history, facts.historyLimited ? How::Limited : How::Works,
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
