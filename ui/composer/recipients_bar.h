// Whom a reply goes to and from where: one quiet line, opened into From, To, Cc, Bcc and Subject when somebody wants to
// change it. The fields are built the first time they are opened.
#pragma once

#include "core/domain/reply/draft.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/composer/address_field.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace aiva {

class PaintedButton;

class RecipientsBar final : public QWidget {
    Q_OBJECT
public:
    explicit RecipientsBar(QWidget* parent = nullptr);

    struct Content {
        QString from; // address of the mailbox, empty when none is connected
        std::optional<MailboxId> mailbox;
        DraftRecipients recipients;
        QString subject;
    };
    void setContent(const Content& content);
    const Content& content() const { return m_content; }
    void setMailboxes(const std::vector<MailboxView>& mailboxes);
    void setSuggestions(AddressField::Suggestions suggestions);

    bool isOpen() const;
    void setOpen(bool isOpen);
    // Opens the fields and stands in the one to correct.
    void focusTo();
    // What stands typed in a field becomes an address before anything is sent.
    void commit();

Q_SIGNALS:
    void changed();
    void settled(); // leave for the text: Enter in the last field, Esc

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildFields();
    void fillMailboxes();
    void showContent();
    void takeFields();

    Content m_content;
    std::vector<std::pair<MailboxId, QString>> m_mailboxes; // id, "Acme <support@acme.example>"
    AddressField::Suggestions m_suggestions;
    PaintedButton* m_summary;
    QWidget* m_fields = nullptr;
    QComboBox* m_from = nullptr;
    AddressField* m_to = nullptr;
    AddressField* m_cc = nullptr;
    AddressField* m_bcc = nullptr;
    QLineEdit* m_subject = nullptr;
};

} // namespace aiva
