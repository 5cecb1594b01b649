#include "ui/composer/draft_difference.h"

#include "core/domain/mail/quoted_text.h"
#include "ui/composer/reply_values.h"
#include "ui/theme/icon.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype draftSnippetLength = 160;
constexpr int mostMessages = 3;
constexpr int mostFacts = 6;
constexpr int iconSpace = 24;

} // namespace

DraftChange draftChange(const ConversationView& conversation, const Draft& draft, const OrderFactsMap& now) {
    DraftChange change;
    if (!draft.basis) return change;
    const auto& messages = conversation.messages;
    const auto known = std::find_if(messages.begin(), messages.end(),
                                    [&](const MessageView& one) { return one.id == draft.basis->newestMessage; });
    if (known != messages.end())
        change.messages.assign(known + 1, messages.end());
    else if (!messages.empty() && messages.back().id != draft.basis->newestMessage)
        change.messages = {messages.back()};
    change.facts = factDifferences(draft.facts, now);
    return change;
}

DraftDifference::DraftDifference(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock) {
    setAccessibleName(tr("What changed since you began to write"));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(3 * size::grid, 10, 3 * size::grid, 10);
    m_column->setSpacing(6);
    auto* title = textLabel(tr("Changed since you began to write"), TextStyle::MetaStrong, &Colors::warning, this);
    title->setContentsMargins(iconSpace, 0, 0, 0);
    m_column->addWidget(title);
    auto* keep = new SubtleButton(tr("I have seen it: keep my draft"), SubtleButton::Look::Subtle, this);
    connect(keep, &QAbstractButton::clicked, this, &DraftDifference::acknowledged);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(iconSpace, 2, 0, 0);
    line->addWidget(keep);
    line->addStretch();
    m_column->addLayout(line);
    setFocusProxy(keep);
    hide();
}

void DraftDifference::setChange(const DraftChange& change) {
    delete m_rows;
    m_rows = new QWidget(this);
    auto* rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(iconSpace, 0, 0, 0);
    rows->setSpacing(size::grid);
    if (change.isOtherPerson)
        rows->addWidget(
            textLabel(tr("The conversation is linked to another person now."), TextStyle::Meta, &Colors::textPrimary));
    const auto firstMessage = std::max<qsizetype>(0, static_cast<qsizetype>(change.messages.size()) - mostMessages);
    for (auto i = static_cast<size_t>(firstMessage); i < change.messages.size(); ++i)
        addMessage(change.messages[i]);
    for (size_t i = 0; i < change.facts.size() && i < mostFacts; ++i)
        addFact(change.facts[i]);
    if (change.isEmpty())
        rows->addWidget(textLabel(tr("An order was updated; nothing shown here differs."), TextStyle::Meta,
                                  &Colors::textSecondary));
    m_column->insertWidget(1, m_rows);
    m_rows->show();
    updateGeometry();
    update();
}

void DraftDifference::addMessage(const MessageView& message) {
    const QString name = message.from.name.isEmpty() ? message.from.email : message.from.name;
    const QString said = unfoldedText(message.text, message.folded).simplified();
    auto* label = new ElidedLabel(TextStyle::Meta, &Colors::textPrimary, m_rows);
    label->setText(tr("%1, %2: %3").arg(name, formatAgo(message.sentAt, m_clock.now()), said.left(draftSnippetLength)));
    m_rows->layout()->addWidget(label);
}

void DraftDifference::addFact(const FactDifference& fact) {
    auto* line = new QWidget(m_rows);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * size::grid);
    const QString before = factValueText(fact.field, fact.before);
    const QString after = factValueText(fact.field, fact.after);
    row->addWidget(textLabel(fact.order, TextStyle::MonoMeta, &Colors::textPrimary, line));
    row->addWidget(textLabel(factFieldText(fact.field), TextStyle::Meta, &Colors::textSecondary, line));
    auto* values = new ElidedLabel(TextStyle::Meta, &Colors::textPrimary, line);
    values->setText(fact.before.isEmpty() && fact.field == "new"_L1 ? after : before + u" → "_s + after);
    values->setSpokenName(tr("%1 of %2: was %3, is now %4").arg(factFieldText(fact.field), fact.order, before, after));
    row->addWidget(values, 1);
    m_rows->layout()->addWidget(line);
}

void DraftDifference::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& colors = Theme::colors();
    strokeRounded(painter, QRectF(rect()), size::radius, colors.warningBorder);
    drawIcon(painter, Icon::Warning, mirrored(*this, {3.0 * size::grid, 10, 14, 16}), colors.warning);
}

} // namespace aiva
