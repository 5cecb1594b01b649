// What a server says it can do (CAPABILITY, RFC 9051 §6.1.1). A plain value of the session.
#pragma once

#include "core/adapters/mail/imap/imap_response.h"

#include <QByteArrayList>
#include <QSet>

namespace aiva {

class ImapCapabilities {
public:
    ImapCapabilities() = default;
    explicit ImapCapabilities(const std::vector<ImapValue>& words);

    bool isEmpty() const { return m_words.isEmpty(); }
    bool has(const char* word) const { return m_words.contains(word); }
    // CONDSTORE is part of QRESYNC (RFC 7162 §3.2.3).
    bool hasCondStore() const { return has("CONDSTORE") || has("QRESYNC"); }
    QByteArrayList saslMechanisms() const;
    qint64 appendLimit() const; // 0: not said
    // The largest literal that may be sent without asking first: none (0), 4096 with LITERAL-, any with LITERAL+.
    qint64 unaskedLiteral() const;

private:
    QSet<QByteArray> m_words; // upper case
};

} // namespace aiva
