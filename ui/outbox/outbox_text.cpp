#include "ui/outbox/outbox_text.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 outboxSecondMs = 1000;
constexpr int longestUndo = 60; // seconds; what waits longer was sent for later

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::Outbox)
};

bool isInUndoWindow(const OutboxView& mail) {
    return mail.attempts == 0 && mail.notBefore.msSince(mail.queuedAt) <= longestUndo * outboxSecondMs;
}

qint64 secondsUntil(UtcTime at, UtcTime now) {
    return (at.msSince(now) + outboxSecondMs - 1) / outboxSecondMs;
}

QString timeText(UtcTime at, UtcTime now) {
    return formatTime(at, now, QLocale());
}

OutboxLine waitingLine(const OutboxView& mail, UtcTime now, const OutboxWeather& weather) {
    OutboxLine line{{DotShape::Hollow, Tone::Neutral}, {}, {}, false};
    const bool isRetry = mail.attempts > 0;
    const UtcTime due = isRetry ? mail.nextAttemptAt : mail.notBefore;
    const qint64 seconds = secondsUntil(due, now);
    if (isRetry) {
        line.dot = {DotShape::Half, Tone::Warning};
        if (const auto error = errorOfWords(mail.error)) line.reason = errorSentence(*error);
    }
    if (weather.isPaused) {
        line.state = Text::tr("waits, sending is paused");
    } else if (seconds > 0 && seconds <= longestUndo) {
        // As wide with one digit as with two: nothing beside it moves.
        line.state = (isRetry ? Text::tr("next try in %1 s") : Text::tr("sending in %1 s")).arg(seconds, 2);
        line.ticks = true;
    } else if (seconds > 0) {
        line.state = isRetry ? Text::tr("try %1 at %2").arg(mail.attempts + 1).arg(timeText(due, now))
                             : Text::tr("sends %1").arg(timeText(due, now));
        line.ticks = true;
    } else {
        line.state = weather.isOnline ? Text::tr("next to send") : Text::tr("waits for the connection");
    }
    return line;
}

} // namespace

std::optional<OutboxGroup> outboxGroup(OutboxState state) {
    switch (state) {
    case OutboxState::Waiting:
    case OutboxState::Sending:
    case OutboxState::Unknown:
        return OutboxGroup::OnItsWay;
    case OutboxState::Held:
    case OutboxState::Failed:
        return OutboxGroup::NeedsYou;
    case OutboxState::Filing:
    case OutboxState::Sent:
        return OutboxGroup::Sent;
    case OutboxState::Cancelled:
        break;
    }
    return std::nullopt;
}

QString outboxGroupTitle(OutboxGroup group) {
    switch (group) {
    case OutboxGroup::OnItsWay:
        return Text::tr("On its way");
    case OutboxGroup::NeedsYou:
        return Text::tr("Needs you");
    case OutboxGroup::Sent:
        return Text::tr("Sent recently");
    }
    return {};
}

OutboxLine outboxLine(const OutboxView& mail, UtcTime now, const OutboxWeather& weather) {
    const auto reason = [&mail] {
        const auto error = errorOfWords(mail.error);
        return error ? errorSentence(*error) : QString();
    };
    switch (mail.state) {
    case OutboxState::Waiting:
        return waitingLine(mail, now, weather);
    case OutboxState::Sending:
        return {{DotShape::Half, Tone::Accent}, Text::tr("sending"), {}, false};
    case OutboxState::Unknown:
        return {{DotShape::Ring, Tone::Warning},
                Text::tr("not confirmed"),
                Text::tr("The connection broke after the mail was handed over. Aiva looks for it in the Sent folder "
                         "and will not send it a second time by itself."),
                false};
    case OutboxState::Filing:
        return {{DotShape::Filled, Tone::Ok}, Text::tr("sent, copy not filed yet"), {}, false};
    case OutboxState::Sent:
        return {{DotShape::Filled, Tone::Ok},
                Text::tr("sent %1").arg(timeText(mail.sentAt.value_or(mail.queuedAt), now)),
                {},
                false};
    case OutboxState::Held:
        return {{DotShape::Ring, Tone::Warning}, Text::tr("held"), reason(), false};
    case OutboxState::Failed:
        return {{DotShape::Ring, Tone::Danger}, Text::tr("refused"), reason(), false};
    case OutboxState::Cancelled:
        return {{DotShape::Hollow, Tone::Muted}, Text::tr("cancelled"), {}, false};
    }
    return {};
}

static std::vector<OutboxAction> actionsOf(const OutboxView& mail) {
    using enum OutboxAction;
    switch (mail.state) {
    case OutboxState::Waiting:
        return isInUndoWindow(mail) ? std::vector{Undo, SendNow} : std::vector{Edit, SendNow, Cancel};
    case OutboxState::Unknown:
        return {WasSent, SendAgain};
    case OutboxState::Held:
    case OutboxState::Failed:
        return {Edit, SendNow, Cancel};
    case OutboxState::Filing:
    case OutboxState::Sent:
        return mail.conversation ? std::vector{Open} : std::vector<OutboxAction>();
    case OutboxState::Sending:
    case OutboxState::Cancelled:
        break;
    }
    return {};
}

std::vector<OutboxAction> outboxActions(const OutboxView& mail, const OutboxWeather& weather) {
    std::vector<OutboxAction> actions = actionsOf(mail);
    if (weather.isPaused) std::erase(actions, OutboxAction::SendNow);
    return actions;
}

QString outboxActionText(OutboxAction action) {
    switch (action) {
    case OutboxAction::Undo:
        return Text::tr("Undo");
    case OutboxAction::Edit:
        return Text::tr("Edit");
    case OutboxAction::SendNow:
        return Text::tr("Send now");
    case OutboxAction::Cancel:
        return Text::tr("Cancel");
    case OutboxAction::WasSent:
        return Text::tr("It was sent");
    case OutboxAction::SendAgain:
        return Text::tr("Send again");
    case OutboxAction::Open:
        return Text::tr("Open");
    }
    return {};
}

QString outboxAddresses(const OutboxView& mail) {
    QString to = mail.recipients.value(0);
    const auto more = static_cast<int>(mail.recipients.size()) - 1;
    if (more == 1) to = Text::tr("%1 and 1 more").arg(to);
    if (more > 1) to = Text::tr("%1 and %n more", nullptr, more).arg(to);
    return Text::tr("To %1 · from %2").arg(to, mail.mailboxAddress);
}

} // namespace aiva
