// Where a reply is written. Keeps one document with its own undo history a conversation, hands every change to be saved
// at once, and gives each conversation its text and cursor back. Sends nothing.
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"
#include "core/readmodel/conversation_query.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QLabel;
class QTextDocument;

namespace aiva {

class ElidedLabel;
class ReplyEdit;
class SubtleButton;

class Composer final : public QWidget {
    Q_OBJECT
public:
    explicit Composer(const Clock& clock, QWidget* parent = nullptr);

    // The reply to this conversation. Text typed here in this session wins over what the read model still says.
    void showConversation(const ConversationView& conversation);
    void clear();
    ConversationId conversation() const { return m_conversation; }

    QString text() const;
    // At the cursor, on lines of its own; one step to undo. `html` is the same block for mail that shows HTML.
    void appendBlock(const QString& text, const QString& html);
    void focusEditor();
    void copyReply();
    ReplyEdit* editor() const { return m_editor; }

public Q_SLOTS:
    void setSaved(aiva::ConversationId conversation, aiva::UtcTime at);

Q_SIGNALS:
    // On every change of text or cursor; the desk gathers them.
    void draftChanged(const aiva::Draft& draft);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Draft {
        QTextDocument* document = nullptr;
        int cursor = 0;
        bool saved = true;
    };
    void buildEditor();
    void buildActions();
    Draft& draftOf(const ConversationView& conversation);
    void store();
    void forgetOldest();
    void updateState(std::optional<UtcTime> savedAt);
    QString html() const;

    const Clock& m_clock;
    ConversationId m_conversation;
    QHash<ConversationId, Draft> m_drafts;
    QList<ConversationId> m_recent; // oldest first
    QTextDocument* m_blank;
    bool m_restoring = false;
    ElidedLabel* m_parties;
    QLabel* m_state;
    ReplyEdit* m_editor;
    SubtleButton* m_copy;
};

} // namespace aiva
