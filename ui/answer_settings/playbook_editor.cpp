#include "ui/answer_settings/playbook_editor.h"

#include "ui/answering/answer_text.h"
#include "ui/errors/error_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLocale>
#include <QPlainTextEdit>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int playbookSheetWidth = 640;
constexpr int playbookTextHeight = 180;
constexpr int exampleHeight = 140;
} // namespace

PlaybookEditor::PlaybookEditor(AnswerDesk& desk, const PlaybookView& playbook, QWidget* parent)
    : Sheet(tr("Playbook: %1").arg(QString(playbook.name).replace(u'_', u' ')), parent)
    , m_desk(desk)
    , m_playbook(playbook)
    , m_codes(playbook.texts.keys())
    , m_language(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_variables(new TextBlock(TextStyle::Micro, &Colors::textMuted, this))
    , m_trial(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_example(new QPlainTextEdit(this))
    , m_try(new SubtleButton(tr("Try on past conversations"), SubtleButton::Look::Subtle, this))
    , m_shipped(new SubtleButton(tr("Use the wording that came with Aiva"), SubtleButton::Look::Quiet, this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this)) {
    setFixedWidth(playbookSheetWidth);
    build();
    showLanguage();
}

void PlaybookEditor::build() {
    for (const QString& code : m_codes)
        m_language->addItem(QLocale(code).nativeLanguageName());
    const auto english = m_codes.indexOf(u"en"_s);
    if (english >= 0) m_language->setCurrentIndex(static_cast<int>(english));
    m_text->setProperty("boxed", true);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(playbookTextHeight);
    m_example->setProperty("boxed", true);
    m_example->setReadOnly(true);
    m_example->setTabChangesFocus(true);
    m_example->setFixedHeight(exampleHeight);
    m_example->setAccessibleName(tr("How it would read"));
    m_example->hide();
    QStringList names;
    for (const QString& name : m_playbook.variables)
        names << u"{{%1}}"_s.arg(name);
    m_variables->setText(tr("Filled from facts: %1").arg(names.join(u"  "_s)));
    body()->addWidget(new FormField(tr("Language"), m_language));
    body()->addWidget(new FormField(tr("Wording"), m_text));
    body()->addWidget(m_variables);
    body()->addWidget(m_trial);
    body()->addWidget(m_example);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addWidget(m_try);
    foot()->addWidget(m_shipped);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_try, &QAbstractButton::clicked, this, &PlaybookEditor::tryText);
    connect(m_shipped, &QAbstractButton::clicked, this, [this] { save({}); });
    connect(m_save, &QAbstractButton::clicked, this, [this] { save(m_text->toPlainText()); });
    connect(m_language, &QComboBox::currentIndexChanged, this, &PlaybookEditor::showLanguage);
    connect(m_text, &QPlainTextEdit::textChanged, this,
            [this] { m_save->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
}

int PlaybookEditor::codeIndex() const {
    return m_language->currentIndex();
}

void PlaybookEditor::showLanguage() {
    m_text->setPlainText(m_playbook.texts.value(code()));
    m_shipped->setVisible(m_playbook.rewritten.contains(code()));
    m_trial->clear();
    m_example->hide();
}

void PlaybookEditor::tryText() {
    m_trial->setColor(&Colors::textSecondary);
    m_trial->setText(tr("Trying…"));
    whenDone(m_desk.tryPlaybook(m_playbook.name, code(), m_text->toPlainText()), this,
             [this](const Result<PlaybookTrial>& trial) { showTrial(trial); });
}

void PlaybookEditor::showTrial(const Result<PlaybookTrial>& trial) {
    const bool isWrong = !trial || !trial->problem.isEmpty();
    m_trial->setColor(isWrong || trial->passed < trial->tried ? &Colors::warning : &Colors::ok);
    m_example->hide();
    if (!trial) {
        m_trial->setText(errorSentence(trial.error()));
        return;
    }
    if (!trial->problem.isEmpty()) {
        m_trial->setText(trial->problem);
        return;
    }
    if (trial->tried == 0) {
        m_trial->setColor(&Colors::textSecondary);
        m_trial->setText(tr("No past conversation fits this playbook yet."));
        return;
    }
    m_trial->setText(tr("%1 of %2 past conversations: every fact proved.").arg(trial->passed).arg(trial->tried));
    if (trial->examples.empty()) return;
    const PlaybookTrial::Example& example = trial->examples.front();
    m_example->setPlainText(example.passed ? example.reply : example.firstProblem + u"\n\n"_s + example.reply);
    m_example->show();
}

void PlaybookEditor::save(const QString& text) {
    m_save->setEnabled(false);
    whenDone(m_desk.savePlaybookText(m_playbook.name, code(), text), this, [this](const Result<bool>& done) {
        m_save->setEnabled(true);
        if (done) {
            Q_EMIT saved();
            accept();
            return;
        }
        m_trial->setColor(&Colors::warning);
        m_trial->setText(done.error().kind == ErrorKind::Invalid
                             ? tr("A variable in it does not exist. The list above names those that do.")
                             : errorSentence(done.error()));
    });
}

QString PlaybookEditor::trialText() const {
    return m_trial->text();
}

} // namespace aiva
