// Asks when a mail is to leave. Opened by SendBar; answers once, with a time that lies ahead.
#pragma once

#include "core/base/utc_time.h"
#include "ui/widgets/sheet.h"

class QDateTimeEdit;

namespace aiva {

class SendLaterSheet final : public Sheet {
    Q_OBJECT
public:
    SendLaterSheet(UtcTime now, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(aiva::UtcTime at);

private:
    QDateTimeEdit* m_when;
};

} // namespace aiva
