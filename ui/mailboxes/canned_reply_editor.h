// The sheet that writes one canned reply, with the variables it may use.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/widgets/sheet.h"

class QBoxLayout;
class QLineEdit;
class QPlainTextEdit;

namespace aiva {

class FormField;
class SubtleButton;
class TextBlock;

class CannedReplyEditor final : public Sheet {
    Q_OBJECT
public:
    // Without an id: a new one.
    CannedReplyEditor(MailDesk& desk, const CannedReply& reply, QWidget* parent);
    QLineEdit* name() const { return m_name; }
    QPlainTextEdit* text() const { return m_text; }
    SubtleButton* saveButton() const { return m_save; }

Q_SIGNALS:
    void saved();

private:
    void addVariables(QBoxLayout& column);
    void showSavable();
    void save();

    MailDesk& m_desk;
    CannedReply m_reply;
    QLineEdit* m_name;
    FormField* m_nameField;
    QPlainTextEdit* m_text;
    SubtleButton* m_save;
    TextBlock* m_trouble;
};

} // namespace aiva
