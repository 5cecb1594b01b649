#include "core/domain/mail/message_ids.h"

#include "core/domain/mail/wire_address.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kTokenLetters = 26; // 128 bits in fives

// RFC 4648 §6 in lower case, unpadded: survives servers that fold case, and double clicks select it whole.
QString base32(const QByteArray& bytes) {
    static constexpr auto alphabet = "abcdefghijklmnopqrstuvwxyz234567"_L1;
    QString text;
    uint buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<uchar>(byte);
        for (bits += 8; bits >= 5; bits -= 5)
            text += alphabet[(buffer >> (bits - 5)) & 31];
    }
    if (bits > 0) text += alphabet[(buffer << (5 - bits)) & 31];
    return text;
}

bool isToken(QStringView text) {
    return text.size() == kTokenLetters && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'2' && c <= u'7');
           });
}

} // namespace

QString newConversationToken(const QByteArray& random) {
    Q_ASSERT(random.size() == kTokenBytes);
    return base32(random);
}

QString newMessageId(const QByteArray& random, const QString& conversationToken, const QString& fromAddress) {
    Q_ASSERT(random.size() == kTokenBytes && isToken(conversationToken));
    const QString address = wireAddress(fromAddress);
    const QString domain = address.mid(address.lastIndexOf(u'@') + 1);
    return base32(random) + u'.' + conversationToken + u'@' + (domain.isEmpty() ? u"mail.invalid"_s : domain);
}

QString conversationTokenIn(const QString& messageId) {
    QString id = messageId.trimmed().toLower();
    if (id.startsWith(u'<') && id.endsWith(u'>')) id = id.mid(1, id.size() - 2);
    const QStringView local = QStringView(id).left(std::max<qsizetype>(0, id.indexOf(u'@')));
    const qsizetype dot = local.indexOf(u'.');
    if (dot < 0 || !isToken(local.left(dot)) || !isToken(local.mid(dot + 1))) return {};
    return local.mid(dot + 1).toString();
}

} // namespace aiva
