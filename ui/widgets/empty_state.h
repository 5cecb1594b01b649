// What stands where there is nothing to show: a title, what to do next, and perhaps the button that does it.
#pragma once

#include <QWidget>

namespace aiva {

class SubtleButton;
class TextBlock;

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    // No button when action is empty.
    void setContent(const QString& title, const QString& whatToDo, const QString& action = {});

Q_SIGNALS:
    void actionTriggered();

private:
    TextBlock* m_title;
    TextBlock* m_whatToDo;
    SubtleButton* m_action;
};

} // namespace aiva
