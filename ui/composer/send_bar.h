// The last line of the composer: Send (or "Add note"), Send later, the tools, and what the keys do. Decides nothing.
#pragma once

#include "core/base/clock.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;

namespace aiva {

class ElidedLabel;
class IconButton;
class SendLaterSheet;
class SubtleButton;

class SendBar final : public QWidget {
    Q_OBJECT
public:
    explicit SendBar(const Clock& clock, QWidget* parent = nullptr);

    enum class Mode { Reply, Note };
    void setMode(Mode mode);
    enum class Busy { No, Sending };
    void setBusy(Busy busy);
    // "Ctrl ↵ send", "will go out when the line is back".
    void setHint(const QString& hint, bool isWarning = false);
    // Between Send later and the tools at the end.
    void addTools(QWidget* tools);
    IconButton* attachButton() const { return m_attach; }
    IconButton* cannedButton() const { return m_canned; }
    IconButton* moreButton() const { return m_more; }
    SubtleButton* sendButton() const { return m_send; }
    SubtleButton* laterButton() const { return m_later; }
    // Every menu above it and the question when to send: they were of another text.
    void closeMenus();
    // As chosen beside the times to send later.
    bool isCancelledByNews() const { return m_newsCancels; }

Q_SIGNALS:
    void sendAsked();
    void sendLaterAsked(aiva::UtcTime at);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void openLater();
    void askTime();

    const Clock& m_clock;
    Mode m_mode = Mode::Reply;
    bool m_newsCancels = false;
    SubtleButton* m_send;
    SubtleButton* m_later;
    QPointer<SendLaterSheet> m_sheet;
    QBoxLayout* m_tools;
    QWidget* m_formats = nullptr;
    IconButton* m_attach;
    IconButton* m_canned;
    IconButton* m_more;
    ElidedLabel* m_hint;
};

} // namespace aiva
