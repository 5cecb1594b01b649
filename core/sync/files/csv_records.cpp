#include "core/sync/files/csv_records.h"

#include "core/domain/email_address.h"
#include "core/sync/files/csv_cells.h"
#include "core/sync/files/csv_items.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

Error rowError(const CsvColumns& columns, CsvField field, const Error& error) {
    for (const auto& [word, column] : columns.used())
        if (word == toWord(field)) return {ErrorKind::Invalid, u"“%1” %2"_s.arg(column, error.detail)};
    return {ErrorKind::Invalid, u"the %1 %2"_s.arg(toWord(field), error.detail)};
}

Error roundedNumber() {
    return {ErrorKind::Invalid, u"is a number that a spreadsheet has rounded"_s};
}

static void checkEmail(CsvCells& cells, const std::string& email) {
    if (!email.empty() && normalizedEmail(std::string_view(email)).empty())
        cells.fail(CsvField::Email, {ErrorKind::Invalid, u"is no e-mail address"_s});
}

static void checkCurrency(CsvCells& cells, const Currency& currency) {
    if (!currency.isValid())
        cells.fail(CsvField::CurrencyCode, {ErrorKind::Invalid, u"is not known; say --currency"_s});
}

// WooCommerce's guests have an account of number 0, which is none.
static std::string accountIn(CsvCells& cells) {
    std::string account = cells.name(CsvField::CustomerKey);
    return account == "0" ? std::string() : account;
}

static std::string customerKey(const CustomerRecord& customer, const std::string& id) {
    if (!id.empty()) return id;
    const std::string email = normalizedEmail(std::string_view(customer.email));
    return email.empty() ? normalizedPhone(customer.phone) : email;
}

Result<CustomerRecord> customerIn(const FileRow& row, const CsvReading& reading) {
    CsvCells cells(row, reading);
    CustomerRecord customer;
    customer.firstName = onOneLine(cells.text(CsvField::FirstName));
    customer.lastName = onOneLine(cells.text(CsvField::LastName));
    customer.displayName = onOneLine(cells.text(CsvField::FullName));
    if (customer.displayName.empty()) customer.displayName = plainCell(customer.firstName + ' ' + customer.lastName);
    customer.email = cells.text(CsvField::Email);
    checkEmail(cells, customer.email);
    if (customer.displayName.empty()) customer.displayName = onOneLine(cells.text(CsvField::Company));
    if (customer.displayName.empty()) customer.displayName = customer.email;
    customer.phone = cells.name(CsvField::Phone);
    customer.note = cells.text(CsvField::Note);
    customer.tags = cells.list(CsvField::Tags);
    customer.addressText = cells.address();
    customer.ordersCount = cells.count(CsvField::OrdersCount);
    customer.amountSpent = cells.amount(CsvField::TotalSpent, cells.currency());
    if (!customer.amountSpent.isZero()) checkCurrency(cells, customer.amountSpent.currency());
    customer.createdAt = cells.time(CsvField::CreatedAt);
    customer.updatedAt = std::max(cells.time(CsvField::UpdatedAt), customer.createdAt);
    customer.externalId = customerKey(customer, accountIn(cells));
    if (cells.trouble()) return *cells.trouble();
    if (customer.externalId.empty())
        return Error{ErrorKind::Invalid, u"the row has no id, no e-mail address and no phone number"_s};
    return customer;
}

std::string orderKeyIn(const FileRow& row, const CsvColumns& columns) {
    std::string key = plainCell(columns.cell(row, CsvField::OrderName));
    return key.empty() ? plainCell(columns.cell(row, CsvField::OrderKey)) : key;
}

