// Rows that are no orders but refunds of one: some exports of WooCommerce write each refund as a row of its own, with
// the order's number and a total below zero. A part of CsvRowReader.
#pragma once

#include "core/sync/files/csv_records.h"

namespace aiva {

bool isRefundRow(const FileRow& row, const CsvReading& reading);

// Whether the order's own row says what was refunded: the rows of its refunds then only tell which items went back.
enum class RefundedSum { Unsaid, Said };
Result<void> addRefundRow(OrderRecord& order, const FileRow& row, const CsvReading& reading, RefundedSum sum);

} // namespace aiva
