// Rows of a file as the records storage writes. Pure. A fault's cause names the column, never the cell's content.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/sync/files/csv_columns.h"
#include "core/sync/files/csv_values.h"

namespace aiva {

// What readers need beside the row.
struct CsvReading {
    const CsvColumns& columns;
    const CsvConventions& conventions;
    Currency currency; // where the file says none
};

// createdAt and updatedAt are the epoch where the file does not say them. Known by its id, else its normalised e-mail,
// else its phone.
Result<CustomerRecord> customerIn(const FileRow& row, const CsvReading& reading);

// The name of the order a row belongs to (its id where it has no name); empty in rows that only go on with the one
// before.
std::string orderKeyIn(const FileRow& row, const CsvColumns& columns);
// An order from its first row, with that row's item; the rows that follow add theirs.
Result<OrderRecord> orderIn(const FileRow& row, const CsvReading& reading);
Result<void> addItems(OrderRecord& order, const FileRow& row, const CsvReading& reading);

// Of a cell that isRoundedNumber().
Error roundedNumber();
// "line 17: the total is no amount".
Error rowError(const CsvColumns& columns, CsvField field, const Error& error);

} // namespace aiva
