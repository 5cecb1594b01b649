// The sheet that sets up one language model: protocol, address, key, model, limits, what the user states about
// retention; with a test that lists the models. The key goes to the keychain and is never shown again.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace aiva {

class FormField;
class SubtleButton;
class TextBlock;

class EndpointEditor final : public Sheet {
    Q_OBJECT
public:
    // Without an id: a new one.
    EndpointEditor(AnswerDesk& desk, const ModelEndpoint& endpoint, QWidget* parent);

    QComboBox* protocol() const { return m_protocol; }
    QLineEdit* address() const { return m_address; }
    QLineEdit* key() const { return m_key; }
    QLineEdit* model() const { return m_model; }
    SubtleButton* testButton() const { return m_test; }
    SubtleButton* saveButton() const { return m_save; }
    QString verdict() const;

Q_SIGNALS:
    void saved();

private:
    void build();
    ModelEndpoint written() const;
    void takeProtocol();
    void showSavable();
    void test();
    void save();

    AnswerDesk& m_desk;
    const ModelEndpoint m_before;
    QComboBox* m_protocol;
    QLineEdit* m_address;
    QLineEdit* m_key;
    QLineEdit* m_model;
    QLineEdit* m_retention;
    QSpinBox* m_perDay;
    QSpinBox* m_perConversation;
    FormField* m_retentionField = nullptr;
    SubtleButton* m_test;
    SubtleButton* m_save;
    TextBlock* m_verdict;
};

} // namespace aiva
