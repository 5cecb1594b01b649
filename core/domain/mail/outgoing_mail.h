// A mail to be written out as MIME, complete: what the composer and answers make and the outbox freezes.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

enum class MailOrigin { Person, AutoReply }; // AutoReply adds Auto-Submitted: auto-replied (RFC 3834)

struct OutgoingMail {
    QString messageId; // without brackets; newMessageId()
    MailAddress from;
    QList<MailAddress> to;
    QList<MailAddress> cc;
    QList<MailAddress> bcc; // in the envelope only, never written into the mail
    UtcTime date;
    QString subject;
    QString inReplyTo;      // without brackets, empty when none
    QStringList references; // oldest first, without brackets
    QString text;
    QString html;                              // empty: a plain text mail
    std::vector<AttachmentRecord> attachments; // isInline with a contentId: shown by the HTML as cid:
    MailOrigin origin = MailOrigin::Person;
};

} // namespace aiva
