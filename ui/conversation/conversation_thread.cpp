#include "ui/conversation/conversation_thread.h"

#include "ui/conversation/fold_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/overlay_bar.h"
#include "ui/widgets/reading_measure.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace aiva {

namespace {
constexpr int messageGap = 22;
constexpr int columnEdge = 18;
constexpr size_t mostSpare = 3; // blocks kept beside those shown
}

ConversationThread::ConversationThread(MessageSources sources, const Clock& clock, QWidget* parent)
    : QScrollArea(parent), m_sources(std::move(sources)), m_clock(clock) {
    setAccessibleName(tr("Messages"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new OverlayBar(*this);
    verticalScrollBar()->setSingleStep(Theme::lineHeight(TextStyle::Body) * 2);
    setFocusPolicy(Qt::StrongFocus);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &ConversationThread::makeRest);
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    placeColumn();
    m_column->setSpacing(messageGap);
    m_earlier = new FoldButton(tr("earlier messages"), content);
    m_earlier->setCheckable(false);
    m_earlier->hide();
    connect(m_earlier, &FoldButton::clicked, this, &ConversationThread::unfoldEarlier);
    m_column->addWidget(m_earlier, 0, Qt::AlignLeft);
    m_column->addStretch();
    setWidget(content);
}

void ConversationThread::clear() {
    forget();
    dropSpare(0);
    m_earlier->hide();
}

// Shows nothing any more, and keeps the blocks for what is shown next: making one costs more than filling it.
void ConversationThread::forget() {
    m_rest.stop();
    takeFocusFrom(*widget());
    m_id = {};
    m_messages.clear();
    for (MessageBlock* block : m_blocks)
        m_column->removeWidget(block);
    m_spare.insert(m_spare.end(), m_blocks.begin(), m_blocks.end());
    m_blocks.clear();
    dropAsides();
    m_notes.clear();
    m_moves.clear();
    m_firstShown = 0;
}

// What goes must not take the focus along: Qt would give it to the window's first control.
void ConversationThread::takeFocusFrom(const QWidget& part) {
    const QWidget* focus = window()->focusWidget();
    if (focus != nullptr && part.isAncestorOf(focus)) setFocus(Qt::OtherFocusReason);
}

void ConversationThread::dropSpare(size_t kept) {
    for (; m_spare.size() > kept; m_spare.pop_back())
        delete m_spare.back();
    for (MessageBlock* block : m_spare)
        block->hide();
}

void ConversationThread::showConversation(const ConversationView& conversation) {
    const auto same = [](const MessageView& a, const MessageView& b) { return a.id == b.id; };
    const auto& messages = conversation.messages;
    if (conversation.id == m_id && m_messages.size() <= messages.size() &&
        std::equal(m_messages.begin(), m_messages.end(), messages.begin(), same)) {
        makeRest();
        const QScrollBar* bar = verticalScrollBar();
        const bool atEnd = bar->value() >= bar->maximum() - messageGap;
        const size_t known = m_messages.size();
        m_messages = messages;
        for (size_t i = known; i < messages.size(); ++i) {
            m_blocks.push_back(insertBlock(i, m_column->count() - 1));
        }
        if (known < messages.size()) orderChildren();
        placeAsides(conversation);
        if (atEnd && messages.size() > known) scrollToStart(m_blocks.back());
        return;
    }
    // Laid out once for all blocks, not once for each as it appears.
    m_column->setEnabled(false);
    forget();
    m_id = conversation.id;
    m_messages = messages;
    const auto unread = std::find_if(messages.begin(), messages.end(), [](const auto& m) { return m.unread; });
    const size_t tail = messages.size() > shownFirst ? messages.size() - shownFirst : 0;
    const auto firstUnread = static_cast<size_t>(unread - messages.begin());
    const size_t mostShown = messages.size() > unfoldedAtOnce ? messages.size() - unfoldedAtOnce : 0;
    m_firstWanted = std::max(std::min(tail, firstUnread), mostShown);
    const size_t start = firstUnread < messages.size() ? std::max(firstUnread, m_firstWanted) : messages.size() - 1;
    m_firstShown = std::min(start, messages.size());
    if (!messages.empty()) showFrom(start);
    dropSpare(mostSpare);
    placeAsides(conversation);
    m_column->setEnabled(true);
    m_column->invalidate();
    updateEarlierButton();
    if (m_blocks.empty()) return;
    scrollToStart(m_blocks[start - m_firstShown]);
    if (m_firstShown > m_firstWanted || m_firstShown + m_blocks.size() < m_messages.size()) m_rest.start(restMs);
}

// What the eye sees at once: from `start` down, and above it where that does not fill the view. Who leafs through the
// inbox pays for nothing else.
void ConversationThread::showFrom(size_t start) {
    int height = 0;
    const auto isFull = [&] { return height > viewport()->height(); };
    for (size_t i = start; i < m_messages.size() && !isFull(); ++i) {
        m_blocks.push_back(insertBlock(i, m_column->count() - 1));
        height += m_blocks.back()->heightForWidth(columnWidth()) + messageGap;
    }
    while (m_firstShown > m_firstWanted && !isFull()) {
        m_blocks.insert(m_blocks.begin(), insertBlock(--m_firstShown, 1));
        height += m_blocks.front()->heightForWidth(columnWidth()) + messageGap;
    }
    orderChildren();
}

// A screen reader walks children as they stand in their parent, not as they lie on the screen.
void ConversationThread::orderChildren() {
    for (int i = m_column->count() - 1; i >= 0; --i)
        if (QWidget* part = m_column->itemAt(i)->widget()) part->lower();
}

void ConversationThread::makeRest() {
    m_rest.stop();
    if (m_blocks.empty()) return;
    const size_t end = m_firstShown + m_blocks.size();
    for (size_t i = end; i < m_messages.size(); ++i)
        m_blocks.push_back(insertBlock(i, m_column->count() - 1));
    if (end < m_messages.size()) {
        orderChildren();
        showAsides();
    }
    if (m_firstShown > m_firstWanted) unfoldTo(m_firstWanted);
}

MessageBlock* ConversationThread::insertBlock(size_t index, int place) {
    const auto order = index == 0 ? MessageBlock::Place::First : MessageBlock::Place::Later;
    MessageBlock* block = m_spare.empty() ? newBlock() : m_spare.front();
    if (!m_spare.empty()) m_spare.erase(m_spare.begin());
    block->showMessage(m_messages[index], order);
    m_column->insertWidget(place, block);
    block->resize(columnWidth(), block->height()); // else its text is laid out for another width first
    block->show();                                 // now: a layout counts only what is shown
    return block;
}

MessageBlock* ConversationThread::newBlock() {
    auto* block = new MessageBlock(m_sources, m_clock, widget());
    connect(block, &MessageBlock::linkActivated, this, &ConversationThread::linkActivated);
    connect(block, &MessageBlock::saveAttachmentAsked, this, &ConversationThread::saveAttachmentAsked);
    connect(block, &MessageBlock::openAttachmentAsked, this, &ConversationThread::openAttachmentAsked);
    connect(block, &MessageBlock::sourceAsked, this, &ConversationThread::sourceAsked);
    connect(block, &MessageBlock::splitAsked, this, &ConversationThread::splitAsked);
    // Laid out again at once, so that no frame shows the text between two heights.
    connect(block, &MessageBlock::grew, this, [this, block] {
        block->layout()->activate();
        relayout();
    });
    return block;
}

void ConversationThread::relayout() {
    m_column->activate();
    widget()->resize(viewport()->width(),
                     std::max(viewport()->height(), m_column->heightForWidth(viewport()->width())));
    m_column->activate();
}

void ConversationThread::scrollToStart(const MessageBlock* block) {
    // Heights are final only once the column is laid out for this width.
    relayout();
    verticalScrollBar()->setValue(block == m_blocks.front() && m_firstShown == 0 ? 0 : block->y() - messageGap);
}

void ConversationThread::unfoldEarlier() {
    makeRest();
    m_firstWanted = m_firstShown > unfoldedAtOnce ? m_firstShown - unfoldedAtOnce : 0;
    unfoldTo(m_firstWanted);
}

// What was read stays where it was.
void ConversationThread::unfoldTo(size_t from) {
    const MessageBlock* anchor = m_blocks.front();
    const int offset = anchor->y() - verticalScrollBar()->value();
    std::vector<MessageBlock*> earlier;
    for (size_t i = from; i < m_firstShown; ++i) {
        earlier.push_back(insertBlock(i, 1 + static_cast<int>(i - from)));
    }
    m_blocks.insert(m_blocks.begin(), earlier.begin(), earlier.end());
    m_firstShown = from;
    orderChildren();
    showAsides();
    updateEarlierButton();
    scrollToStart(anchor);
    verticalScrollBar()->setValue(anchor->y() - offset);
}

void ConversationThread::updateEarlierButton() {
    m_earlier->setText(m_firstShown == 1 ? tr("1 earlier message")
                                         : tr("%n earlier messages", nullptr, static_cast<int>(m_firstShown)));
    m_earlier->setSpokenName(tr("Show %1").arg(m_earlier->text()));
    m_earlier->setVisible(m_firstShown > 0);
    m_earlier->adjustSize();
}

int ConversationThread::columnWidth() const {
    return viewport()->width() - 2 * readingMargin(width());
}

void ConversationThread::placeColumn() {
    const int margin = readingMargin(width());
    m_column->setContentsMargins(margin, columnEdge, margin, columnEdge);
}

void ConversationThread::resizeEvent(QResizeEvent* event) {
    placeColumn();
    QScrollArea::resizeEvent(event);
}

void ConversationThread::keyPressEvent(QKeyEvent* event) {
    QScrollBar* bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Space:
        bar->setValue(bar->value() +
                      (event->modifiers().testFlag(Qt::ShiftModifier) ? -bar->pageStep() : bar->pageStep()));
        return;
    case Qt::Key_Home:
        bar->setValue(0);
        return;
    case Qt::Key_End:
        bar->setValue(bar->maximum());
        return;
    default:
        QScrollArea::keyPressEvent(event);
    }
}

} // namespace aiva
