// The limits of automatic sending for one kind of question: how sure, how long it waits, when, how many, in which
// languages, and how much must be earned first.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/widgets/sheet.h"

class QCheckBox;
class QSpinBox;
class QTimeEdit;

namespace aiva {

class SubtleButton;
class TextBlock;

class LimitsSheet final : public Sheet {
    Q_OBJECT
public:
    LimitsSheet(AnswerDesk& desk, const AutoSendRule& rule, QWidget* parent);

    QSpinBox* threshold() const { return m_threshold; }
    QSpinBox* delay() const { return m_delay; }
    QSpinBox* delayMost() const { return m_delayMost; }
    SubtleButton* saveButton() const { return m_save; }
    AutoSendRule written() const;

Q_SIGNALS:
    void saved();

private:
    void build();
    void save();

    AnswerDesk& m_desk;
    const AutoSendRule m_rule;
    QSpinBox* m_threshold;
    QSpinBox* m_delay;
    QSpinBox* m_delayMost;
    QTimeEdit* m_from;
    QTimeEdit* m_until;
    QSpinBox* m_perHour;
    QSpinBox* m_perCustomer;
    QSpinBox* m_needed;
    std::vector<QCheckBox*> m_languages;
    SubtleButton* m_save;
    TextBlock* m_trouble;
};

} // namespace aiva
