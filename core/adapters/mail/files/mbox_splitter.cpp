#include "core/adapters/mail/files/mbox_splitter.h"

#include <algorithm>

namespace aiva {
namespace {

constexpr qint64 kBlock = 1024LL * 1024;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// "14:02" somewhere, and four digits standing alone that could be a year.
bool hasTimeAndYear(QByteArrayView text) {
    bool time = false;
    bool year = false;
    for (qsizetype i = 0; i + 4 <= text.size(); ++i) {
        const bool startsWord = i == 0 || !isDigit(text[i - 1]);
        if (!startsWord || !isDigit(text[i])) continue;
        qsizetype digits = 1;
        while (i + digits < text.size() && isDigit(text[i + digits]))
            ++digits;
        const qsizetype after = i + digits;
        if (digits <= 2 && after + 2 < text.size() && text[after] == ':' && isDigit(text[after + 1])) time = true;
        if (digits == 4 && (text[i] == '1' || text[i] == '2')) year = true;
    }
    return time && year;
}

// The empty line behind a message belongs to the format, not to the mail.
void dropEmptyLine(QByteArray& raw) {
    if (raw.endsWith('\n')) raw.chop(raw.endsWith("\r\n") ? 2 : 1);
}

bool isEmptyLine(QByteArrayView line) {
    return line == "\n" || line == "\r\n";
}

} // namespace

bool MboxSplitter::isSeparator(QByteArrayView line) {
    return line.startsWith("From ") && hasTimeAndYear(line.sliced(5));
}

bool MboxSplitter::readLine(QByteArrayView& line) {
    qsizetype end = m_block.indexOf('\n', m_at);
    if (end < 0) {
        m_block.remove(0, m_at);
        m_at = 0;
        if (m_block.size() < kBlock) {
            const qsizetype had = m_block.size();
            m_block.append(m_device.read(kBlock));
            end = m_block.indexOf('\n', had);
        }
    }
    if (m_at >= m_block.size()) return false;
    const qsizetype length = (end < 0 ? m_block.size() : end + 1) - m_at;
    line = QByteArrayView(m_block).sliced(m_at, length);
    m_at += length;
    return true;
}

void MboxSplitter::append(MboxMessage& message, QByteArrayView line) const {
    if (message.isTooLarge) return;
    if (message.raw.size() + line.size() > m_largest) {
        message.raw = QByteArray();
        message.isTooLarge = true;
        return;
    }
    message.raw.append(line.data(), line.size());
}

std::optional<MboxMessage> MboxSplitter::next() {
    QByteArrayView line;
    MboxMessage message;
    bool inside = m_started;
    bool afterEmptyLine = false;
    while (readLine(line)) {
        const bool startsLine = !m_lineContinues;
        m_lineContinues = !line.endsWith('\n');
        if (!m_started) {
            if (isEmptyLine(line) || line.startsWith("\xEF\xBB\xBF\n")) continue;
            m_started = inside = true;
            if (line.startsWith("From ")) continue;
        } else if (startsLine && afterEmptyLine && isSeparator(line)) {
            dropEmptyLine(message.raw);
            return message;
        }
        afterEmptyLine = startsLine && isEmptyLine(line);
        if (startsLine && line.startsWith('>')) {
            const auto quote = std::find_if(line.begin(), line.end(), [](char c) { return c != '>'; });
            if (line.sliced(quote - line.begin()).startsWith("From ")) line = line.sliced(1);
        }
        append(message, line);
    }
    // A separator at the very end of the file starts no message.
    if (afterEmptyLine) dropEmptyLine(message.raw);
    const bool hasMessage = inside && (!message.raw.isEmpty() || message.isTooLarge);
    if (!hasMessage) return std::nullopt;
    m_started = true;
    return message;
}

} // namespace aiva
