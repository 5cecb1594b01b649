#include "ui/mailboxes/server_fields.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace aiva {

namespace {
constexpr int portWidth = 88;
constexpr int securityWidth = 124;
constexpr int lastPort = 65'535;
} // namespace

ServerFields::ServerFields(const QString& name, QWidget* parent)
    : QWidget(parent), m_host(new QLineEdit(this)), m_port(new QSpinBox(this)), m_security(new QComboBox(this)) {
    m_port->setRange(1, lastPort);
    m_port->setFixedWidth(portWidth);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_security->addItem(tr("TLS"), static_cast<int>(MailSecurity::Tls));
    m_security->addItem(tr("STARTTLS"), static_cast<int>(MailSecurity::StartTls));
    m_security->addItem(tr("None"), static_cast<int>(MailSecurity::Plain));
    m_security->setItemData(2, tr("Only for a server on this computer."), Qt::ToolTipRole);
    m_security->setFixedWidth(securityWidth);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * size::grid);
    line->addWidget(new FormField(tr("%1 server").arg(name), m_host), 1);
    line->addWidget(new FormField(tr("Port"), m_port));
    line->addWidget(new FormField(tr("Encryption"), m_security));
    m_port->setAccessibleName(tr("%1 port").arg(name));
    m_security->setAccessibleName(tr("%1 encryption").arg(name));
    connect(m_host, &QLineEdit::textChanged, this, &ServerFields::changed);
    connect(m_host, &QLineEdit::returnPressed, this, &ServerFields::goOnAsked);
    connect(m_port, &QSpinBox::valueChanged, this, &ServerFields::changed);
}

void ServerFields::setServer(const MailServer& server) {
    m_host->setText(server.host);
    if (server.port > 0) m_port->setValue(server.port);
    m_security->setCurrentIndex(m_security->findData(static_cast<int>(server.security)));
}

MailServer ServerFields::server() const {
    return {m_host->text().trimmed(), static_cast<quint16>(m_port->value()),
            static_cast<MailSecurity>(m_security->currentData().toInt())};
}

bool ServerFields::isComplete() const {
    const QString host = m_host->text().trimmed();
    return !host.isEmpty() && !host.contains(u' ');
}

} // namespace aiva
