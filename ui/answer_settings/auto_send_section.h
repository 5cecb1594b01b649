// Automatic sending in the settings: the kill switch, and per store and intent the mode with the record it has earned.
// "On" can be chosen once enough drafts were approved unedited. The settings page owns it.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "core/readmodel/store_query.h"

#include <QWidget>

class QVBoxLayout;

namespace aiva {

class RuleRow;
class SubtleButton;
class TextBlock;

class AutoSendSection final : public QWidget {
    Q_OBJECT
public:
    struct Shown {
        StoreRow store;
        std::vector<std::pair<AutoSendRule, EarnedRecord>> rules;
    };
    AutoSendSection(AnswerDesk& desk, QWidget* parent = nullptr);

    void setStopped(bool stopped);
    void setStores(const std::vector<Shown>& stores);
    SubtleButton* killSwitch() const { return m_switch; }
    // Off: no rule of any store is on. Nothing leaves by itself then, and there is nothing to stop.
    enum class State { Off, On, Stopped };
    State state() const;
    // Null when it is not listed.
    RuleRow* row(StoreId store, Intent intent) const;

Q_SIGNALS:
    void stale();

private:
    void save(const AutoSendRule& rule, RuleRow* row);

    AnswerDesk& m_desk;
    bool m_isStopped = false;
    SubtleButton* m_switch;
    TextBlock* m_stoppedText;
    QVBoxLayout* m_list;
    std::vector<RuleRow*> m_rows;
    bool m_isAnyOn = false;
};

} // namespace aiva
