// One message of a conversation: who, when, the text with quotes folded, attachments, and on request the original HTML.
// The thread owns it and answers its requests; the block itself reads nothing and writes nothing.
#pragma once

#include "core/base/clock.h"
#include "core/readmodel/conversation_query.h"

#include <QUrl>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace aiva {

class SafeTextView;

class MessageBlock final : public QWidget {
    Q_OBJECT
public:
    using HtmlSource = std::function<Result<QString>(MessageId)>;

    MessageBlock(const MessageView& message, const HtmlSource& html, const Clock& clock, QWidget* parent = nullptr);

    MessageId id() const { return m_message.id; }
    const MessageView& message() const { return m_message; }

Q_SIGNALS:
    void grew(); // or shrank: something was folded or unfolded
    void linkActivated(const QUrl& url);
    void saveAttachmentAsked(aiva::AttachmentId id, const QString& name);

private:
    void addHeader(UtcTime now);
    void addText();
    void addFolded(const QString& text, const QString& label, bool isLong);
    void addOriginal();
    void addAttachments();
    QWidget* textWidget(const QString& text, const QColor& color);
    SafeTextView* newView();

    MessageView m_message;
    HtmlSource m_html;
    QVBoxLayout* m_layout;
    QWidget* m_text = nullptr;           // everything shown as plain text
    QVBoxLayout* m_textLayout = nullptr; //
    SafeTextView* m_original = nullptr;  // made when first asked for
};

} // namespace aiva
