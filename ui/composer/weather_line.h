// What keeps all mail of a mailbox from leaving just now, in one quiet line: none connected, not reached, paused,
// offline. What is written meanwhile waits in the outbox.
#pragma once

#include "core/readmodel/mailbox_query.h"
#include "ui/outbox/outbox_text.h"
#include "ui/widgets/text_label.h"

namespace aiva {

class WeatherLine final : public TextBlock {
    Q_OBJECT
public:
    explicit WeatherLine(QWidget* parent = nullptr);

    // Of the mailbox a reply goes out from; null: none is connected.
    void tell(const MailboxView* from, const OutboxWeather& weather);
};

} // namespace aiva
