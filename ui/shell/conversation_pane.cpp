#include "ui/shell/conversation_pane.h"

#include "ui/answering/proposal_card.h"
#include "ui/composer/composer.h"
#include "ui/conversation/order_card.h"
#include "ui/conversation/order_choice.h"
#include "ui/theme/painting.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/format.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/reading_measure.h"

#include <QBoxLayout>
#include <QPainter>
#include <QStackedWidget>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int cardGap = 3 * size::grid;
constexpr int compactBelow = 720;
constexpr int orderFrom = 560;               // lower than this the composer needs the room
constexpr int leastThread = 36 * size::grid; // a sender and five lines
constexpr int lowThread = 21 * size::grid;   // a sender and the first
constexpr int leastPane = 476;               // the narrow order card, 420, between its margins
}

ConversationPane::ConversationPane(MessageSources sources, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_clock(clock) {
    auto* conversation = new QWidget;
    auto* column = new QVBoxLayout(conversation);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    m_suggestion = new Banner(Banner::Shape::Row);
    m_suggestion->hide();
    connect(m_suggestion, &Banner::actionTriggered, this, [this] {
        if (m_suggested) Q_EMIT mergeSuggestedAsked(*m_suggested);
    });
    connect(m_suggestion, &Banner::dismissed, this, [this] {
        if (m_suggested) Q_EMIT keepApartAsked(*m_suggested);
    });
    column->addWidget(m_suggestion);
    m_thread = new ConversationThread(std::move(sources), clock);
    column->addWidget(m_thread, 1);
    m_order = new OrderCard(clock);
    m_orderPlace = new QWidget;
    auto* card = new QHBoxLayout(m_orderPlace);
    card->setContentsMargins(size::threadPadding, 0, size::threadPadding, cardGap);
    card->addWidget(m_order);
    column->addWidget(m_orderPlace);
    m_proposal = new ProposalCard;
    m_proposalPlace = new QWidget;
    auto* draft = new QHBoxLayout(m_proposalPlace);
    draft->setContentsMargins(size::threadPadding, 0, size::threadPadding, cardGap);
    draft->addWidget(m_proposal);
    m_proposalPlace->hide();
    column->addWidget(m_proposalPlace);
    m_composer = new Composer(clock);
    connect(m_order, &OrderCard::appendRequested, m_composer,
            [this](const TrackingBlock& block) { m_composer->appendBlock(block.text, block.html); });
    column->addWidget(m_composer);

    m_hint = textLabel({}, TextStyle::Dense, &Colors::textMuted);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_hint);
    m_pages->addWidget(conversation);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
    setMinimumWidth(leastPane);
}

QWidget* ConversationPane::buildBar() {
    auto* bar = new QWidget;
    bar->setFixedHeight(size::bar);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(14, 0, 14, 0);
    line->setSpacing(2 * size::grid);
    m_subject = textLabel({}, TextStyle::DenseStrong, &Colors::textPrimary);
    m_subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_done = new KeyButton(u"E"_s, tr("done"));
    auto* unread = new KeyButton(u"U"_s, tr("unread"));
    auto* assign = new KeyButton(u"I"_s, tr("assign"));
    connect(m_done, &QAbstractButton::clicked, this, &ConversationPane::doneAsked);
    connect(unread, &QAbstractButton::clicked, this, &ConversationPane::unreadAsked);
    connect(assign, &QAbstractButton::clicked, this, &ConversationPane::assignAsked);
    line->addWidget(m_subject, 1);
    line->addWidget(m_done);
    line->addWidget(unread);
    line->addWidget(assign);
    return bar;
}

void ConversationPane::showConversation(const ConversationView& conversation,
                                        const std::optional<CustomerView>& customer) {
    const OrderView* order = customer ? orderInQuestion(conversation, *customer) : nullptr;
    if (order != nullptr) m_order->setOrder(*order);
    m_hasOrder = order != nullptr;
    showOrder();
    const QString subject = conversation.subject.isEmpty() ? tr("(no subject)") : conversation.subject;
    m_subject->setText(subject);
    m_subject->setToolTip(subject);
    m_done->setWord(conversation.status == ConversationStatus::Done ? tr("open again") : tr("done"));
    m_thread->showConversation(conversation);
    showSuggestion(conversation.suggestion);
    m_composer->showConversation(conversation);
    m_pages->setCurrentIndex(1);
}

void ConversationPane::showSuggestion(const std::optional<MergeSuggestion>& suggestion) {
    m_suggested = suggestion ? std::optional(suggestion->other) : std::nullopt;
    m_suggestion->setVisible(suggestion.has_value());
    if (!suggestion) return;
    const QString subject = suggestion->subject.isEmpty() ? tr("(no subject)") : suggestion->subject;
    const QString why = suggestion->reason == MergeSuggestion::Reason::SameOrder
                            ? tr("both name order %1").arg(suggestion->order)
                            : tr("the same subject");
    m_suggestion->setContent(tr("Looks like the same matter as “%1” of %2: %3")
                                 .arg(subject, formatTime(suggestion->lastMessageAt, m_clock.now(), QLocale()), why),
                             Tone::Neutral, tr("Merge"), tr("Not the same"));
}

void ConversationPane::clear(const QString& hint) {
    showSuggestion({});
    m_thread->clear();
    m_composer->clear();
    m_hint->setText(hint);
    m_pages->setCurrentIndex(0);
}

void ConversationPane::setProposed(Proposed proposed) {
    m_proposalPlace->setVisible(proposed == Proposed::Something);
}

void ConversationPane::showOrder() {
    m_orderPlace->setVisible(m_hasOrder && height() >= orderFrom);
}

void ConversationPane::resizeEvent(QResizeEvent* event) {
    const int margin = readingMargin(width());
    m_orderPlace->layout()->setContentsMargins(margin, 0, margin, cardGap);
    m_proposalPlace->layout()->setContentsMargins(margin, 0, margin, cardGap);
    // The customer's own words come first: below this height the cards make way for them.
    showOrder();
    m_order->setCompact(height() < compactBelow);
    m_proposal->setCompact(height() < compactBelow);
    m_thread->setMinimumHeight(height() < orderFrom ? lowThread : height() < compactBelow ? leastThread : 0);
    QWidget::resizeEvent(event);
}

void ConversationPane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Colors& colors = Theme::colors();
    strokeEdge(painter, QRectF(0, 0, width(), size::bar), Qt::BottomEdge, colors.borderSubtle);
    if (m_pages->currentIndex() == 1)
        strokeEdge(painter, QRectF(0, m_composer->y(), width(), 1), Qt::TopEdge, colors.borderSubtle);
}

} // namespace aiva
