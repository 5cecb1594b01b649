#include "core/sync/files/csv_row_reader.h"

namespace aiva {

using namespace Qt::StringLiterals;

CsvRowReader::CsvRowReader(Resource resource, std::unique_ptr<RecordFile> file, CsvColumns columns,
                           const CsvConventions& conventions, const Currency& currency)
    : m_resource(resource)
    , m_file(std::move(file))
    , m_columns(std::move(columns))
    , m_conventions(conventions)
    , m_currency(currency) {}

Result<bool> CsvRowReader::read(CsvImportWriter& writer) {
    AIVA_TRY(const bool found, m_file->next(m_row));
    if (!found) {
        AIVA_CHECK(handOver(writer));
        return false;
    }
    lookAtTimes();
    AIVA_CHECK(m_resource == Resource::Orders ? takeOrderRow(writer) : takeCustomer(writer));
    return true;
}

void CsvRowReader::lookAtTimes() {
    if (m_timesToLookAt == 0 || m_hasTimesWithoutZone || !m_row.fault.isEmpty()) return;
    --m_timesToLookAt;
    m_hasTimesWithoutZone = lacksZone(m_columns.cell(m_row, CsvField::CreatedAt));
}

Result<void> CsvRowReader::takeCustomer(CsvImportWriter& writer) {
    if (!m_row.fault.isEmpty()) return writer.refuse(m_resource, m_row.line, m_row.fault);
    auto customer = customerIn(m_row, reading());
    if (!customer) return writer.refuse(m_resource, m_row.line, customer.error().detail);
    if (!m_seen.add(customer->externalId))
        return writer.refuse(m_resource, m_row.line, u"the same customer stands on an earlier line"_s);
    return writer.put(*std::move(customer), m_row.line);
}

bool CsvRowReader::hasRowItems() const {
    return m_columns.has(CsvField::ItemName);
}

Result<void> CsvRowReader::takeOrderRow(CsvImportWriter& writer) {
    if (!m_row.fault.isEmpty()) {
        // It may have been one more item of the order before, which is then not whole.
        if (m_order && hasRowItems()) AIVA_CHECK(refuseOrder(writer, u"a row that may belong to it cannot be read"_s));
        return writer.refuse(m_resource, m_row.line, m_row.fault);
    }
    const std::string key = orderKeyIn(m_row, m_columns);
    if (isRefundRow(m_row, reading())) return takeRefundRow(writer, key);
    const bool isBare = key.empty() && plainCell(m_columns.cell(m_row, CsvField::Total)).empty() &&
                        plainCell(m_columns.cell(m_row, CsvField::CreatedAt)).empty();
    const bool goesOn = hasRowItems() && !m_key.empty() && (isBare || key == m_key);
    if (goesOn) return continueOrder(writer);
    AIVA_CHECK(handOver(writer));
    if (key.empty()) return refuseRow(writer, u"the row has no order number"_s);
    // Not to be compared with others' at all: each such row is told.
    const bool isNamed = !plainCell(m_columns.cell(m_row, CsvField::OrderName)).empty();
    if (isRoundedNumber(key))
        return refuseRow(
            writer, rowError(m_columns, isNamed ? CsvField::OrderName : CsvField::OrderKey, roundedNumber()).detail);
    return beginOrder(writer, key);
}

// A refund of whatever order: without its own it is no order, and does not keep one of the same number from being read.
Result<void> CsvRowReader::takeRefundRow(CsvImportWriter& writer, const std::string& key) {
    if (m_key.empty() || key != m_key) {
        AIVA_CHECK(handOver(writer));
        return refuseRow(writer, u"the total is below zero, as of a refund whose order does not stand before it"_s);
    }
    if (!m_order) return {};
    const auto added = addRefundRow(*m_order, m_row, reading(), m_refunded);
    if (added) return {};
    m_firstLine = m_row.line;
    return refuseOrder(writer, added.error().detail);
}

Result<void> CsvRowReader::refuseRow(CsvImportWriter& writer, const QString& cause) {
    return writer.refuse(m_resource, m_row.line, cause);
}

Result<void> CsvRowReader::beginOrder(CsvImportWriter& writer, const std::string& key) {
    m_key = key;
    m_firstLine = m_row.line;
    if (!m_seen.add(key))
        return refuseOrder(writer, hasRowItems() ? u"rows of the same order stand further up; sort the file by order"_s
                                                 : u"the same order stands on an earlier line"_s);
    auto order = orderIn(m_row, reading());
    if (!order) return refuseOrder(writer, order.error().detail);
    // A second of the same id would be written over the first; one without goes by its name, which may be another's id.
    if (m_columns.has(CsvField::OrderKey) && !m_seenIds.add(order->externalId))
        return refuseOrder(writer, u"another order of the file has the same id"_s);
    m_refunded = order->refunded.isZero() ? RefundedSum::Unsaid : RefundedSum::Said;
    m_order = *std::move(order);
    return {};
}

Result<void> CsvRowReader::continueOrder(CsvImportWriter& writer) {
    if (!m_order) return {};
    const auto added = addItems(*m_order, m_row, reading());
    if (added) return {};
    m_firstLine = m_row.line;
    return refuseOrder(writer, added.error().detail);
}

Result<void> CsvRowReader::refuseOrder(CsvImportWriter& writer, const QString& cause) {
    m_order.reset();
    return writer.refuse(m_resource, m_firstLine, cause);
}

Result<void> CsvRowReader::handOver(CsvImportWriter& writer) {
    m_key.clear();
    if (!m_order) return {};
    OrderRecord order = *std::move(m_order);
    m_order.reset();
    return writer.put(std::move(order), m_firstLine);
}

} // namespace aiva
