#include "core/adapters/mail/smtp/smtp_reply.h"

#include <algorithm>

namespace aiva {
namespace {

constexpr qsizetype kMostLines = 200;
constexpr qsizetype kMostWords = 200;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// "5.7.1 Denied" → {7, 1}. The class repeats the code's and is not read twice.
EnhancedStatus statusIn(const QByteArray& line) {
    const QByteArrayList numbers = line.left(line.indexOf(' ') < 0 ? line.size() : line.indexOf(' ')).split('.');
    if (numbers.size() != 3 || numbers.at(0).size() != 1 || !QByteArray("245").contains(numbers.at(0))) return {};
    EnhancedStatus status;
    for (const QByteArray& number : {numbers.at(1), numbers.at(2)})
        if (number.isEmpty() || number.size() > 3 || !std::all_of(number.begin(), number.end(), isDigit)) return {};
    status.subject = numbers.at(1).toInt();
    status.detail = numbers.at(2).toInt();
    return status;
}

} // namespace

QString SmtpReply::words() const {
    QString text = QString::fromUtf8(lines.join(' '));
    for (QChar& c : text)
        if (!c.isPrint()) c = QLatin1Char(' ');
    return (QString::number(code) + QLatin1Char(' ') + text).simplified().left(kMostWords);
}

SmtpReplyReader::Outcome SmtpReplyReader::take(const QByteArray& line) {
    const bool hasCode = line.size() >= 3 && line.at(0) >= '2' && line.at(0) <= '5' && isDigit(line.at(1)) &&
                         isDigit(line.at(2)) && (line.size() == 3 || line.at(3) == ' ' || line.at(3) == '-');
    if (!hasCode) return Outcome::Broken;
    const int code = line.left(3).toInt();
    if (m_reply.code != 0 && m_reply.code != code) return Outcome::Broken;
    if (m_reply.lines.size() >= kMostLines) return Outcome::Broken;
    m_reply.code = code;
    m_reply.lines.append(line.mid(4));
    if (m_reply.lines.size() == 1) m_reply.status = statusIn(m_reply.lines.front());
    return line.size() > 3 && line.at(3) == '-' ? Outcome::More : Outcome::Whole;
}

SmtpReply SmtpReplyReader::takeReply() {
    SmtpReply reply;
    std::swap(reply, m_reply);
    return reply;
}

} // namespace aiva
