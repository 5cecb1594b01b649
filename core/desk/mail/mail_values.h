// What passes between a window and the mail half of the desk. Plain values.
#pragma once

#include "core/base/error.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/mail/outgoing_mail.h"
#include "core/domain/names.h"
#include "core/domain/reply/draft_basis.h"
#include "core/domain/reply/reply_request.h"

#include <optional>
#include <vector>

namespace aiva {

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
