// The sheet that writes one piece of knowledge; what it asks for follows its kind.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace aiva {

class FormField;
class SubtleButton;

class KnowledgeEditor final : public Sheet {
    Q_OBJECT
public:
    KnowledgeEditor(AnswerDesk& desk, const Knowledge& knowledge,
                    const std::vector<std::pair<StoreId, QString>>& stores, QWidget* parent);
    QComboBox* kind() const { return m_kind; }
    QLineEdit* titleEdit() const { return m_titleEdit; }
    QPlainTextEdit* text() const { return m_text; }
    QLineEdit* url() const { return m_url; }
    SubtleButton* saveButton() const { return m_save; }

Q_SIGNALS:
    void saved();

private:
    void build(const std::vector<std::pair<StoreId, QString>>& stores);
    Knowledge written() const;
    QString trouble() const;
    void showKind();
    void showSavable();
    void save();

    AnswerDesk& m_desk;
    const Knowledge m_before;
    QComboBox* m_store;
    QComboBox* m_kind;
    QLineEdit* m_titleEdit;
    QPlainTextEdit* m_text;
    QLineEdit* m_url;
    FormField* m_textField = nullptr;
    FormField* m_urlField = nullptr;
    SubtleButton* m_save;
};

} // namespace aiva
