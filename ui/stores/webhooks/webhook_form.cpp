#include "ui/stores/webhooks/webhook_form.h"

#include "ui/stores/connect/choice_row.h"
#include "ui/stores/webhooks/webhook_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QIntValidator>
#include <QLineEdit>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 usualWebhookPort = 8787;
constexpr qint64 longestKeyFile = 32 * 1024;
constexpr int webhookPortWidth = 88;

QHBoxLayout* fieldsBeside(FormField* left, FormField* right) {
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * size::grid);
    row->addWidget(left, 1, Qt::AlignTop);
    row->addWidget(right, 1, Qt::AlignTop);
    return row;
}

} // namespace

WebhookForm::WebhookForm(const StoreRow& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_off(new ChoiceRow(tr("By its schedule only"), tr("Aiva asks. Nothing has to be set up."), this))
    , m_tunnel(new ChoiceRow(tr("Through a tunnel to this computer"),
                             tr("The shop's messages come in while this computer runs."), this))
    , m_pubSub(new ChoiceRow(tr("Through Google Pub/Sub"),
                             tr("They wait at Google until Aiva fetches them; no address of yours is public."), this))
    , m_steps(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_port(new QLineEdit(QString::number(usualWebhookPort), this))
    , m_portField(new FormField(tr("Port here"), m_port, {}, this))
    , m_address(new QLineEdit(this))
    , m_addressField(new FormField(tr("Public address of the tunnel"), m_address, {}, this))
    , m_project(new QLineEdit(this))
    , m_projectField(new FormField(tr("Project ID"), m_project, {}, this))
    , m_topic(new QLineEdit(this))
    , m_topicField(new FormField(tr("Topic"), m_topic, {}, this))
    , m_subscription(new QLineEdit(this))
    , m_subscriptionField(new FormField(tr("Subscription"), m_subscription, {}, this))
    , m_file(new SubtleButton(tr("Choose…"), SubtleButton::Look::Subtle, this))
    , m_fileField(new FormField(tr("Key file of the service account"), m_file, {}, this))
    , m_secret(new QLineEdit(this))
    , m_secretField(new FormField(tr("Client secret of the app"), m_secret,
                                  tr("This store was connected by a token. What it sends is signed with the client "
                                     "secret; it is kept in this computer's keychain."),
                                  this))
    , m_compliance(new TextBlock(TextStyle::Meta, &Colors::textMuted, this)) {
    build();
    for (QLineEdit* field : {m_port, m_address, m_project, m_topic, m_subscription, m_secret})
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_addressField->setTrouble({});
            m_steps->setText(waySteps(way(), m_store.kind, choice().port));
            Q_EMIT changed();
        });
    for (ChoiceRow* row : {m_off, m_tunnel, m_pubSub})
        connect(row, &QAbstractButton::toggled, this, [this](bool isChecked) {
            if (!isChecked) return;
            showWay();
            Q_EMIT changed();
        });
    connect(m_address, &QLineEdit::editingFinished, this, &WebhookForm::judge);
    connect(m_file, &QAbstractButton::clicked, this, &WebhookForm::chooseFile);
    m_off->setChecked(true);
}

void WebhookForm::build() {
    m_port->setValidator(new QIntValidator(1, 65'535, m_port));
    m_port->setFixedWidth(webhookPortWidth);
    m_portField->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Maximum);
    m_address->setPlaceholderText(u"https://…"_s);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_secret->setEchoMode(QLineEdit::Password);
    m_pubSub->setVisible(m_store.kind == StoreKind::Shopify);
    m_compliance->setText(complianceNote(m_store.kind));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * size::grid);
    for (ChoiceRow* row : {m_off, m_tunnel, m_pubSub})
        column->addWidget(row);
    column->addSpacing(size::grid);
    column->addWidget(m_steps);
    auto* tunnel = new QHBoxLayout;
    tunnel->setSpacing(3 * size::grid);
    tunnel->addWidget(m_addressField, 1, Qt::AlignTop);
    tunnel->addWidget(m_portField, 0, Qt::AlignTop);
    column->addLayout(tunnel);
    column->addLayout(fieldsBeside(m_projectField, m_topicField));
    column->addLayout(fieldsBeside(m_subscriptionField, m_fileField));
    column->addWidget(m_secretField);
    column->addWidget(m_compliance);
}

ChoiceRow* WebhookForm::choiceOf(WebhookWay way) const {
    return way == WebhookWay::Off ? m_off : way == WebhookWay::Tunnel ? m_tunnel : m_pubSub;
}

