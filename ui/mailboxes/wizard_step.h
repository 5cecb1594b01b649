// One step of adding a mailbox. The wizard owns the steps, passes the one draft through them, and decides where to go;
// a step shows, checks and writes down its part.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/widgets/steps_sheet.h"

namespace aiva {

// Everything entered so far. Lives in memory only until the last step saves it; the secret wipes itself.
struct MailboxDraft {
    MailAccount account;
    SecretString secret;
    std::vector<MailServerGuess> guesses;
    QString agentName; // who I am to colleagues
};

class WizardStep : public SheetStep {
    Q_OBJECT
public:
    using SheetStep::SheetStep;

    // Shown now: fill in what the draft knows, focus the first field.
    virtual void enter(const MailboxDraft& draft) = 0;
    // Writes its part into the draft. Called before the wizard goes on, and before it goes back.
    virtual void collect(MailboxDraft& draft) = 0;
};

} // namespace aiva
