// A shop's workspace whose mailbox is the rig's support box, for flow tests that send: conversations with customers,
// replies in the outbox, and what became of them. Opens the workspace only while it looks or writes, so that aivactl
// can be the one that sends.
#pragma once

#include "core/outbox/outbox_ledger.h"
#include "tests/support/mail_rig.h"
#include "tests/support/programs.h"

#include <map>

namespace aiva::test {

struct QueuedReply {
    OutboxId id;
    QString messageId;
    QString customer; // the one address it may reach, besides ourselves
};

class OutboxShop {
public:
    OutboxShop(MailRig& rig, const QString& dir);

    bool isReady() const { return m_isReady; }
    const Ctl& ctl() const { return m_ctl; }
    QString supportUser() const { return m_user; }
    // Each to a customer of its own.
    std::vector<QueuedReply> queueReplies(int count);
    // Of rows that are not sent, cancelled, held or failed.
    struct Standing {
        std::map<QString, int> states; // "handed over" for rows that were, whatever their state
        int open = 0;
        int stuck = 0;
        QString errors;
    };
    Standing standing(const std::vector<QueuedReply>& replies);
    // What is wrong with replies that should have been sent; empty: each arrived once, at its customer only, stands
    // once in Sent and nowhere else, and once in its conversation.
    QString verdictOn(const std::vector<QueuedReply>& replies);

private:
    struct Open;
    Result<std::unique_ptr<Open>> open();
    Result<std::vector<QueuedReply>> tryQueue(int count);

    MailRig& m_rig;
    Ctl m_ctl;
    QString m_user;
    MailboxId m_mailbox;
    int m_customers = 0;
    bool m_isReady = false;
};

} // namespace aiva::test
