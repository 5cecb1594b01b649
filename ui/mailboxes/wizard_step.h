// One step of adding a mailbox. The wizard owns the steps, passes the one draft through them, and decides where to go;
// a step shows, checks and writes down its part.
#pragma once

#include "core/desk/mail/mail_desk.h"

#include <QWidget>

namespace aiva {

// Everything entered so far. Lives in memory only until the last step saves it; the secret wipes itself.
struct MailboxDraft {
    MailAccount account;
    SecretString secret;
    std::vector<MailServerGuess> guesses;
    QString agentName; // who I am to colleagues
};

class WizardStep : public QWidget {
    Q_OBJECT
public:
    explicit WizardStep(QWidget* parent = nullptr);

    virtual QString title() const = 0;
    // Shown now: fill in what the draft knows, focus the first field.
    virtual void enter(const MailboxDraft& draft) = 0;
    virtual bool canGoOn() const = 0;
    // Writes its part into the draft. Called before the wizard goes on, and before it goes back.
    virtual void collect(MailboxDraft& draft) = 0;

Q_SIGNALS:
    void changed();   // canGoOn may be another now
    void goOnAsked(); // Enter in a field
};

} // namespace aiva
