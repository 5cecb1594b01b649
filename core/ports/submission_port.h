// The door out: hands one mail to a submission server (RFC 6409/5321). Called and answered on the thread that made it.
// One object serves one mail at a time. In two steps, because only the end of DATA can send: after prepare() nothing
// has been sent however the program ends; from the call of finish() until its answer, the outcome is unknown.
#pragma once

#include "core/base/async.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace aiva {

struct MailEnvelope {
    QString from;
    QStringList recipients; // every address once, blind copies included
};

struct SubmissionReceipt {
    QString reply; // the server's words for 2xx, cleaned, at most 200 characters
};

class SubmissionPort {
public:
    virtual ~SubmissionPort();

    // Connects, logs in, MAIL, RCPT, DATA and the whole mail without its final dot. All recipients or none: one refusal
    // refuses the mail (Refused/RecipientRefused names no address in its detail; refusedRecipients() does).
    virtual Future<bool> prepare(const MailEnvelope& envelope, const QByteArray& mail) = 0;
    // The final dot. An error of kind Network or Timeout means: unknown. Any other error: certainly not sent.
    virtual Future<SubmissionReceipt> finish() = 0;
    virtual QStringList refusedRecipients() const = 0;
    // Drops the line; before finish() this withdraws the mail for certain.
    virtual void abandon() = 0;
};

} // namespace aiva
