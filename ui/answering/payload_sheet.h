// What would leave this computer for one model request, before it does: where it goes, what the user states about
// retention, and the exact body. Opened from the draft area.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/widgets/sheet.h"

class QPlainTextEdit;

namespace aiva {

class PayloadSheet final : public Sheet {
    Q_OBJECT
public:
    PayloadSheet(const ModelPayload& payload, QWidget* parent);
    QPlainTextEdit* text() const { return m_text; }

private:
    QPlainTextEdit* m_text;
};

} // namespace aiva
