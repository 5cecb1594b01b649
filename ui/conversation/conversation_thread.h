// The messages of one conversation, oldest first, in a scrolling column. Long threads show their last messages and
// unfold earlier ones by the handful, so that opening costs the same whatever the length. Shows what it is given;
// reads only the original HTML, when asked, through the function it was made with.
#pragma once

#include "ui/conversation/message_block.h"

#include <QScrollArea>
#include <QTimer>

class QVBoxLayout;

namespace aiva {

class FoldButton;

class ConversationThread final : public QScrollArea {
    Q_OBJECT
public:
    ConversationThread(MessageSources sources, const Clock& clock, QWidget* parent = nullptr);

    // Another conversation starts at its first unread or last message; the same one again only gains what is new and
    // keeps its scroll and its unfolded quotes.
    void showConversation(const ConversationView& conversation);
    void clear();

    static constexpr int shownFirst = 6;
    static constexpr int unfoldedAtOnce = 25;
    static constexpr int restMs = 40; // after which what is out of sight is made too

Q_SIGNALS:
    void linkActivated(const QUrl& url);
    void saveAttachmentAsked(aiva::AttachmentId id, const QString& name);
    void openAttachmentAsked(aiva::AttachmentId id, const QString& name);
    void sourceAsked(aiva::MessageId id);
    void splitAsked(aiva::MessageId id);
    void revertAsked(); // the newest merge or split

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void forget();
    void takeFocusFrom(const QWidget& part);
    void dropSpare(size_t kept);
    void showFrom(size_t start);
    void makeRest();
    void orderChildren();
    void unfoldTo(size_t first);
    void unfoldEarlier();
    void updateEarlierButton();
    MessageBlock* insertBlock(size_t index, int place);
    MessageBlock* newBlock();
    void placeAsides(const ConversationView& conversation);
    void dropAsides();
    void showAsides();
    void insertAside(QWidget* aside, UtcTime at);
    void relayout();
    void placeColumn();
    int columnWidth() const;
    void scrollToStart(const MessageBlock* block);

    MessageSources m_sources;
    const Clock& m_clock;
    ConversationId m_id;
    std::vector<MessageView> m_messages;
    size_t m_firstShown = 0;
    QVBoxLayout* m_column = nullptr;
    FoldButton* m_earlier = nullptr;
    std::vector<MessageBlock*> m_blocks; // of m_messages[m_firstShown…]; all to the end once the rest is made
    std::vector<MessageBlock*> m_spare;  // show nothing, for what comes next
    size_t m_firstWanted = 0;            // m_firstShown when the rest is made
    QTimer m_rest;
    std::vector<NoteView> m_notes;
    std::vector<ConversationMoveView> m_moves;
    std::vector<QWidget*> m_asides; // notes and system lines between the blocks
};

} // namespace aiva
