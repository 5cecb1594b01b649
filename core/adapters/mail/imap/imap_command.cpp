#include "core/adapters/mail/imap/imap_command.h"

#include "core/adapters/mail/imap/imap_text.h"

namespace aiva {

ImapCommand& ImapCommand::words(const QByteArray& words) {
    if (m_parts.back().isLiteral)
        m_parts.push_back({' ' + words, false});
    else
        m_parts.back().bytes += ' ' + words;
    return *this;
}

ImapCommand& ImapCommand::string(const QByteArray& text) {
    const auto quoted = imapQuoted(text);
    return quoted ? words(*quoted) : literal(text);
}

ImapCommand& ImapCommand::literal(const QByteArray& bytes) {
    words({});
    m_parts.push_back({bytes, true});
    return *this;
}

} // namespace aiva
