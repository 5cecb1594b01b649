// What the mail half of the desk needs and only app knows how to build. Called on the core thread; what they make lives
// there too.
#pragma once

#include "core/base/async.h"
#include "core/base/secret_string.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/mail/mail_sign_in.h"
#include "core/ports/mail_setup_port.h"
#include "core/ports/mail_writer_port.h"
#include "core/ports/mailbox_port.h"
#include "core/ports/picture_port.h"
#include "core/ports/submission_port.h"
#include "core/storage/database/database.h"

#include <QUrl>

#include <functional>
#include <memory>

namespace aiva {

struct MailAdapters {
    // With the secret kept for the account; asked for at each login, so that a new password needs no restart.
    std::function<std::unique_ptr<MailboxPort>(const MailAccount&)> mailbox;
    std::function<std::unique_ptr<SubmissionPort>(const MailAccount&)> submission;
    // With a secret that is not kept yet.
    std::function<std::unique_ptr<MailboxPort>(const MailAccount&, const SecretString&)> tryMailbox;
    std::function<std::unique_ptr<SubmissionPort>(const MailAccount&, const SecretString&)> trySubmission;
    std::function<std::unique_ptr<MailSetupPort>()> setup;
    std::function<std::unique_ptr<MailWriterPort>()> writer;
    std::function<std::unique_ptr<PicturePort>()> pictures; // absent: none are fetched
    // Blocking: a keychain may ask the person.
    std::function<Result<void>(Database& writer, const MailAccount&, const SecretString&)> saveSecret;
    std::function<Result<void>(Database& writer, const MailAccount&)> removeSecret;
    // A sign-in in the system's browser: what tryMailbox and saveSecret take as the account's secret.
    std::function<Future<SecretString>(const MailSignIn&, std::function<void(const QUrl&)> openUrl)> signIn;
    QString personName; // what colleagues see until this person chooses a name; may be empty

    explicit operator bool() const { return mailbox && submission && writer; }
};

} // namespace aiva
