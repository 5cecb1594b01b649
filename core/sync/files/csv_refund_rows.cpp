#include "core/sync/files/csv_refund_rows.h"

#include "core/sync/files/csv_cells.h"

#include <algorithm>

namespace aiva {

bool isRefundRow(const FileRow& row, const CsvReading& reading) {
    const std::string_view cell = reading.columns.cell(row, CsvField::Total);
    if (cell.find('-') == std::string_view::npos && cell.find("\u2212") == std::string_view::npos) return false;
    CsvCells cells(row, reading);
    const Money total = cells.amount(CsvField::Total, cells.currency());
    return !cells.trouble() && total.minor() < 0;
}

// The quantity below zero, or, as others write it, above.
static Result<qint64> quantityBack(const CsvCells& cells) {
    std::string cell = cells.text(CsvField::ItemQuantity);
    if (cell.empty()) return 0;
    if (cell.front() == '-') cell.erase(0, 1);
    return countIn(cell);
}

static void takeItemBack(OrderRecord& order, const std::string& title, const std::string& sku, qint64 quantity) {
    for (OrderItemRecord& item : order.items) {
        if (item.title != title || item.sku != sku) continue;
        const qint64 taken = std::min(quantity, item.currentQuantity);
        item.currentQuantity -= taken;
        quantity -= taken;
    }
}

Result<void> addRefundRow(OrderRecord& order, const FileRow& row, const CsvReading& reading, RefundedSum sum) {
    CsvCells cells(row, reading);
    if (cells.currency() != order.currency)
        return rowError(reading.columns, CsvField::CurrencyCode,
                        {ErrorKind::Invalid, QStringLiteral("is another than the order's")});
    const Money total = cells.amount(CsvField::Total, order.currency);
    const UtcTime at = cells.time(CsvField::CreatedAt);
    const auto quantity = quantityBack(cells);
    if (!quantity) cells.fail(CsvField::ItemQuantity, quantity.error());
    if (cells.trouble()) return *cells.trouble();
    if (sum == RefundedSum::Unsaid) {
        AIVA_TRY(order.refunded, order.refunded.minus(total));
    }
    order.financialStatus = order.refunded.minor() < order.total.minor() ? "PARTIALLY_REFUNDED" : "REFUNDED";
    order.updatedAt = std::max(order.updatedAt, at);
    takeItemBack(order, onOneLine(cells.text(CsvField::ItemName)), cells.text(CsvField::ItemSku), *quantity);
    return {};
}

} // namespace aiva
