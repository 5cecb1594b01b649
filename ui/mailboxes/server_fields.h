// Host, port and encryption of one mail server, on one line.
#pragma once

#include "core/domain/mail/mail_account.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace aiva {

class ServerFields final : public QWidget {
    Q_OBJECT
public:
    // "IMAP" and "SMTP" name the fields.
    explicit ServerFields(const QString& name, QWidget* parent = nullptr);
    void setServer(const MailServer& server);
    MailServer server() const;
    bool isComplete() const;
    QLineEdit* host() const { return m_host; }
    QSpinBox* port() const { return m_port; }
    QComboBox* security() const { return m_security; }

Q_SIGNALS:
    void changed();
    void goOnAsked();

private:
    QLineEdit* m_host;
    QSpinBox* m_port;
    QComboBox* m_security;
};

} // namespace aiva
