// What stands between the messages of a thread: notes, and what was done to the conversation.
#include "ui/conversation/conversation_thread.h"
#include "ui/conversation/note_block.h"
#include "ui/conversation/system_line.h"

#include <QBoxLayout>

#include <algorithm>

namespace aiva {

// Notes and what was done to the conversation, between the messages of their time.
void ConversationThread::placeAsides(const ConversationView& conversation) {
    const auto sameNote = [](const NoteView& a, const NoteView& b) { return a.id == b.id; };
    const auto sameMove = [](const ConversationMoveView& a, const ConversationMoveView& b) {
        return a.kind == b.kind && a.at == b.at;
    };
    const bool isSame =
        std::equal(m_notes.begin(), m_notes.end(), conversation.notes.begin(), conversation.notes.end(), sameNote) &&
        std::equal(m_moves.begin(), m_moves.end(), conversation.moves.begin(), conversation.moves.end(), sameMove);
    m_notes = conversation.notes;
    m_moves = conversation.moves;
    if (isSame && !m_asides.empty()) return;
    showAsides();
}

void ConversationThread::dropAsides() {
    for (QWidget* aside : m_asides) {
        takeFocusFrom(*aside);
        m_column->removeWidget(aside);
        aside->hide();
        aside->deleteLater(); // its own button may be asking for this
    }
    m_asides.clear();
}

void ConversationThread::showAsides() {
    dropAsides();
    for (const NoteView& note : m_notes) {
        auto* block = new NoteBlock(note, m_clock, widget());
        connect(block, &NoteBlock::linkActivated, this, &ConversationThread::linkActivated);
        insertAside(block, note.writtenAt);
    }
    for (const ConversationMoveView& move : m_moves) {
        const bool isNewest = &move == &m_moves.back();
        auto* line = new SystemLine(moveWords(move, m_clock.now()), isNewest ? tr("Undo") : QString(), widget());
        connect(line, &SystemLine::actionTriggered, this, &ConversationThread::revertAsked);
        insertAside(line, move.at);
    }
    if (!m_asides.empty()) orderChildren();
}

void ConversationThread::insertAside(QWidget* aside, UtcTime at) {
    if (m_firstShown > 0 && at < m_messages[m_firstShown].sentAt) { // belongs to what is not unfolded yet
        aside->deleteLater();
        return;
    }
    int place = m_column->count() - 1;
    for (MessageBlock* block : m_blocks)
        if (block->message().sentAt > at) {
            place = m_column->indexOf(block);
            break;
        }
    m_column->insertWidget(place, aside);
    aside->show();
    m_asides.push_back(aside);
}

} // namespace aiva
