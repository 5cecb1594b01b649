// The text of a reply around what a person writes: quote below, signature above the quote. Pure; the composer shows
// exactly what composedReply() answers, and that is what is sent.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/mail/message_record.h"

#include <QString>
#include <QTimeZone>

namespace aiva {

// "Re: …" with one Re: whatever stood there ("AW: RE: x" → "Re: x"); a forward is answered as "Re: Fwd: x". One line.
QString replySubject(const QString& subject);

struct QuotedMail {
    MailAddress from;
    UtcTime sentAt;
    QString text;
};

// "On Feb 24, 2026 at 09:41, John Okafor wrote:" in the customer's language (en, de, fr, es; else en).
QString attributionLine(const QuotedMail& mail, const QString& language, const QTimeZone& zone);
// Attribution and the text behind '>'; deeper quotes get ">>". No line ends in a blank, so that format=flowed (RFC 3676
// §4.5) never joins two quoted lines.
QString quoteText(const QuotedMail& mail, const QString& language, const QTimeZone& zone);
QString quoteHtml(const QuotedMail& mail, const QString& language, const QTimeZone& zone);

// "-- " on a line of its own and the signature; empty for an empty one. A mark the signature brings is not doubled.
QString signatureBlock(const QString& signature);

struct ReplyParts {
    QString text;
    QString html; // empty: what is written has no formatting
    QString signatureText;
    QString signatureHtml; // empty: as the text
    QString quoteText;     // empty: none
    QString quoteHtml;
};
struct ComposedReply {
    QString text;
    QString html; // empty when neither text nor signature is formatted; else the same words as `text`
};
ComposedReply composedReply(const ReplyParts& parts);

} // namespace aiva
