// What was just done, and the way back, for a few seconds: floats at the bottom of its parent.
#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;

namespace aiva {

class SubtleButton;

class UndoBar final : public QWidget {
    Q_OBJECT
public:
    explicit UndoBar(QWidget* parent);

    // Replaces what it offered before.
    void offer(const QString& text, std::function<void()> undo);
    // Also by key. False when there is nothing to undo.
    bool undo();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QLabel* m_text;
    SubtleButton* m_button;
    std::function<void()> m_undo;
    QTimer m_life;
};

} // namespace aiva
