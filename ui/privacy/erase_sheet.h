// Asks before a person is erased, says what goes and what stays, waits while it happens, and says what is left to do
// elsewhere (P2). Cannot be undone, so nothing but a press on its button does it.
#pragma once

#include "core/desk/privacy/privacy_desk.h"
#include "core/readmodel/privacy_query.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_label.h"

namespace aiva {

class SubtleButton;

class EraseSheet final : public Sheet {
    Q_OBJECT
public:
    EraseSheet(PrivacyDesk& desk, const QString& address, const KnownPerson& known, QWidget* parent);
    SubtleButton* confirmButton() const { return m_confirm; }
    SubtleButton* keepButton() const { return m_keep; }
    QString stateText() const;

Q_SIGNALS:
    void done(); // they are erased

protected:
    void reject() override; // not while it happens

private:
    void addLine(const QString& text);
    void say(const QString& text, ColorRole color);
    void confirm();
    void showEnd(const Result<ErasedPerson>& erased);

    PrivacyDesk& m_desk;
    const QString m_address;
    SubtleButton* m_confirm;
    SubtleButton* m_keep;
    TextBlock* m_state;
    bool m_isErasing = false;
};

} // namespace aiva
