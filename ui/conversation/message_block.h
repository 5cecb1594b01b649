// One message of a conversation: who, when, the text with quotes folded, attachments, and on request the original HTML.
// The thread owns it and answers its requests; the block itself reads nothing and writes nothing. It shows one message
// after another.
#pragma once

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/readmodel/conversation_query.h"

#include <QImage>
#include <QUrl>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace aiva {

class FoldButton;
class MessageBody;
class MessageHead;
class SafeTextView;

// What a block reads when asked to; each may be empty, and then the block does not offer it.
struct MessageSources {
    std::function<Result<QString>(MessageId)> html;
    std::function<Result<QByteArray>(AttachmentId)> attachment;
    std::function<Future<QByteArray>(const QUrl&)> remotePicture = {}; // from the network; only when a person asks
};

class MessageBlock final : public QWidget {
    Q_OBJECT
public:
    // First: nothing stands before it that it could be split from.
    enum class Place { First, Later };
    MessageBlock(const MessageSources& sources, const Clock& clock, QWidget* parent = nullptr);

    // Another message in the same widgets: nothing of the one before stays.
    void showMessage(const MessageView& message, Place place);
    MessageId id() const { return m_message.id; }
    const MessageView& message() const { return m_message; }

Q_SIGNALS:
    void grew(); // or shrank: something was folded or unfolded
    void linkActivated(const QUrl& url);
    void saveAttachmentAsked(aiva::AttachmentId id, const QString& name);
    void openAttachmentAsked(aiva::AttachmentId id, const QString& name);
    void sourceAsked(aiva::MessageId id); // the mail as it came, byte by byte
    void splitAsked(aiva::MessageId id);

private:
    void showMenu(const QPoint& globalPos);
    void toggleOriginal(bool isOpen);
    void showOriginal();
    void addPicturesLine(const QString& html, SafeTextView* view);
    QImage picture(const QString& contentId, int width) const;
    void addAttachments();

    MessageView m_message;
    MessageSources m_sources;
    const Clock& m_clock;
    Place m_place = Place::First;
    QVBoxLayout* m_layout;
    MessageHead* m_head;
    MessageBody* m_body;
    FoldButton* m_formatted;
    QWidget* m_original = nullptr;    // made when first asked for
    QWidget* m_attachments = nullptr; // made when there are some
};

} // namespace aiva
