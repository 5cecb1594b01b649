#include "ui/composer/weather_line.h"

#include "ui/theme/theme.h"

namespace aiva {

WeatherLine::WeatherLine(QWidget* parent) : TextBlock(TextStyle::Meta, &Colors::textMuted, parent) {
    setWordWrap(true);
}

void WeatherLine::tell(const MailboxView* from, const OutboxWeather& weather) {
    QString line;
    bool isWarning = true;
    if (from == nullptr) {
        line = tr("Connect a mailbox in Settings to send from here. What you write is kept.");
        isWarning = false; // a state to start from, nothing went wrong
    } else if (from->account.status == MailboxStatus::Error)
        line = tr("%1 cannot be reached. Replies wait in the outbox.").arg(from->account.address);
    else if (weather.isPaused)
        line = tr("Sending is paused. Replies wait in the outbox until it goes on.");
    else if (!weather.isOnline)
        line = tr("Offline. Replies go out when the line is back.");
    else if (from->account.teamMode == TeamMode::SingleAgent) {
        line = tr("Single-agent mode: this mail server cannot show who else is answering.");
        isWarning = false;
    }
    setText(line);
    setVisible(!line.isEmpty());
    setColor(isWarning ? &Colors::warning : &Colors::textMuted);
}

} // namespace aiva
