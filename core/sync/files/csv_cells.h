// CsvCells: the cells of one row by field, read into values. The first trouble is kept and named by its field; what is
// absent is the value's default. A part of csv_records.h.
#pragma once

#include "core/sync/files/csv_records.h"

namespace aiva {

class CsvCells {
public:
    CsvCells(const FileRow& row, const CsvReading& reading) : m_row(row), m_reading(reading) {}

    std::string text(CsvField field) const { return plainCell(m_reading.columns.cell(m_row, field)); }
    // What names something: an id, a phone number, a tracking number. A rounded one would name others, too.
    std::string name(CsvField field);
    bool isBlank(CsvField field) const { return text(field).empty(); }
    Money amount(CsvField field, const Currency& currency);
    UtcTime time(CsvField field) { return optionalTime(field).value_or(UtcTime()); }
    std::optional<UtcTime> optionalTime(CsvField field);
    qint64 count(CsvField field);
    std::vector<std::string> list(CsvField field) const { return listIn(m_reading.columns.cell(m_row, field)); }
    // The row's own currency, else the file's.
    Currency currency();
    // One line per line, name first where the row has one.
    std::string address() const;

    void fail(CsvField field, const Error& error);
    const std::optional<Error>& trouble() const { return m_trouble; }

private:
    const FileRow& m_row;
    const CsvReading& m_reading;
    std::optional<Error> m_trouble;
};

// Cells spread over lines: line ends become blanks' worth of one.
std::string onOneLine(std::string text);

} // namespace aiva
