// Bytes that arrived and were not taken yet: one growing buffer, scanned for line ends once. Pure; filled by
// LineConnection, emptied by the readers of IMAP and SMTP.
#pragma once

#include <QByteArray>

#include <optional>

namespace aiva {

class WireBuffer {
public:
    // Room for at most `bytes`, to be filled in place and then committed.
    char* reserve(qsizetype bytes);
    void commit(qsizetype bytes) { m_end += bytes; }
    void append(const QByteArray& bytes);

    qsizetype size() const { return m_end - m_begin; }
    bool isEmpty() const { return m_begin == m_end; }
    void clear();

    // A line without its CRLF (a bare LF ends one too); absent until it is whole.
    std::optional<QByteArray> takeLine();
    // Up to `bytes` appended to `target`; returns how many.
    qsizetype takeInto(QByteArray& target, qsizetype bytes);
    qsizetype skip(qsizetype bytes);

private:
    void taken(qsizetype bytes);

    QByteArray m_bytes;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    qsizetype m_scanned = 0; // no line end before this
};

} // namespace aiva
