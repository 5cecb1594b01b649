#include "core/adapters/mail/mime/encoded_words.h"

#include <QRegularExpression>

namespace aiva {
namespace {

QByteArray asQuoted(const QByteArray& charset, const QByteArray& base64) {
    return "=?" + charset + "?Q?" + QByteArray::fromBase64(base64).toPercentEncoding({}, "-._~", '=') + "?=";
}

} // namespace

QByteArray joinableWords(const QByteArray& header) {
    static const QRegularExpression padded(QStringLiteral("\\?[bB]\\?[A-Za-z0-9+/]*=+\\?=\\s+=\\?"));
    const QString text = QString::fromLatin1(header); // every byte stays what it is
    if (!header.contains("=?=") || !text.contains(padded)) return header;
    static const QRegularExpression word(
        QStringLiteral("=\\?([^?\\s]{1,60})\\?[bB]\\?([A-Za-z0-9+/]{0,200}={0,3})\\?="));
    QByteArray joined;
    qsizetype at = 0;
    for (auto it = word.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        joined += header.mid(at, match.capturedStart() - at);
        joined += asQuoted(match.captured(1).toLatin1(), match.captured(2).toLatin1());
        at = match.capturedEnd();
    }
    return joined + header.mid(at);
}

} // namespace aiva
