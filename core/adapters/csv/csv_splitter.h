// Splits text into records and fields (RFC 4180): quoted fields, doubled quotes, line ends within quotes; CRLF, LF or
// CR ends a record. What breaks a rule or a bound is told and left at the end of its first line, so that one bad quote
// does not swallow the file. Pure but for its source.
#pragma once

#include "core/base/result.h"
#include "core/ports/record_file_port.h"

#include <functional>
#include <string>

namespace aiva {

struct CsvLimits {
    size_t recordBytes = 1 << 20;
    size_t fieldBytes = 256 << 10;
    size_t fields = 2'000;
};

class CsvSplitter {
public:
    // Appends more UTF-8; false at the end.
    using Source = std::function<Result<bool>(std::string& into)>;
    // `start` is text already read from the source; its first line is `line`.
    CsvSplitter(Source source, char delimiter, std::string start, qint64 line, const CsvLimits& limits = {});

    // False at the end. Blank lines are skipped. Fields are not trimmed.
    Result<bool> next(FileRow& row);
    // Whether the last record stood at the end of the file without a line end: it may have been cut.
    bool isCut() const { return m_isCut; }

private:
    enum class Scan { Done, More, Broken };
    Result<void> fill();
    Scan scanRecord(FileRow& row, size_t& end);
    Scan scanField(size_t& at, std::string& field);
    Scan scanQuoted(size_t& at, std::string& field);
    Scan broken(const QString& why);
    Result<void> skipLine();
    void consume(size_t end);

    Source m_source;
    char m_delimiter;
    char m_ends[4];
    CsvLimits m_limits;
    std::string m_buffer;
    size_t m_at = 0; // the next record begins here
    qint64 m_line = 1;
    bool m_isEnded = false;
    bool m_isCut = false;
    QString m_fault;
};

} // namespace aiva
