// The mail as it came, byte by byte, as plain text: headers and all. Nothing in it is interpreted.
#pragma once

#include "core/base/error.h"
#include "ui/widgets/sheet.h"

class QPlainTextEdit;

namespace aiva {

class MailSourceSheet final : public Sheet {
    Q_OBJECT
public:
    explicit MailSourceSheet(QWidget* parent = nullptr);

    void showMail(const QByteArray& mail);
    void showError(const Error& error);

private:
    QPlainTextEdit* m_text;
};

} // namespace aiva
