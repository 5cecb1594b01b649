// One kind of question of one store: its mode, what it has earned, and its limits on a second line. Asks for a change
// and shows what became of it; decides nothing.
#pragma once

#include "core/domain/answering/auto_send_rule.h"

#include <QWidget>

class QComboBox;

namespace aiva {

class ElidedLabel;
class SubtleButton;
class TextBlock;

class RuleRow final : public QWidget {
    Q_OBJECT
public:
    RuleRow(const AutoSendRule& rule, const EarnedRecord& record, QWidget* parent = nullptr);

    const AutoSendRule& rule() const { return m_rule; }
    QComboBox* mode() const { return m_mode; }
    QString recordText() const;
    void setTrouble(const QString& sentence);

Q_SIGNALS:
    void wanted(const aiva::AutoSendRule& rule);
    void limitsAsked();

private:
    void showMode();

    AutoSendRule m_rule;
    EarnedRecord m_record;
    QComboBox* m_mode;
    SubtleButton* m_limits;
    ElidedLabel* m_recordText;
    TextBlock* m_trouble;
};

} // namespace aiva
