// What stands around the text that is open: whom it goes to and from where, what follows below it, the weather, when it
// was saved, and how a note looks different. Takes what a person changes there into the draft.
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"
#include "ui/composer/composer_parts.h"
#include "ui/outbox/outbox_text.h"

#include <QObject>

namespace aiva {

class OpenDraft;

class DraftSurroundings final : public QObject {
    Q_OBJECT
public:
    // All outlive it.
    DraftSurroundings(const Clock& clock, OpenDraft& draft, const ComposerParts& parts, QObject* parent);

    // All of it: another text is open, or none.
    void show();
    // As far as news of the conversation change it.
    void showNews();
    void setWeather(const OutboxWeather& weather);
    // Mailboxes came or went.
    void showMailbox();
    void showBelow();
    void showSaved();

Q_SIGNALS:
    void addressed(); // a person changed whom it goes to, from where, or the subject

private:
    void showRecipients();
    void showWeather();
    void takeRecipients();

    const Clock& m_clock;
    OpenDraft& m_draft;
    const ComposerParts& m_parts;
    OutboxWeather m_weather;
    MessageId m_quoted; // the mail whose quote is shown
};

} // namespace aiva
