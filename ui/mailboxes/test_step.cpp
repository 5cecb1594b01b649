#include "ui/mailboxes/test_step.h"

#include "ui/errors/error_text.h"
#include "ui/mailboxes/mailbox_text.h"
#include "ui/widgets/status_dot.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

using What = MailSetupStep::What;
constexpr What shownSteps[] = {What::Login, What::Folders, What::Sending, What::SentCopy, What::SelfTest};
constexpr int textInset = 18;

QString stateWord(MailSetupStep::State state) {
    switch (state) {
    case MailSetupStep::State::Running:
        return TestStep::tr("running");
    case MailSetupStep::State::Passed:
        return TestStep::tr("works");
    case MailSetupStep::State::Warned:
        return TestStep::tr("works, with a limit");
    case MailSetupStep::State::Failed:
        return TestStep::tr("failed");
    }
    return {};
}

} // namespace

TestLine::TestLine(What what, QWidget* parent)
    : QWidget(parent)
    , m_what(what)
    , m_dot(new StatusDot(this))
    , m_title(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_state(new TextBlock(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_text(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)) {
    describe(this);
    m_title->setText(setupStepTitle(what));
    m_state->setWordWrap(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    head->addWidget(m_dot);
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    column->addLayout(head);
    m_text->setContentsMargins(textInset, 0, 0, 0);
    column->addWidget(m_text);
    setStep(std::nullopt);
}

void TestLine::setStep(const std::optional<MailSetupStep>& step) {
    const QString word = step ? stateWord(step->state) : tr("waits");
    m_dot->setStatus(step ? setupStepDot(step->state) : DotLook{DotShape::Hollow, Tone::Muted}, word);
    m_state->setText(step ? word : QString());
    m_text->setText(step ? setupStepText(*step) : QString());
    m_text->setVisible(!m_text->text().isEmpty());
    announceChange(this, QAccessible::NameChanged);
}

QString TestLine::text() const {
    return m_text->text();
}

AccessibleFace TestLine::face() const {
    const QString word = m_state->text().isEmpty() ? tr("waits") : m_state->text();
    return {QAccessible::ListItem, u"%1: %2"_s.arg(m_title->text(), word), word, m_text->text(), Expansion::None};
}

TestStep::TestStep(MailDesk& desk, QWidget* parent)
    : WizardStep(parent)
    , m_desk(desk)
    , m_summary(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_again(new SubtleButton(tr("Try again"), SubtleButton::Look::Subtle, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(m_summary);
    for (const What what : shownSteps) {
        m_lines[what] = new TestLine(what, this);
        column->addWidget(m_lines[what]);
    }
    column->addWidget(m_again, 0, Qt::AlignLeading);
    column->addStretch();
    m_again->hide();
    connect(m_again, &QAbstractButton::clicked, this, &TestStep::run);
    connect(&m_desk, &MailDesk::setupStepped, this, &TestStep::showStep);
}

QString TestStep::title() const {
    return tr("Live test");
}

void TestStep::enter(const MailboxDraft& draft) {
    m_account = draft.account;
    m_secret = draft.secret;
    run();
}

void TestStep::run() {
    m_state = State::Running;
    m_failureShown = false;
    m_again->hide();
    for (const auto& [what, line] : m_lines)
        line->setStep(std::nullopt);
    m_summary->setText(tr("Testing %1 with the real servers. This takes a few seconds.").arg(m_account.address));
    const int generation = ++m_generation;
    whenDone(m_desk.testMailbox(m_account, m_secret), this, [this, generation](const Result<MailAccount>& result) {
        if (generation == m_generation) finish(result);
    });
    Q_EMIT changed();
}

void TestStep::showStep(const MailSetupStep& step) {
    if (m_state != State::Running) return;
    const auto line = m_lines.find(step.what);
    if (line == m_lines.end()) return;
    line->second->setStep(step);
    m_failureShown = m_failureShown || step.state == MailSetupStep::State::Failed;
}

void TestStep::finish(const Result<MailAccount>& result) {
    m_state = result ? State::Passed : State::Failed;
    if (result) {
        m_account = *result;
        m_summary->setText(tr("Everything that is needed works."));
    } else {
        // The line that failed says it; here only what failed before any line could.
        m_summary->setText(m_failureShown ? tr("The test stopped. Nothing was saved.") : errorSentence(result.error()));
        m_again->show();
        m_again->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT changed();
}

void TestStep::cancel() {
    ++m_generation;
    if (m_state == State::Running) m_desk.cancelTest();
    m_state = State::Idle;
    m_secret.wipe();
    m_secret = {};
}

void TestStep::collect(MailboxDraft& draft) {
    if (m_state == State::Passed)
        draft.account = m_account;
    else
        cancel();
}

void TestStep::showTrouble(const QString& sentence) {
    m_summary->setText(sentence);
}

} // namespace aiva
