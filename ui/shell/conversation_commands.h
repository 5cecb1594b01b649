// What a person does to a conversation beside answering it: merge, split, take back, look at the mail as it came, open
// what was attached. Turns it into commands of the desk and offers the way back. The triage page owns it.
#pragma once

#include "core/desk/desk.h"
#include "core/desk/mail/mail_desk.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace aiva {

class UndoBar;

class ConversationCommands final : public QObject {
    Q_OBJECT
public:
    ConversationCommands(Desk& desk, MailDesk& mail, UndoBar& undo, QWidget* window);
    ~ConversationCommands() override;

    void merge(ConversationId into, ConversationId from);
    // Which one is chosen from a menu of the same customer's others.
    void chooseMerge(ConversationId into, QPoint globalPlace);
    void split(ConversationId conversation, MessageId firstOfNew);
    void revert(ConversationId conversation);
    void keepApart(ConversationId one, ConversationId other);

    void showSource(MessageId message);
    // In the system's viewer; after a warning when that could do more than show it.
    void openAttachment(AttachmentId id, const QString& name);

Q_SIGNALS:
    void shown(aiva::ConversationId id); // is what should be on screen now
    void failed(const aiva::Error& error);

private:
    void handToSystem(const QString& name, const QByteArray& content);

    Desk& m_desk;
    MailDesk& m_mail;
    UndoBar& m_undo;
    QWidget* m_window;
    std::unique_ptr<QTemporaryDir> m_opened; // what viewers were given; gone with the window
    int m_openedCount = 0;
};

} // namespace aiva
