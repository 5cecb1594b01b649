#include "ui/mailboxes/servers_step.h"

#include "ui/errors/error_text.h"
#include "ui/mailboxes/mailbox_text.h"
#include "ui/mailboxes/server_fields.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/sign_in_pages.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>

#include <utility>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestCertificateFile = 1'000'000;

MailServer orDefault(MailServer server, quint16 port) {
    if (server.port == 0) server.port = port;
    return server;
}

} // namespace

ServersStep::ServersStep(MailDesk& desk, QWidget* parent)
    : WizardStep(parent)
    , m_desk(desk)
    , m_found(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_user(new QLineEdit(this))
    , m_imap(new ServerFields(u"IMAP"_s, this))
    , m_smtp(new ServerFields(u"SMTP"_s, this))
    , m_password(new QLineEdit(this))
    , m_passwordField(new FormField(tr("Password"), m_password, {}, this))
    , m_note(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_clientId(new QLineEdit(this))
    , m_clientField(new FormField(tr("Client id"), m_clientId, {}, this))
    , m_clientSecret(new QLineEdit(this))
    , m_clientSecretField(new FormField(tr("Client secret"), m_clientSecret, {}, this))
    , m_signIn(new SubtleButton({}, SubtleButton::Look::Subtle, this))
    , m_signInState(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_certificate(new SubtleButton({}, SubtleButton::Look::Quiet, this))
    , m_certificateNote(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    build();
    connect(m_imap, &ServerFields::changed, this, &WizardStep::changed);
    connect(m_smtp, &ServerFields::changed, this, &WizardStep::changed);
    for (QLineEdit* field : {m_user, m_password, m_clientId, m_clientSecret}) {
        connect(field, &QLineEdit::textChanged, this, &WizardStep::changed);
        connect(field, &QLineEdit::returnPressed, this, &WizardStep::goOnAsked);
    }
    connect(m_imap, &ServerFields::goOnAsked, this, &WizardStep::goOnAsked);
    connect(m_smtp, &ServerFields::goOnAsked, this, &WizardStep::goOnAsked);
    connect(m_signIn, &QAbstractButton::clicked, this, &ServersStep::signIn);
    connect(m_certificate, &QAbstractButton::clicked, this, &ServersStep::chooseCertificates);
}

void ServersStep::build() {
    m_password->setEchoMode(QLineEdit::Password);
    m_clientSecret->setEchoMode(QLineEdit::Password);
    m_certificateNote->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(m_found);
    column->addWidget(new FormField(tr("User name"), m_user));
    column->addWidget(m_passwordField);
    column->addWidget(m_note);
    column->addWidget(m_clientField);
    column->addWidget(m_clientSecretField);
    auto* signIn = new QHBoxLayout;
    signIn->setSpacing(3 * size::grid);
    signIn->addWidget(m_signIn);
    signIn->addWidget(m_signInState, 1);
    column->addLayout(signIn);
    column->addWidget(m_imap);
    column->addWidget(m_smtp);
    column->addWidget(m_certificate, 0, Qt::AlignLeading);
    column->addWidget(m_certificateNote);
    column->addStretch();
}

QString ServersStep::title() const {
    return tr("How to reach it");
}

void ServersStep::enter(const MailboxDraft& draft) {
    m_account = draft.account;
    m_isKept = !draft.secret.isEmpty();
    m_user->setText(m_account.userName);
    m_imap->setServer(orDefault(m_account.imap, 993));
    m_smtp->setServer(orDefault(m_account.smtp, 465));
    m_clientId->setText(m_account.oauth.clientId);
    showFound(draft);
    showSignIn();
    QWidget* first = m_imap->isComplete() ? m_password : static_cast<QWidget*>(m_imap->host());
    if (m_account.auth == MailAuth::OAuth) first = m_clientId;
    first->setFocus(Qt::OtherFocusReason);
}

void ServersStep::showFound(const MailboxDraft& draft) {
    const QString origin = draft.guesses.empty() ? QString() : draft.guesses.front().origin;
    if (m_account.id.isValid())
        m_found->setText(tr("Reconnecting %1. Nothing changes before the test has passed.").arg(m_account.address));
    else if (origin.isEmpty())
        m_found->setText(tr("No servers were found for this address. The provider's help pages name them."));
    else if (origin == "provider"_L1)
        m_found->setText(tr("Known servers of this provider."));
    else if (origin == "srv"_L1)
        m_found->setText(tr("Your domain announces these servers."));
    else
        m_found->setText(tr("These servers answered."));
}

void ServersStep::showSignIn() {
    const bool isOAuth = m_account.auth == MailAuth::OAuth;
    const QString provider = oauthProviderTitle(m_account.oauth.name);
    m_passwordField->setVisible(!isOAuth);
    m_password->setPlaceholderText(m_isKept ? tr("Entered. Type to replace it.") : QString());
    m_note->setVisible(isOAuth);
    m_note->setText(oauthProviderNote(m_account.oauth.name));
    m_clientField->setVisible(isOAuth);
    m_clientSecretField->setVisible(isOAuth && m_account.oauth.name != "microsoft"_L1); // a public client there
    m_signIn->setVisible(isOAuth);
    m_signInState->setVisible(isOAuth);
    m_signIn->setText(tr("Sign in with %1").arg(provider));
    const bool isSignedIn = !m_token.isEmpty() || m_isKept;
    m_signInState->setText(isSignedIn ? tr("✓ Signed in.") : QString());
    m_certificate->setText(m_account.caCertificates.isEmpty() ? tr("Trust a private certificate authority…")
                                                              : tr("✓ Private certificate authority. Replace…"));
}

bool ServersStep::canGoOn() const {
    if (!m_imap->isComplete() || !m_smtp->isComplete() || m_user->text().trimmed().isEmpty()) return false;
    if (m_account.auth == MailAuth::OAuth) return !m_token.isEmpty() || m_isKept;
    return !m_password->text().isEmpty() || m_isKept;
}

void ServersStep::collect(MailboxDraft& draft) {
    draft.account.userName = m_user->text().trimmed();
    draft.account.imap = m_imap->server();
    draft.account.smtp = m_smtp->server();
    draft.account.caCertificates = m_account.caCertificates;
    draft.account.oauth.clientId = m_clientId->text().trimmed();
    if (!m_token.isEmpty()) {
        draft.secret = std::exchange(m_token, {});
    } else if (!m_password->text().isEmpty()) {
        QByteArray typed = m_password->text().toUtf8();
        draft.secret = SecretString::takeFrom(typed);
    }
    forget();
}

void ServersStep::forget() {
    ++m_generation;
    m_token.wipe();
    m_token = {};
    m_password->clear();
    m_clientSecret->clear();
}

void ServersStep::signIn() {
    m_account.oauth.clientId = m_clientId->text().trimmed();
    if (m_account.oauth.clientId.isEmpty()) {
        m_clientField->setTrouble(tr("The provider needs the client id first."));
        m_clientId->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_clientField->setTrouble({});
    m_signInState->setText(tr("Waiting for the browser…"));
    const int generation = ++m_generation;
    QByteArray typed = m_clientSecretField->isHidden() ? QByteArray() : m_clientSecret->text().trimmed().toUtf8();
    whenDone(m_desk.signIn({m_account.oauth, SecretString::takeFrom(typed), m_account.address, signInPages()}), this,
             [this, generation](const Result<SecretString>& token) {
                 if (generation != m_generation) return; // left, or asked again
                 if (token) m_token = *token;
                 showSignIn();
                 if (!token) m_signInState->setText(errorSentence(token.error()));
                 Q_EMIT changed();
             });
}

void ServersStep::chooseCertificates() {
    auto* dialog = new QFileDialog(this, tr("Certificate authority"), {}, tr("Certificates (*.pem *.crt *.cer)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ServersStep::loadCertificates);
    dialog->open();
}

bool ServersStep::loadCertificates(const QString& path) {
    QFile file(path);
    const bool isReadable = file.size() <= largestCertificateFile && file.open(QIODevice::ReadOnly);
    const QByteArray pem = isReadable ? file.readAll() : QByteArray();
    const bool isPem = pem.contains("-----BEGIN CERTIFICATE-----");
    m_certificateNote->setVisible(!isPem);
    m_certificateNote->setText(tr("%1 holds no certificate in PEM form.").arg(QFileInfo(path).fileName()));
    if (!isPem) return false;
    m_account.caCertificates = pem;
    showSignIn();
    return true;
}

} // namespace aiva
