#include "core/adapters/mail/imap/imap_capabilities.h"

#include <limits>

namespace aiva {

ImapCapabilities::ImapCapabilities(const std::vector<ImapValue>& words) {
    for (const ImapValue& word : words)
        if (word.kind == ImapValue::Kind::Atom && m_words.size() < 1000) m_words.insert(word.bytes.toUpper());
}

QByteArrayList ImapCapabilities::saslMechanisms() const {
    QByteArrayList mechanisms;
    for (const QByteArray& word : m_words)
        if (word.startsWith("AUTH=")) mechanisms.append(word.mid(5));
    return mechanisms;
}

qint64 ImapCapabilities::appendLimit() const {
    for (const QByteArray& word : m_words)
        if (word.startsWith("APPENDLIMIT=")) {
            const quint64 limit = imapNumber(word.mid(12)).value_or(0);
            return limit <= static_cast<quint64>(std::numeric_limits<qint64>::max()) ? static_cast<qint64>(limit) : 0;
        }
    return 0;
}

qint64 ImapCapabilities::unaskedLiteral() const {
    if (has("LITERAL+")) return std::numeric_limits<qint64>::max();
    return has("LITERAL-") || has("IMAP4REV2") ? 4096 : 0;
}

} // namespace aiva
