#include "core/adapters/mail/smtp/dot_stuffing.h"

namespace aiva {
namespace {

constexpr qsizetype kLongestLine = 998; // without CRLF

}

Result<QByteArray> dotStuffed(const QByteArray& mail) {
    QByteArray stuffed;
    stuffed.reserve(mail.size() + mail.size() / 64 + 16);
    qsizetype lineStart = 0;
    const auto endLine = [&](qsizetype end) {
        if (end > lineStart && mail.at(lineStart) == '.') stuffed += '.';
        stuffed.append(mail.constData() + lineStart, end - lineStart);
        stuffed += "\r\n";
        return end - lineStart <= kLongestLine;
    };
    bool isSound = true;
    for (qsizetype i = 0; i < mail.size() && isSound; ++i) {
        const char c = mail.at(i);
        isSound = c != '\0';
        if (c != '\r' && c != '\n') continue;
        isSound = endLine(i);
        if (c == '\r' && i + 1 < mail.size() && mail.at(i + 1) == '\n') ++i;
        lineStart = i + 1;
    }
    if (isSound && lineStart < mail.size()) isSound = endLine(mail.size());
    if (!isSound) return Error{ErrorKind::Invalid, QStringLiteral("not a mail: holds a NUL or a line too long")};
    return stuffed;
}

} // namespace aiva
