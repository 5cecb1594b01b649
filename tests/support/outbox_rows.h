// Mailboxes and mails to be sent, as rows, for tests of what reads and writes them.
#pragma once

#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/replies/outbox_repository.h"

namespace aiva::test {

inline MailboxId addMailboxRow(Database& database, const QString& address) {
    MailAccount account;
    account.address = address;
    account.displayName = QStringLiteral("Shop");
    account.userName = address;
    auto mailboxes = MailboxRepository::create(database);
    if (!mailboxes) return {};
    const auto id = (*mailboxes)->save(account);
    return id ? *id : MailboxId();
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
