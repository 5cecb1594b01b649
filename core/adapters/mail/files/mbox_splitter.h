// Splits an mbox (mboxo, mboxrd) into messages, reading the file in blocks: memory follows the largest message allowed,
// not the file. Called by MailFileReader; never interprets a mail.
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QIODevice>

#include <optional>

namespace aiva {

struct MboxMessage {
    QByteArray raw;          // ">From " unquoted; without the separator line
    bool isTooLarge = false; // raw is empty then
};

class MboxSplitter {
public:
    // `device` is open for reading and outlives the splitter.
    MboxSplitter(QIODevice& device, qint64 largestMessage) : m_device(device), m_largest(largestMessage) {}

    // The next message; absent at the end.
    std::optional<MboxMessage> next();

    // "From <anything> <hh:mm …> <year>", the line that starts a message.
    static bool isSeparator(QByteArrayView line);

private:
    // Next line with its '\n'; a line longer than a block comes in pieces. False at the end.
    bool readLine(QByteArrayView& line);
    void append(MboxMessage& message, QByteArrayView line) const;

    QIODevice& m_device;
    qint64 m_largest;
    QByteArray m_block;
    qsizetype m_at = 0;
    bool m_lineContinues = false; // the line last read had no end yet
    bool m_started = false;
};

} // namespace aiva
