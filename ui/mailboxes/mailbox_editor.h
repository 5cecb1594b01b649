// The sheet that edits what a person may change about a mailbox without a new test: name, store, signature, undo
// window, whose authentication results are believed. The mailboxes section opens it; saving goes through the mail desk.
#pragma once

#include "core/desk/mail/mail_desk.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace aiva {

class SignatureEdit;
class SubtleButton;
class TextBlock;

// Stores a mailbox can belong to.
using StoreNames = std::vector<std::pair<StoreId, QString>>;
// The combo box that chooses one, or none.
QComboBox* makeStoreChoice(const StoreNames& stores, std::optional<StoreId> chosen, QWidget* parent);
std::optional<StoreId> chosenStore(const QComboBox& choice);

class MailboxEditor final : public Sheet {
    Q_OBJECT
public:
    MailboxEditor(MailDesk& desk, const MailboxView& view, const StoreNames& stores, QWidget* parent);

    QLineEdit* displayName() const { return m_name; }
    QSpinBox* undoSeconds() const { return m_undo; }
    QLineEdit* authservId() const { return m_authserv; }
    SignatureEdit* signature() const { return m_signature; }
    SubtleButton* saveButton() const { return m_save; }

Q_SIGNALS:
    void saved();

private:
    void build(const MailboxView& view, const StoreNames& stores);
    void save();

    MailDesk& m_desk;
    MailAccount m_account;
    QLineEdit* m_name;
    QComboBox* m_store = nullptr;
    QSpinBox* m_undo;
    QLineEdit* m_authserv;
    SubtleButton* m_suggestion = nullptr;
    SignatureEdit* m_signature;
    SubtleButton* m_save;
    TextBlock* m_trouble;
};

} // namespace aiva
