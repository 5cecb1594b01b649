#include "ui/answer_settings/endpoint_editor.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int sheetWidth = 560;

QString usualAddress(ModelProtocol protocol) {
    return protocol == ModelProtocol::AnthropicMessages ? u"https://api.anthropic.com"_s
                                                        : u"https://api.openai.com/v1"_s;
}

QSpinBox* limit(int value, int most, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(1, most);
    box->setValue(value);
    return box;
}

SecretString secretIn(const QLineEdit& line) {
    QByteArray bytes = line.text().toUtf8();
    return SecretString::takeFrom(bytes);
}

} // namespace

EndpointEditor::EndpointEditor(AnswerDesk& desk, const ModelEndpoint& endpoint, QWidget* parent)
    : Sheet(endpoint.id.isValid() ? tr("Edit model") : tr("Connect a model"), parent)
    , m_desk(desk)
    , m_before(endpoint)
    , m_protocol(new QComboBox(this))
    , m_address(new QLineEdit(this))
    , m_key(new QLineEdit(this))
    , m_model(new QLineEdit(endpoint.model, this))
    , m_retention(new QLineEdit(endpoint.retention, this))
    , m_perDay(limit(endpoint.requestsPerDay, 100'000, this))
    , m_perConversation(limit(endpoint.requestsPerConversation, 100, this))
    , m_test(new SubtleButton(tr("Test"), SubtleButton::Look::Subtle, this))
    , m_save(new SubtleButton(tr("Save"), SubtleButton::Look::Primary, this))
    , m_verdict(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this)) {
    setFixedWidth(sheetWidth);
    build();
    m_protocol->setCurrentIndex(static_cast<int>(endpoint.protocol));
    m_address->setText(endpoint.baseUrl.isEmpty() ? usualAddress(endpoint.protocol) : endpoint.baseUrl.toString());
    connect(m_protocol, &QComboBox::currentIndexChanged, this, &EndpointEditor::takeProtocol);
    for (const QLineEdit* line : {m_address, m_model, m_key})
        connect(line, &QLineEdit::textChanged, this, &EndpointEditor::showSavable);
    showSavable();
}

void EndpointEditor::build() {
    m_protocol->addItems(
        {tr("Anthropic Messages"), tr("OpenAI Responses"), tr("OpenAI Chat Completions (also llama.cpp, Ollama)")});
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(m_before.id.isValid() ? tr("unchanged") : QString());
    body()->addWidget(new FormField(tr("Speaks"), m_protocol));
    body()->addWidget(
        new FormField(tr("Address"), m_address, tr("A model on this computer: http://127.0.0.1:11434/v1 for Ollama.")));
    body()->addWidget(new FormField(tr("Key"), m_key, tr("Kept in the system's keychain. A local model needs none.")));
    body()->addWidget(new FormField(tr("Model"), m_model, tr("As the provider names it. Test lists the names.")));
    m_retentionField = new FormField(
        tr("Data retention"), m_retention,
        tr("What your contract says, in your words. Aiva shows it as your statement and cannot check it."));
    body()->addWidget(m_retentionField);
    auto* limits = new QHBoxLayout;
    limits->setSpacing(3 * size::grid);
    limits->addWidget(new FormField(tr("Requests a day, at most"), m_perDay));
    limits->addWidget(new FormField(tr("Requests a conversation, at most"), m_perConversation));
    body()->addLayout(limits);
    body()->addWidget(m_verdict);
    auto* cancel = new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this);
    foot()->addWidget(m_test);
    foot()->addStretch();
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_test, &QAbstractButton::clicked, this, &EndpointEditor::test);
    connect(m_save, &QAbstractButton::clicked, this, &EndpointEditor::save);
}

ModelEndpoint EndpointEditor::written() const {
    ModelEndpoint endpoint = m_before;
    endpoint.protocol = static_cast<ModelProtocol>(m_protocol->currentIndex());
    endpoint.baseUrl = QUrl(m_address->text().trimmed(), QUrl::StrictMode);
    endpoint.model = m_model->text().trimmed();
    endpoint.retention = m_retention->text().trimmed();
    endpoint.requestsPerDay = m_perDay->value();
    endpoint.requestsPerConversation = m_perConversation->value();
    endpoint.name = staysOnThisDevice(endpoint) ? tr("%1 on this device").arg(endpoint.model)
                                                : u"%1 · %2"_s.arg(endpoint.model, endpoint.baseUrl.host());
    return endpoint;
}

// The usual address goes along; one somebody typed stays.
void EndpointEditor::takeProtocol() {
    const QString typed = m_address->text().trimmed();
    const bool isUsual = typed.isEmpty() || typed == usualAddress(ModelProtocol::AnthropicMessages) ||
                         typed == usualAddress(ModelProtocol::OpenAiChat);
    if (isUsual) m_address->setText(usualAddress(written().protocol));
    showSavable();
}

void EndpointEditor::showSavable() {
    const ModelEndpoint endpoint = written();
    const bool isLocal = isOnThisDevice(endpoint);
    const bool isAddress = endpoint.baseUrl.isValid() && !endpoint.baseUrl.host().isEmpty();
    const bool isSafe = isAddress && (isLocal || endpoint.baseUrl.scheme() == "https"_L1);
    const bool isPassedOn = isLocal && !staysOnThisDevice(endpoint);
    const bool isDoubtful = isPassedOn || (isAddress && !isSafe);
    m_verdict->setColor(isDoubtful ? &Colors::warning : &Colors::textSecondary);
    m_verdict->setText(isPassedOn   ? tr("This model is not on this computer: what it is asked goes on to a cloud.")
                       : isDoubtful ? tr("Only https leaves this computer.")
                                    : QString());
    m_retentionField->setVisible(!isLocal || isPassedOn);
    m_test->setEnabled(isSafe);
    m_save->setEnabled(isSafe && !endpoint.model.isEmpty());
}

void EndpointEditor::test() {
    m_verdict->setColor(&Colors::textSecondary);
    m_verdict->setText(tr("Asking…"));
    whenDone(m_desk.testEndpoint(written(), secretIn(*m_key)), this, [this](const Result<QStringList>& models) {
        m_verdict->setColor(models ? &Colors::ok : &Colors::warning);
        if (!models)
            m_verdict->setText(errorSentence(models.error()));
        else if (models->contains(m_model->text().trimmed()))
            m_verdict->setText(tr("It answers, and it has this model."));
        else
            m_verdict->setText(tr("It answers. Its models: %1").arg(models->mid(0, 12).join(u", "_s)));
    });
}

void EndpointEditor::save() {
    std::optional<SecretString> key;
    if (!m_key->text().isEmpty()) key = secretIn(*m_key);
    m_save->setEnabled(false);
    whenDone(m_desk.saveEndpoint(written(), key), this, [this](const Result<EndpointId>& saved) {
        showSavable();
        if (saved) {
            Q_EMIT this->saved();
            accept();
            return;
        }
        m_verdict->setColor(&Colors::warning);
        m_verdict->setText(errorSentence(saved.error()));
    });
}

QString EndpointEditor::verdict() const {
    return m_verdict->text();
}

} // namespace aiva