WebhookWay WebhookForm::way() const {
    if (m_tunnel->isChecked()) return WebhookWay::Tunnel;
    return m_pubSub->isChecked() ? WebhookWay::PubSub : WebhookWay::Off;
}

bool WebhookForm::needsSecret() const {
    return way() == WebhookWay::Tunnel && m_store.kind == StoreKind::Shopify && m_store.auth == "token"_L1;
}

void WebhookForm::showWay() {
    const bool isTunnel = way() == WebhookWay::Tunnel;
    const bool isPubSub = way() == WebhookWay::PubSub;
    for (FormField* field : {m_portField, m_addressField})
        field->setVisible(isTunnel);
    for (FormField* field : {m_projectField, m_topicField, m_subscriptionField, m_fileField})
        field->setVisible(isPubSub);
    m_secretField->setVisible(needsSecret());
    m_compliance->setVisible((isTunnel || isPubSub) && !m_compliance->text().isEmpty());
    m_steps->setText(waySteps(way(), m_store.kind, choice().port));
}

void WebhookForm::setStatus(const WebhookStatus& status) {
    if (status.port > 0 || status.wantedPort > 0)
        m_port->setText(QString::number(status.port > 0 ? status.port : status.wantedPort));
    if (status.way == WebhookWay::Tunnel) m_address->setText(status.address);
    m_project->setText(status.place.project);
    m_subscription->setText(status.place.subscription);
    m_baseUrl = status.place.baseUrl;
    if (status.way == WebhookWay::PubSub) m_topic->setText(status.address.section(u':', -1));
    m_hasAccount = status.hasAccount;
    m_fileField->setHint(m_hasAccount ? tr("One is kept. Choose another to replace it.") : QString());
    // Nothing can be delivered through a tunnel before it was given; Pub/Sub does without.
    const bool isKept = status.way == WebhookWay::Tunnel;
    m_secret->setPlaceholderText(isKept ? tr("Kept. Type to replace it.") : QString());
    choiceOf(status.way)->setChecked(true);
    showWay();
}

bool WebhookForm::isAddressFine() const {
    const QUrl url(m_address->text().trimmed(), QUrl::StrictMode);
    const bool isHere = url.host() == "127.0.0.1"_L1 && url.scheme() == "http"_L1; // of a shop on this machine
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || isHere) && !url.hasQuery() &&
           url.userInfo().isEmpty();
}

// Only once the field is left: nobody likes to be corrected in mid-word.
void WebhookForm::judge() {
    if (m_address->text().trimmed().isEmpty() || isAddressFine()) return;
    m_addressField->setTrouble(tr("The public address, beginning with https://, without anything behind a ?"));
}

bool WebhookForm::isComplete() const {
    switch (way()) {
    case WebhookWay::Off:
        return true;
    case WebhookWay::Tunnel:
        return isAddressFine() && m_port->hasAcceptableInput();
    case WebhookWay::PubSub:
        break;
    }
    const bool isNamed = !m_project->text().trimmed().isEmpty() && !m_topic->text().trimmed().isEmpty() &&
                         !m_subscription->text().trimmed().isEmpty();
    return isNamed && (m_hasAccount || !m_account.isEmpty());
}

WebhookChoice WebhookForm::choice() const {
    WebhookChoice choice;
    choice.way = way();
    choice.port = static_cast<quint16>(m_port->text().toUInt());
    choice.address = m_address->text().trimmed();
    choice.place = {m_project->text().trimmed(), m_subscription->text().trimmed(), m_baseUrl};
    choice.topic = m_topic->text().trimmed();
    choice.account = m_account;
    if (needsSecret()) {
        QByteArray secret = m_secret->text().trimmed().toUtf8();
        choice.key = SecretString::takeFrom(secret);
    }
    return choice;
}

void WebhookForm::forget() {
    m_secret->clear();
    m_account.wipe();
}

void WebhookForm::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Key file of the service account"), {}, tr("Key files (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WebhookForm::takeKeyFile);
    dialog->open();
}

void WebhookForm::takeKeyFile(const QString& path) {
    QFile file(path);
    const bool isRead = file.size() <= longestKeyFile && file.open(QIODevice::ReadOnly);
    QByteArray text = isRead ? file.readAll() : QByteArray();
    m_account = SecretString::takeFrom(text);
    const bool isFine = !m_account.isEmpty();
    m_fileName = isFine ? QFileInfo(path).fileName() : QString();
    m_file->setText(isFine ? m_fileName : tr("Choose…"));
    m_fileField->setTrouble(isFine ? QString() : tr("This file cannot be read, or is no key file."));
    Q_EMIT changed();
}

} // namespace aiva
