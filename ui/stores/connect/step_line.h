// One step of something that is tested or under way: a dot that says how it stands, what it is, and a sentence below.
#pragma once

#include <QWidget>

namespace aiva {

class StatusDot;
class TextBlock;

enum class StepState { Waits, Runs, Works, Limited, Fails };

class StepLine final : public QWidget {
    Q_OBJECT
public:
    explicit StepLine(const QString& title, QWidget* parent = nullptr);
    void setState(StepState state, const QString& detail = {});
    StepState state() const { return m_state; }
    QString detail() const;

private:
    StatusDot* m_dot;
    TextBlock* m_title;
    TextBlock* m_detail;
    StepState m_state = StepState::Waits;
};

} // namespace aiva
