// The ways a shop can tell, to choose from, and what each of them needs to be told. Part of WebhookSheet.
#pragma once

#include "core/desk/webhooks/webhook_values.h"
#include "core/readmodel/store_query.h"

#include <QWidget>

class QLineEdit;

namespace aiva {

class ChoiceRow;
class FormField;
class SubtleButton;
class TextBlock;

class WebhookForm final : public QWidget {
    Q_OBJECT
public:
    explicit WebhookForm(const StoreRow& store, QWidget* parent = nullptr);

    void setStatus(const WebhookStatus& status); // what stands in the fields
    WebhookWay way() const;
    // Everything the chosen way needs is there; says at the fields what is not.
    bool isComplete() const;
    WebhookChoice choice() const;
    void forget(); // what is secret
    // A file of a person's choice; too large or unreadable ones are told at the field.
    void takeKeyFile(const QString& path);

    ChoiceRow* choiceOf(WebhookWay way) const;
    QLineEdit* port() const { return m_port; }
    QLineEdit* address() const { return m_address; }
    QLineEdit* project() const { return m_project; }
    QLineEdit* topic() const { return m_topic; }
    QLineEdit* subscription() const { return m_subscription; }
    QLineEdit* clientSecret() const { return m_secret; }
    FormField* addressField() const { return m_addressField; }

Q_SIGNALS:
    void changed();

private:
    void build();
    void showWay();
    void judge();
    void chooseFile();
    bool isAddressFine() const;
    bool needsSecret() const;

    const StoreRow m_store;
    ChoiceRow* m_off;
    ChoiceRow* m_tunnel;
    ChoiceRow* m_pubSub;
    TextBlock* m_steps;
    QLineEdit* m_port;
    FormField* m_portField;
    QLineEdit* m_address;
    FormField* m_addressField;
    QLineEdit* m_project;
    FormField* m_projectField;
    QLineEdit* m_topic;
    FormField* m_topicField;
    QLineEdit* m_subscription;
    FormField* m_subscriptionField;
    SubtleButton* m_file;
    FormField* m_fileField;
    QLineEdit* m_secret;
    FormField* m_secretField;
    TextBlock* m_compliance;
    SecretString m_account;
    QString m_fileName;
    bool m_hasAccount = false; // one is kept
    QString m_baseUrl;         // of an emulator, as it was set elsewhere
};

} // namespace aiva
