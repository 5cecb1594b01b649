#include "core/adapters/mail/mime/mail_writer.h"

#include "core/adapters/mail/mime/body_writer.h"
#include "core/adapters/mail/mime/header_writer.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestLine = 998;           // RFC 5322 §2.1.1, without CRLF
constexpr qsizetype kMostReferencesWritten = 30;  // the first and the newest
constexpr qint64 kLastYear = 253'402'300'799'000; // what four digits of a year can say

// Oldest first, the parent last (RFC 5322 §3.6.4); a chain of hundreds keeps its root and its end.
QStringList referencesOf(const OutgoingMail& mail) {
    QStringList ids;
    for (const QString& id : mail.references + QStringList{mail.inReplyTo}) {
        if (!isWritableId(id) || id == mail.messageId) continue;
        ids.removeAll(id);
        ids.append(id);
    }
    while (ids.size() > kMostReferencesWritten)
        ids.removeAt(1);
    return ids;
}

Result<void> writeAddresses(const OutgoingMail& mail, HeaderWriter& header) {
    AIVA_CHECK(header.addresses("From", {mail.from}));
    AIVA_CHECK(header.addresses("To", mail.to));
    AIVA_CHECK(header.addresses("Cc", mail.cc));
    // RFC 5322 §3.6.3 allows no recipient field at all; filters do not.
    if (mail.to.isEmpty() && mail.cc.isEmpty()) header.token("To", "undisclosed-recipients:;");
    return {};
}

Result<QByteArray> writeHeader(const OutgoingMail& mail) {
    HeaderWriter header;
    AIVA_CHECK(writeAddresses(mail, header));
    header.text("Subject", mail.subject);
    header.date(mail.date);
    header.ids("Message-ID", {mail.messageId});
    header.ids("In-Reply-To", {mail.inReplyTo});
    header.ids("References", referencesOf(mail));
    header.token("User-Agent", "Aiva");
    if (mail.origin == MailOrigin::AutoReply) header.token("Auto-Submitted", "auto-replied");
    header.token("MIME-Version", "1.0");
    return header.bytes();
}

// The last word, whatever wrote the bytes: every header field is one of ours and stands there once, every line fits,
// every line ends in CRLF, no NUL.
bool isSound(const QByteArray& mail) {
    static const QByteArrayList known{"From",
                                      "To",
                                      "Cc",
                                      "Subject",
                                      "Date",
                                      "Message-ID",
                                      "In-Reply-To",
                                      "References",
                                      "User-Agent",
                                      "Auto-Submitted",
                                      "MIME-Version",
                                      "Content-Type",
                                      "Content-Transfer-Encoding"};
    QByteArrayList seen;
    bool inHeader = true;
    for (qsizetype at = 0; at < mail.size();) {
        const qsizetype end = mail.indexOf("\r\n", at);
        if (end < 0 || end - at > kLongestLine) return false;
        const QByteArrayView line = QByteArrayView(mail).sliced(at, end - at);
        if (line.contains('\r') || line.contains('\n') || line.contains('\0')) return false;
        inHeader = inHeader && !line.isEmpty();
        if (inHeader && line.front() != ' ' && line.front() != '\t') {
            const QByteArray name = line.first(std::max<qsizetype>(0, line.indexOf(":"))).toByteArray();
            if (!known.contains(name) || seen.contains(name)) return false;
            seen << name;
        }
        at = end + 2;
    }
    return !inHeader;
}

} // namespace

Result<QByteArray> MailWriter::write(const OutgoingMail& mail) {
    if (!isWritableId(mail.messageId)) return Error{ErrorKind::Invalid, u"the message id does not fit its header"_s};
    if (mail.date.ms() <= 0 || mail.date.ms() > kLastYear) return Error{ErrorKind::Invalid, u"the mail has no date"_s};
    if (mail.to.isEmpty() && mail.cc.isEmpty() && mail.bcc.isEmpty())
        return Error{ErrorKind::Invalid, u"the mail has no recipient"_s, ErrorCause::NoRecipient};
    AIVA_TRY(QByteArray bytes, writeHeader(mail));
    AIVA_TRY(const QByteArray body, writeMailBody(mail));
    bytes += body;
    if (!bytes.endsWith("\r\n")) bytes += "\r\n";
    if (!isSound(bytes)) return Error{ErrorKind::Internal, u"the mail written is not a mail"_s};
    return bytes;
}

} // namespace aiva
