// The canned replies in the settings: a line each, add, edit, remove with undo. The settings page owns it.
#pragma once

#include "core/desk/mail/mail_desk.h"

#include <QWidget>

class QVBoxLayout;

namespace aiva {

class CannedReplyEditor;
class SubtleButton;
class TextBlock;
class UndoBar;

class CannedRepliesSection final : public QWidget {
    Q_OBJECT
public:
    // `undo` floats over the page and outlives the section.
    CannedRepliesSection(MailDesk& desk, UndoBar& undo, QWidget* parent = nullptr);
    void setReplies(const std::vector<CannedReply>& replies);
    SubtleButton* addButton() const { return m_add; }
    CannedReplyEditor* edit(const CannedReply& reply);
    void remove(const CannedReply& reply);

Q_SIGNALS:
    void stale();

private:
    QWidget* makeLine(const CannedReply& reply);

    MailDesk& m_desk;
    UndoBar& m_undo;
    std::vector<CannedReply> m_replies;
    QVBoxLayout* m_list;
    TextBlock* m_empty;
    SubtleButton* m_add;
};

} // namespace aiva
