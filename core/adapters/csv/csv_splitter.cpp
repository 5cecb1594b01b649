#include "core/adapters/csv/csv_splitter.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

CsvSplitter::CsvSplitter(Source source, char delimiter, std::string start, qint64 line, const CsvLimits& limits)
    : m_source(std::move(source))
    , m_delimiter(delimiter)
    , m_ends{delimiter, '\r', '\n', '\0'}
    , m_limits(limits)
    , m_buffer(std::move(start))
    , m_line(line) {}

Result<void> CsvSplitter::fill() {
    // What was consumed is dropped before more is read, so the buffer stays as small as one record and one piece.
    m_buffer.erase(0, m_at);
    m_at = 0;
    AIVA_TRY(const bool more, m_source(m_buffer));
    m_isEnded = !more;
    return {};
}

Result<bool> CsvSplitter::next(FileRow& row) {
    row.fault.clear();
    for (;;) {
        if (m_at == m_buffer.size()) {
            if (m_isEnded) return false;
            AIVA_CHECK(fill());
            continue;
        }
        row.line = m_line;
        size_t end = m_at;
        Scan scan = scanRecord(row, end);
        if (scan == Scan::More && m_buffer.size() - m_at > m_limits.recordBytes)
            scan = broken(u"the row is too large, or a quote is not closed"_s);
        if (scan == Scan::More) {
            AIVA_CHECK(fill());
            continue;
        }
        if (scan == Scan::Broken) {
            row.fields.clear();
            row.fault = std::exchange(m_fault, {});
            AIVA_CHECK(skipLine());
            return true;
        }
        const char last = m_buffer[end - 1];
        m_isCut = last != '\n' && last != '\r';
        consume(end);
        if (row.fields.size() > 1 || !row.fields.front().empty()) return true;
    }
}

CsvSplitter::Scan CsvSplitter::scanRecord(FileRow& row, size_t& end) {
    size_t at = m_at;
    size_t count = 0;
    for (;;) {
        if (count == m_limits.fields) return broken(u"the row has too many fields"_s);
        if (count == row.fields.size()) row.fields.emplace_back();
        std::string& field = row.fields[count++];
        field.clear();
        const Scan scan = scanField(at, field);
        if (scan != Scan::Done) return scan;
        if (field.size() > m_limits.fieldBytes) return broken(u"a field is too large"_s);
        if (at == m_buffer.size() && !m_isEnded) return Scan::More;
        if (at == m_buffer.size() || m_buffer[at] != m_delimiter) break;
        ++at;
    }
    row.fields.resize(count);
    if (at < m_buffer.size() && m_buffer[at] == '\r') {
        if (at + 1 == m_buffer.size() && !m_isEnded) return Scan::More;
        if (at + 1 < m_buffer.size() && m_buffer[at + 1] == '\n') ++at;
    }
    end = std::min(at + 1, m_buffer.size());
    return Scan::Done;
}

CsvSplitter::Scan CsvSplitter::scanField(size_t& at, std::string& field) {
    // Hand-made files have blanks before a quote.
    size_t first = at;
    while (first < m_buffer.size() && m_buffer[first] == ' ')
        ++first;
    if (first == m_buffer.size() && !m_isEnded) return Scan::More;
    if (first < m_buffer.size() && m_buffer[first] == '"') {
        at = first;
        return scanQuoted(at, field);
    }
    const size_t end = std::min(m_buffer.find_first_of(m_ends, at, 3), m_buffer.size());
    field.assign(m_buffer, at, end - at);
    at = end;
    return Scan::Done;
}

CsvSplitter::Scan CsvSplitter::scanQuoted(size_t& at, std::string& field) {
    ++at;
    for (;;) {
        const size_t quote = m_buffer.find('"', at);
        if (quote == std::string::npos) return m_isEnded ? broken(u"a quote is not closed"_s) : Scan::More;
        field.append(m_buffer, at, quote - at);
        at = quote + 1;
        if (at == m_buffer.size() && !m_isEnded) return Scan::More;
        if (at == m_buffer.size() || m_buffer[at] != '"') break;
        field.push_back('"');
        ++at;
    }
    while (at < m_buffer.size() && m_buffer[at] == ' ')
        ++at;
    if (at == m_buffer.size()) return m_isEnded ? Scan::Done : Scan::More;
    const char next = m_buffer[at];
    if (next == m_delimiter || next == '\r' || next == '\n') return Scan::Done;
    return broken(u"there is text behind a closing quote"_s);
}

CsvSplitter::Scan CsvSplitter::broken(const QString& why) {
    m_fault = why;
    return Scan::Broken;
}

// A line longer than the buffer is dropped piece by piece.
Result<void> CsvSplitter::skipLine() {
    for (;;) {
        const size_t end = m_buffer.find_first_of("\r\n", m_at);
        const bool mayGoOn = end == std::string::npos || (m_buffer[end] == '\r' && end + 1 == m_buffer.size());
        if (!mayGoOn || (m_isEnded && end != std::string::npos)) {
            const bool isPair = m_buffer[end] == '\r' && end + 1 < m_buffer.size() && m_buffer[end + 1] == '\n';
            consume(end + (isPair ? 2 : 1));
            return {};
        }
        m_at = std::min(end, m_buffer.size());
        if (m_isEnded) return {};
        AIVA_CHECK(fill());
    }
}

void CsvSplitter::consume(size_t end) {
    for (size_t at = m_at; at < end; ++at) {
        const bool isPair = m_buffer[at] == '\r' && at + 1 < m_buffer.size() && m_buffer[at + 1] == '\n';
        if (m_buffer[at] == '\n' || (m_buffer[at] == '\r' && !isPair)) ++m_line;
    }
    m_at = end;
}

} // namespace aiva
