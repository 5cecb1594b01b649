// Mailboxes and mails to be sent, as rows, for tests of what reads and writes them.
#pragma once

#include "core/storage/database.h"
#include "core/storage/outbox_repository.h"

namespace aiva::test {

inline MailboxId addMailboxRow(Database& database, const QString& address) {
    auto statement = database.prepare(
        "INSERT INTO mailboxes (address, display_name, own_addresses, user_name, auth, imap_host, "
        "imap_port, imap_security, smtp_host, smtp_port, smtp_security, created_at) VALUES (?1, 'Shop', "
        "'', ?1, 'password', 'localhost', 993, 'tls', 'localhost', 465, 'tls', 0)");
    if (!statement || !statement->bind(1, address).run()) return {};
    return MailboxId(database.lastInsertId());
}

inline OutboxRow outboxRow(MailboxId mailbox, const QString& messageId, UtcTime due) {
    OutboxRow row;
    row.mailbox = mailbox;
    row.messageId = messageId;
    row.subject = QStringLiteral("Re: Order");
    row.envelopeFrom = QStringLiteral("help@shop.example");
    row.recipients = QStringList{QStringLiteral("ada@example.com"), QStringLiteral("help@shop.example")};
    row.mail = "Subject: Re: Order\r\n\r\nDear Ada\r\n";
    row.text = QStringLiteral("Dear Ada,\nit is on its way.\n\n> Where is it?\n");
    row.draft = QStringLiteral("{\"text\":\"Dear Ada\"}");
    row.basis = QStringLiteral("{}");
    row.queuedAt = due.plusSeconds(-10);
    row.notBefore = due;
    row.nextAttemptAt = due;
    return row;
}

} // namespace aiva::test
