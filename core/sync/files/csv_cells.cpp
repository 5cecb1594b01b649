#include "core/sync/files/csv_cells.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

std::string onOneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return text;
}

std::string CsvCells::name(CsvField field) {
    std::string cell = text(field);
    if (isRoundedNumber(cell)) fail(field, roundedNumber());
    return cell;
}

Money CsvCells::amount(CsvField field, const Currency& currency) {
    const std::string cell = text(field);
    if (cell.empty()) return {0, currency};
    const auto amount = amountIn(cell, currency, m_reading.conventions.decimalMark);
    if (amount) return *amount;
    fail(field, amount.error());
    return {0, currency};
}

std::optional<UtcTime> CsvCells::optionalTime(CsvField field) {
    const std::string cell = text(field);
    if (cell.empty()) return std::nullopt;
    const auto time = timeIn(cell, m_reading.conventions);
    if (time) return *time;
    fail(field, time.error());
    return std::nullopt;
}

qint64 CsvCells::count(CsvField field) {
    const std::string cell = text(field);
    if (cell.empty()) return 0;
    const auto count = countIn(cell);
    if (count) return *count;
    fail(field, count.error());
    return 0;
}

Currency CsvCells::currency() {
    const std::string cell = text(CsvField::CurrencyCode);
    if (cell.empty()) return m_reading.currency;
    const auto currency = Currency::parse(cell);
    if (currency) return *currency;
    fail(CsvField::CurrencyCode, {ErrorKind::Invalid, u"is no currency code"_s});
    return m_reading.currency;
}

std::string CsvCells::address() const {
    std::string name = text(CsvField::AddressName);
    if (name.empty()) name = text(CsvField::AddressFirstName) + ' ' + text(CsvField::AddressLastName);
    const std::string town = text(CsvField::PostalCode) + ' ' + text(CsvField::City);
    std::string lines;
    for (const std::string& line : {name, text(CsvField::Company), text(CsvField::Address1), text(CsvField::Address2),
                                    town, text(CsvField::Region), text(CsvField::Country)}) {
        const std::string plain = onOneLine(plainCell(line));
        if (plain.empty()) continue;
        if (!lines.empty()) lines += '\n';
        lines += plain;
    }
    return lines;
}

void CsvCells::fail(CsvField field, const Error& error) {
    if (!m_trouble) m_trouble = rowError(m_reading.columns, field, error);
}

} // namespace aiva
