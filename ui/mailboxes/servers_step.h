// Second step: the servers found, all of it editable, and the way to sign in: a password, or the provider's page in the
// browser. The password leaves its field for the draft as soon as the step is left.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "ui/mailboxes/wizard_step.h"

class QLineEdit;

namespace aiva {

class FormField;
class ServerFields;
class SubtleButton;
class TextBlock;

class ServersStep final : public WizardStep {
    Q_OBJECT
public:
    explicit ServersStep(MailDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    void enter(const MailboxDraft& draft) override;
    bool canGoOn() const override;
    void collect(MailboxDraft& draft) override;
    // Throws a sign-in under way and everything secret in the fields away.
    void forget();

    ServerFields* imap() const { return m_imap; }
    ServerFields* smtp() const { return m_smtp; }
    QLineEdit* userName() const { return m_user; }
    QLineEdit* password() const { return m_password; }
    QLineEdit* clientId() const { return m_clientId; }
    QLineEdit* clientSecret() const { return m_clientSecret; }
    SubtleButton* signInButton() const { return m_signIn; }
    // False, with a word why in the field below, when it is no certificate.
    bool loadCertificates(const QString& path);

private:
    void build();
    void showFound(const MailboxDraft& draft);
    void showSignIn();
    void signIn();
    void chooseCertificates();

    MailDesk& m_desk;
    MailAccount m_account; // as entered, for the sign-in
    SecretString m_token;
    bool m_isKept = false; // the draft holds a secret already
    int m_generation = 0;
    TextBlock* m_found;
    QLineEdit* m_user;
    ServerFields* m_imap;
    ServerFields* m_smtp;
    QLineEdit* m_password;
    FormField* m_passwordField;
    TextBlock* m_note;
    QLineEdit* m_clientId;
    FormField* m_clientField;
    QLineEdit* m_clientSecret;
    FormField* m_clientSecretField;
    SubtleButton* m_signIn;
    TextBlock* m_signInState;
    SubtleButton* m_certificate;
    TextBlock* m_certificateNote;
};

} // namespace aiva
