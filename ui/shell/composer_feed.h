// Carries between the composer and the desk: what is written to the drafts, what is sent to the outbox, and what is
// known of mailboxes, the mail on its way and the person back to the composer.
#pragma once

#include "core/desk/desk.h"
#include "core/desk/mail/mail_desk.h"
#include "ui/models/mail_reads.h"

#include <QObject>

#include <optional>
#include <utility>

namespace aiva {

class Composer;
class CustomerFeed;
struct SpellCheck;

class ComposerFeed final : public QObject {
    Q_OBJECT
public:
    // All outlive the feed.
    ComposerFeed(Desk& desk, MailDesk& mail, const MailReads& reads, CustomerFeed& customer, Composer& composer);

    // Another conversation is shown, or none (invalid).
    void follow(ConversationId conversation);
    // Mailboxes and the mail on its way again.
    void refresh();
    // Takes the mail sent last back while its undo window runs, wherever the person has gone meanwhile; else false.
    bool undoLastSend();

Q_SIGNALS:
    void failed(const aiva::Error& error);
    void settled(); // what was sent, noted, taken back or attached is in the database: what was read before is older
    void mailboxAsked();
    void conversationAsked(aiva::ConversationId conversation); // where what was taken back is

private:
    void giveSources();
    SpellCheck spelling();
    void connectDrafts();
    void connectSending();
    void addNote(ConversationId conversation, const QString& text);
    void send(const ReplyRequest& reply);
    void takeBack(OutboxId mail);
    void tellElsewhere(ConversationId conversation, const Error& error);
    void saveToServer(ConversationId conversation);
    void readAgain(ConversationId conversation);
    void showOutgoing();
    void findAddresses(const QString& text, const std::function<void(QList<MailAddress>)>& answer);

    Desk& m_desk;
    MailDesk& m_mail;
    const MailReads& m_reads;
    CustomerFeed& m_customer;
    Composer& m_composer;
    ConversationId m_conversation;
    std::optional<std::pair<OutboxId, ConversationId>> m_lastSent;
};

} // namespace aiva
