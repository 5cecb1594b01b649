// One reply of an SMTP server (RFC 5321 §4.2), with its enhanced status (RFC 3463), and the reader that puts it
// together from lines. Pure; used by SmtpSession.
#pragma once

#include <QByteArrayList>
#include <QString>

#include <optional>

namespace aiva {

struct EnhancedStatus {
    int subject = -1; // the middle number; -1: not said
    int detail = -1;

    bool is(int s, int d) const { return subject == s && detail == d; }
};

struct SmtpReply {
    int code = 0;         // 200…599
    QByteArrayList lines; // without the code
    EnhancedStatus status;

    bool isDone() const { return code / 100 == 2; }
    bool isTemporary() const { return code / 100 == 4; }
    bool isFinal() const { return code / 100 == 5; }
    // For the log and the receipt: one line of printable text, at most 200 characters.
    QString words() const;
};

class SmtpReplyReader {
public:
    enum class Outcome { More, Whole, Broken };
    // The next line without CRLF. Broken: no reply line, another code in the middle, or too many lines.
    Outcome take(const QByteArray& line);
    // In the middle of a reply.
    bool isInside() const { return m_reply.code != 0; }
    // The reply, once Whole; the reader is ready for the next.
    SmtpReply takeReply();

private:
    SmtpReply m_reply;
};

} // namespace aiva
