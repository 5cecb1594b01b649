// Asks where a link leads. Opened by FormatBar; an empty address takes the link away.
#pragma once

#include "ui/widgets/sheet.h"

class QLineEdit;

namespace aiva {

class LinkSheet final : public Sheet {
    Q_OBJECT
public:
    explicit LinkSheet(const QString& address, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& address);

private:
    QLineEdit* m_address;
};

} // namespace aiva
