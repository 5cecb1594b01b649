// The header of one outgoing mail as bytes: encoded words (RFC 2047), folding (RFC 5322 §2.2.3), ASCII throughout
// unless an address needs SMTPUTF8. Used only by MailWriter. Values arrive as people wrote them; nothing in them can
// start a line of its own.
#pragma once

#include "core/base/result.h"
#include "core/domain/mail/message_record.h"

#include <QByteArray>
#include <QByteArrayList>

namespace aiva {

class HeaderWriter {
public:
    // Any text; control characters and line separators become blanks.
    void text(const QByteArray& name, const QString& value);
    // Nothing for an empty list. Invalid when an address cannot be written down.
    Result<void> addresses(const QByteArray& name, const QList<MailAddress>& value);
    // Ids without brackets; those that would not fit a line are left out. Nothing for an empty list.
    void ids(const QByteArray& name, const QStringList& value);
    void date(UtcTime value);
    // Already in order: ASCII, shorter than a line.
    void token(const QByteArray& name, const QByteArray& value);

    const QByteArray& bytes() const { return m_bytes; }

private:
    void fold(const QByteArray& name, const QByteArrayList& words);

    QByteArray m_bytes;
};

// True when an id may stand between brackets in a header.
bool isWritableId(const QString& id);

} // namespace aiva