static std::string upperWord(std::string word) {
    std::transform(word.begin(), word.end(), word.begin(), [](char c) {
        if (c == '-' || c == ' ') return '_';
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return word;
}

// Shopify writes both; WooCommerce one word, in which "completed" is what shops set when the parcel has left.
static void readStatuses(OrderRecord& order, const CsvCells& cells) {
    std::string status = upperWord(cells.text(CsvField::Status));
    if (status.compare(0, 3, "WC_") == 0) status.erase(0, 3);
    order.financialStatus = upperWord(cells.text(CsvField::FinancialStatus));
    order.fulfillmentStatus = upperWord(cells.text(CsvField::FulfillmentStatus));
    if (order.fulfillmentStatus == "PARTIAL") order.fulfillmentStatus = "PARTIALLY_FULFILLED";
    if (order.financialStatus.empty()) order.financialStatus = status;
    if (!order.fulfillmentStatus.empty()) return;
    const bool hasLeft = status == "COMPLETED" || status == "SHIPPED" || status == "DELIVERED" || status == "FULFILLED";
    const bool isSent = hasLeft || !order.fulfillments.empty();
    order.fulfillmentStatus = isSent ? "FULFILLED" : status == "ON_HOLD" ? "ON_HOLD" : "UNFULFILLED";
}

static void readParcel(OrderRecord& order, CsvCells& cells) {
    const std::optional<UtcTime> sentAt = cells.optionalTime(CsvField::FulfilledAt);
    const TrackingRecord tracking{cells.text(CsvField::TrackingCompany), cells.name(CsvField::TrackingNumber),
                                  cells.text(CsvField::TrackingUrl)};
    const bool hasTracking = !tracking.number.empty() || !tracking.url.empty();
    if (!sentAt && !hasTracking) return;
    FulfillmentRecord parcel;
    parcel.externalId = order.externalId + "-1";
    parcel.name = order.name + "-F1";
    parcel.status = "SUCCESS";
    parcel.createdAt = sentAt.value_or(order.createdAt);
    parcel.updatedAt = parcel.createdAt;
    if (hasTracking) parcel.tracking.push_back(tracking);
    order.fulfillments.push_back(std::move(parcel));
}

static void readAmounts(OrderRecord& order, CsvCells& cells) {
    order.currency = cells.currency();
    checkCurrency(cells, order.currency);
    order.total = cells.amount(CsvField::Total, order.currency);
    order.subtotal = cells.amount(CsvField::Subtotal, order.currency);
    order.tax = cells.amount(CsvField::Tax, order.currency);
    order.shipping = cells.amount(CsvField::Shipping, order.currency);
    order.discounts = cells.amount(CsvField::Discounts, order.currency);
    order.refunded = cells.amount(CsvField::Refunded, order.currency);
    // Some exports write what was taken off below zero.
    if (order.refunded.minor() < 0) order.refunded = Money(-order.refunded.minor(), order.currency);
    if (order.discounts.minor() < 0) order.discounts = Money(-order.discounts.minor(), order.currency);
}

// What one word says beside an amount and a time of their own.
static void readEnding(OrderRecord& order, CsvCells& cells) {
    if (order.financialStatus == "REFUNDED" && cells.isBlank(CsvField::Refunded)) order.refunded = order.total;
    // When it was cancelled only its last change tells, as nothing usually happens to such an order afterwards.
    const bool isCancelled = order.financialStatus == "CANCELLED" || order.financialStatus == "CANCELED";
    if (isCancelled && !order.cancelledAt) order.cancelledAt = cells.optionalTime(CsvField::UpdatedAt);
}

static void readTimes(OrderRecord& order, CsvCells& cells) {
    order.createdAt = cells.time(CsvField::CreatedAt);
    order.processedAt = cells.optionalTime(CsvField::PaidAt);
    order.cancelledAt = cells.optionalTime(CsvField::CancelledAt);
    order.updatedAt = std::max({order.createdAt, cells.time(CsvField::UpdatedAt), order.processedAt.value_or(UtcTime()),
                                order.cancelledAt.value_or(UtcTime())});
}

Result<OrderRecord> orderIn(const FileRow& row, const CsvReading& reading) {
    CsvCells cells(row, reading);
    for (const CsvField needed : {CsvField::Total, CsvField::CreatedAt})
        if (cells.isBlank(needed)) return rowError(reading.columns, needed, {ErrorKind::Invalid, u"is empty"_s});
    OrderRecord order;
    order.name = orderKeyIn(row, reading.columns);
    order.externalId = cells.name(CsvField::OrderKey);
    if (order.externalId.empty()) order.externalId = order.name;
    order.customerExternalId = accountIn(cells);
    order.email = cells.text(CsvField::Email);
    checkEmail(cells, order.email);
    order.phone = cells.name(CsvField::Phone);
    order.note = cells.text(CsvField::Note);
    order.tags = cells.list(CsvField::Tags);
    order.shippingAddressText = cells.address();
    readAmounts(order, cells);
    readTimes(order, cells);
    readParcel(order, cells);
    readStatuses(order, cells);
    readEnding(order, cells);
    for (const FulfillmentRecord& parcel : order.fulfillments)
        order.updatedAt = std::max(order.updatedAt, parcel.updatedAt);
    if (cells.trouble()) return *cells.trouble();
    AIVA_CHECK(addItems(order, row, reading));
    return order;
}

} // namespace aiva
