// Third step: the live test, a line for each part of it as it goes, and on failure one sentence and what to do.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/mailboxes/wizard_step.h"
#include "ui/widgets/described.h"

#include <map>

namespace aiva {

class StatusDot;
class SubtleButton;
class TextBlock;

// One line of the test.
class TestLine final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit TestLine(MailSetupStep::What what, QWidget* parent = nullptr);
    void setStep(const std::optional<MailSetupStep>& step); // absent: not begun
    AccessibleFace face() const override;
    QString text() const;

private:
    MailSetupStep::What m_what;
    StatusDot* m_dot;
    TextBlock* m_title;
    TextBlock* m_state;
    TextBlock* m_text;
};

class TestStep final : public WizardStep {
    Q_OBJECT
public:
    explicit TestStep(MailDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    // Begins the test.
    void enter(const MailboxDraft& draft) override;
    bool canGoOn() const override { return m_state == State::Passed; }
    void collect(MailboxDraft& draft) override;
    void showTrouble(const QString& sentence); // what came after the test
    // Ends a test under way; its answer is not waited for.
    void cancel();
    TestLine* line(MailSetupStep::What what) const { return m_lines.at(what); }
    SubtleButton* againButton() const { return m_again; }

private:
    enum class State { Idle, Running, Passed, Failed };
    void run();
    void finish(const Result<MailAccount>& result);
    void showStep(const MailSetupStep& step);

    MailDesk& m_desk;
    State m_state = State::Idle;
    MailAccount m_account;
    SecretString m_secret; // while the test may have to run again
    int m_generation = 0;
    bool m_failureShown = false;
    std::map<MailSetupStep::What, TestLine*> m_lines;
    TextBlock* m_summary;
    SubtleButton* m_again;
};

} // namespace aiva
