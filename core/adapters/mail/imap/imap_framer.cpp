#include "core/adapters/mail/imap/imap_framer.h"

#include "core/adapters/mail/imap/imap_response.h"

#include <algorithm>
#include <utility>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

Error beyondCap(const QString& what) {
    return {ErrorKind::Network, u"the server sent %1"_s.arg(what), ErrorCause::ProtocolBroken};
}

// "* OK …" and "+ …" end in words for people, which may look like a literal and are none.
bool endsInWords(const QByteArray& line) {
    if (line.startsWith('+')) return true;
    const qsizetype from = line.indexOf(' ') + 1;
    if (from == 0) return false;
    const qsizetype end = line.indexOf(' ', from);
    const QByteArray name = line.mid(from, end < 0 ? -1 : end - from);
    for (const char* word : {"OK", "NO", "BAD", "BYE", "PREAUTH"})
        if (name.compare(word, Qt::CaseInsensitive) == 0) return true;
    return false;
}

// The n of a line that ends in "{n}" or "{n+}".
std::optional<QByteArray> announcedSize(const QByteArray& line) {
    if (!line.endsWith('}')) return {};
    const qsizetype open = line.lastIndexOf('{');
    if (open < 0) return {};
    QByteArray digits = line.mid(open + 1, line.size() - open - 2);
    if (digits.endsWith('+') || digits.endsWith('-')) digits.chop(1);
    const bool isNumber =
        !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber) return {};
    return digits;
}

} // namespace

void ImapFramer::reset() {
    *this = ImapFramer(m_limits);
}

Result<std::optional<ImapFrame>> ImapFramer::next(WireBuffer& input) {
    while (!m_isWhole) {
        if (m_missing > 0) {
            if (input.isEmpty()) return std::optional<ImapFrame>();
            ImapLiteral& literal = m_frame.literals.back();
            m_missing -= literal.isTooLarge ? input.skip(m_missing) : input.takeInto(literal.bytes, m_missing);
            continue;
        }
        std::optional<QByteArray> line = input.takeLine();
        if (line ? line->size() > m_limits.lineBytes : input.size() > m_limits.lineBytes)
            return beyondCap(u"a line longer than allowed"_s);
        if (!line) return std::optional<ImapFrame>();
        AIVA_CHECK(takeLine(*std::move(line)));
    }
    ImapFrame frame = std::exchange(m_frame, {});
    m_isWhole = false;
    m_kept = 0;
    return std::optional(std::move(frame));
}

Result<void> ImapFramer::takeLine(QByteArray line) {
    const bool mayAnnounce = !m_frame.lines.empty() || !endsInWords(line);
    const std::optional<QByteArray> size = mayAnnounce ? announcedSize(line) : std::nullopt;
    m_frame.lines.push_back(std::move(line));
    if (!size) {
        m_isWhole = true;
        return {};
    }
    const std::optional<quint64> bytes = imapNumber(*size);
    return bytes ? beginLiteral(*bytes) : beyondCap(u"a literal larger than allowed"_s);
}

Result<void> ImapFramer::beginLiteral(quint64 size) {
    if (size > static_cast<quint64>(m_limits.skippedBytes)) return beyondCap(u"a literal larger than allowed"_s);
    if (m_frame.literals.size() >= static_cast<size_t>(m_limits.literals))
        return beyondCap(u"more literals in a response than allowed"_s);
    ImapLiteral literal;
    m_missing = static_cast<qint64>(size);
    literal.isTooLarge = m_missing + m_kept > m_limits.literalBytes;
    if (!literal.isTooLarge) {
        m_kept += m_missing;
        // Room for what is announced only as far as a lie costs little; beyond that it grows with what arrives.
        literal.bytes.reserve(std::min<qsizetype>(m_missing, 1024 * 1024));
    }
    m_frame.literals.push_back(std::move(literal));
    return {};
}

} // namespace aiva
