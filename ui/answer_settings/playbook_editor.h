// The sheet that rewrites one playbook in one language, and tries the wording on past conversations before it is saved.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QPlainTextEdit;

namespace aiva {

class SubtleButton;
class TextBlock;

class PlaybookEditor final : public Sheet {
    Q_OBJECT
public:
    PlaybookEditor(AnswerDesk& desk, const PlaybookView& playbook, QWidget* parent);
    QComboBox* language() const { return m_language; }
    QPlainTextEdit* text() const { return m_text; }
    SubtleButton* tryButton() const { return m_try; }
    SubtleButton* saveButton() const { return m_save; }
    QString trialText() const;

Q_SIGNALS:
    void saved();

private:
    void build();
    QString code() const { return m_codes.value(codeIndex()); }
    int codeIndex() const;
    void showLanguage();
    void tryText();
    void showTrial(const Result<PlaybookTrial>& trial);
    void save(const QString& text);

    AnswerDesk& m_desk;
    const PlaybookView m_playbook;
    const QStringList m_codes;
    QComboBox* m_language;
    QPlainTextEdit* m_text;
    TextBlock* m_variables;
    TextBlock* m_trial;
    QPlainTextEdit* m_example;
    SubtleButton* m_try;
    SubtleButton* m_shipped;
    SubtleButton* m_save;
};

} // namespace aiva
