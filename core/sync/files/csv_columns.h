// Which column of a file means what: found by the names Shopify, WooCommerce and people give their columns, or said by
// hand. Pure; used by CsvImportRun.
#pragma once

#include "core/base/result.h"
#include "core/domain/names.h"
#include "core/ports/record_file_port.h"

#include <QStringList>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace aiva {

enum class CsvField {
    // Of customers
    CustomerKey,
    FirstName,
    LastName,
    FullName,
    OrdersCount,
    TotalSpent,
    // Of orders
    OrderKey,
    OrderName,
    Status, // WooCommerce's one word for payment and shipping
    FinancialStatus,
    FulfillmentStatus,
    Total,
    Subtotal,
    Tax,
    Shipping,
    Discounts,
    Refunded,
    PaidAt,
    FulfilledAt,
    CancelledAt,
    TrackingNumber,
    TrackingCompany,
    TrackingUrl,
    ItemName,
    ItemVariant,
    ItemSku,
    ItemQuantity,
    ItemPrice,
    ItemTotal,
    ItemDiscount, // of the whole line
    // Of both
    Email,
    Phone,
    Note,
    Tags,
    CurrencyCode,
    CreatedAt,
    UpdatedAt,
    AddressName, // an order's: where it goes
    AddressFirstName,
    AddressLastName,
    Company,
    Address1,
    Address2,
    City,
    Region,
    PostalCode,
    Country,
};
constexpr size_t kCsvFields = static_cast<size_t>(CsvField::Country) + 1;

// "order_name", "total", …: what --map takes.
QString toWord(CsvField field);
std::optional<CsvField> csvFieldFrom(const QString& word);
QStringList csvFieldWords(Resource resource);

// Whose export it is. Decides nothing but what is said about it; the columns do the rest.
enum class CsvFlavour { Generic, Shopify, WooCommerce, WooCommerceAnalytics };
QString toWord(CsvFlavour flavour); // generic shopify woocommerce woocommerce_analytics

struct CsvChoice {
    std::optional<CsvField> field;         // absent: the column is not used
    QString column;                        // as the header spells it, letter case aside
    std::optional<Resource> resource = {}; // of that file alone; absent: of each that has the column
};

class CsvColumns {
public:
    // Choices that name no column of this header are left alone.
    static CsvColumns of(Resource resource, const std::vector<std::string>& header,
                         const std::vector<CsvChoice>& choices = {});

    // Invalid when a column that cannot be missed is missing; the detail names it.
    Result<void> isEnough(Resource resource) const;
    // What no column says, though no record can be read without; absent: nothing.
    std::optional<CsvField> missing(Resource resource) const;
    bool follows(const CsvChoice& choice) const;

    CsvFlavour flavour() const { return m_flavour; }
    bool has(CsvField field) const { return indexOf(field) >= 0; }
    // Empty when there is no such column.
    std::string_view cell(const FileRow& row, CsvField field) const;
    // An item without a price would be told as one that costs nothing: where no column says one, items are left out.
    bool saysItemPrices() const { return has(CsvField::ItemPrice) || has(CsvField::ItemTotal); }
    bool leavesItemsOut() const { return has(CsvField::ItemName) && !saysItemPrices(); }
    // WooCommerce's import suite writes each item into a column of its own: line_item_1, line_item_2, …
    const std::vector<size_t>& itemColumns() const { return m_itemColumns; }
    // "email" → "Email", in the fields' order; and the columns nobody reads.
    QList<std::pair<QString, QString>> used() const;
    QStringList unused() const;

private:
    int indexOf(CsvField field) const { return m_index[static_cast<size_t>(field)]; }
    void choose(Resource resource, const std::vector<CsvChoice>& choices);
    void find(Resource resource);
    int columnNamed(const QString& plainName) const;
    bool isLeftOut(qsizetype column) const;

    CsvFlavour m_flavour = CsvFlavour::Generic;
    QStringList m_header;
    QStringList m_plain; // the header as it is compared
    std::array<int, kCsvFields> m_index{};
    std::vector<qsizetype> m_leftOut; // by choice
    std::vector<size_t> m_itemColumns;
};

} // namespace aiva
