#include "core/sync/files/csv_items.h"

#include "core/sync/files/csv_cells.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static Result<void> append(OrderRecord& order, OrderItemRecord item) {
    if (order.items.size() == kMostCsvItems) return Error{ErrorKind::Invalid, u"the order has too many items"_s};
    // Files give items no ids: their place has to do.
    item.externalId = std::to_string(order.items.size() + 1);
    item.currentQuantity = item.quantity;
    order.items.push_back(std::move(item));
    return {};
}

static Money share(const Money& total, qint64 quantity) {
    return total.dividedBy(quantity > 0 ? quantity : 1).value_or(total);
}

static Error brokenItem() {
    return {ErrorKind::Invalid, u"a line item cannot be read"_s};
}

// "name:Lamp|product_id:12|sku:L-1|quantity:2|total:20.00|…"; bars within a name cannot be told from the others.
static Result<OrderItemRecord> packedItem(std::string_view cell, const Currency& currency) {
    OrderItemRecord item;
    item.quantity = 1;
    Money total(0, currency);
    for (size_t at = 0; at < cell.size();) {
        const size_t end = std::min(cell.find('|', at), cell.size());
        const std::string_view part = cell.substr(at, end - at);
        at = end + 1;
        const size_t colon = part.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view name = part.substr(0, colon);
        const std::string_view value = part.substr(colon + 1);
        if (name == "name") item.title = onOneLine(plainCell(value));
        if (name == "sku") item.sku = plainCell(value);
        if (name == "quantity") {
            const auto quantity = countIn(value);
            if (!quantity) return brokenItem();
            item.quantity = *quantity;
        }
        if (name == "total") {
            const auto read = amountIn(value, currency, CsvConventions::DecimalMark::Point);
            if (!read) return brokenItem();
            total = *read;
        }
    }
    if (item.title.empty()) return brokenItem();
    item.unitPrice = share(total, item.quantity);
    return item;
}

// What each piece came to: Shopify writes the price before what was taken off the line.
static Money reduced(const Money& price, qint64 quantity, CsvCells& cells) {
    const Money off = cells.amount(CsvField::ItemDiscount, price.currency());
    const auto line = price.times(quantity);
    const auto left = line ? line->minus(off) : line;
    const bool isReduced = quantity > 0 && off.minor() > 0 && left && left->minor() >= 0;
    return isReduced ? share(*left, quantity) : price;
}

static Result<void> addRowItem(OrderRecord& order, const FileRow& row, const CsvReading& reading) {
    CsvCells cells(row, reading);
    OrderItemRecord item;
    item.title = onOneLine(cells.text(CsvField::ItemName));
    if (item.title.empty()) return {};
    if (cells.isBlank(CsvField::ItemPrice) && cells.isBlank(CsvField::ItemTotal))
        return rowError(reading.columns, CsvField::ItemPrice, {ErrorKind::Invalid, u"is empty"_s});
    item.variantTitle = onOneLine(cells.text(CsvField::ItemVariant));
    item.sku = cells.name(CsvField::ItemSku);
    item.quantity = cells.isBlank(CsvField::ItemQuantity) ? 1 : cells.count(CsvField::ItemQuantity);
    item.unitPrice = cells.isBlank(CsvField::ItemPrice)
                         ? share(cells.amount(CsvField::ItemTotal, order.currency), item.quantity)
                         : reduced(cells.amount(CsvField::ItemPrice, order.currency), item.quantity, cells);
    if (cells.trouble()) return *cells.trouble();
    return append(order, std::move(item));
}

Result<void> addItems(OrderRecord& order, const FileRow& row, const CsvReading& reading) {
    if (reading.columns.saysItemPrices()) AIVA_CHECK(addRowItem(order, row, reading));
    for (const size_t column : reading.columns.itemColumns()) {
        if (column >= row.fields.size() || row.fields[column].empty()) continue;
        AIVA_TRY(OrderItemRecord item, packedItem(row.fields[column], order.currency));
        AIVA_CHECK(append(order, std::move(item)));
    }
    return {};
}

} // namespace aiva
