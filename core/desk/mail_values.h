// What passes between a window and the mail half of the desk. Plain values.
#pragma once

#include "core/base/error.h"
#include "core/domain/draft_basis.h"
#include "core/domain/mail_account.h"
#include "core/domain/names.h"
#include "core/domain/outgoing_mail.h"

#include <optional>
#include <vector>

namespace aiva {

// A reply as the composer hands it over.
struct ReplyRequest {
    ConversationId conversation;
    MailboxId mailbox;
    DraftKind kind = DraftKind::Reply; // Note is refused: notes have no way out
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> bcc;
    QString subject;
    QString text; // whole, with signature and quote as shown
    QString html; // empty: plain text
    std::vector<AttachmentRecord> attachments;
    DraftBasis basis;              // what the person had on screen
    std::optional<UtcTime> sendAt; // send later; else the mailbox's undo window
    bool cancelWhenCustomerWrites = false;
};

struct MailSyncProgress {
    MailboxId mailbox;
    QString folder;
    qint64 done = 0;
    qint64 total = 0; // 0: not known yet
};

// One line of the set-up test, as it goes.
struct MailSetupStep {
    enum class What { FindServers, Login, Folders, Sending, SelfTest, SentCopy };
    enum class State { Running, Passed, Warned, Failed };
    What what = What::Login;
    State state = State::Running;
    QString detail; // English word for the log and for choosing a sentence: "single_agent/no_condstore", "server_files"
    std::optional<Error> error;
};

} // namespace aiva
