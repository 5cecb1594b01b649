// Second step: how to make the keys, step by step with what to paste there, and the fields they go into.
#pragma once

#include "ui/stores/connect/connect_step.h"

class QLineEdit;
class QBoxLayout;

namespace aiva {

class ChoiceRow;
class CopyButton;
class FormField;
class TextBlock;

class KeysStep final : public ConnectStep {
    Q_OBJECT
public:
    explicit KeysStep(QWidget* parent = nullptr);

    QString title() const override;
    void enter(const ConnectDraft& draft) override;
    bool canGoOn() const override;
    void collect(ConnectDraft& draft) override;
    void forget(); // what was typed
    QLineEdit* address() const { return m_address; }
    QLineEdit* clientId() const { return m_clientId; }
    QLineEdit* secret() const { return m_secret; }
    ChoiceRow* choice(StoreAccess access) const { return access == StoreAccess::Online ? m_day : m_lasting; }
    CopyButton* copyScopes() const { return m_copy; }
    CopyButton* copyRedirect() const { return m_copyRedirect; }

private:
    void build();
    void addPaste(QBoxLayout* column, TextBlock* text, CopyButton* button);
    void showWay();
    void showSecret();
    void judge();
    StoreAccess chosenAccess() const;
    bool hasSecret() const;
    bool isAddressFine() const;
    bool isKnownSite(const QUrl& url) const;
    QString typedSecret() const;
    QString mixUp() const; // why what was pasted is the wrong thing; empty: it may be right

    QString m_known; // the address of a store that is there already
    ConnectWay m_way = ConnectWay::ShopifyApp;
    bool m_isKept = false; // a secret was entered before
    QString m_keptClient;  // or is kept of this client ID
    TextBlock* m_steps;
    TextBlock* m_scopes;
    CopyButton* m_copy;
    TextBlock* m_between;
    TextBlock* m_redirect;
    CopyButton* m_copyRedirect;
    TextBlock* m_after;
    QLineEdit* m_address;
    FormField* m_addressField;
    QLineEdit* m_clientId;
    FormField* m_clientField;
    QLineEdit* m_secret;
    FormField* m_secretField;
    ChoiceRow* m_lasting;
    ChoiceRow* m_day;
};

} // namespace aiva
