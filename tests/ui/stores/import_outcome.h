// What a look at two files found, and the box that says what one of their columns means. For the tests of ImportSheet.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "ui/stores/import/import_sheet.h"

#include <QComboBox>

namespace aiva::test {

using namespace Qt::StringLiterals;

inline CsvImportOutcome checkedImport() {
    CsvImportOutcome outcome;
    outcome.storeName = u"customers_export"_s;
    outcome.isNewStore = true;
    outcome.status = SyncStatus::CompletedWithErrors;
    outcome.counts[Resource::Customers] = {1'204, 1'200, 0, 2, 2};
    outcome.counts[Resource::Orders] = {5'310, 5'310, 0, 0, 0};
    outcome.faults = {
        {"customers", "line 17", "the row has no id, no e-mail address and no phone number"},
        {"customers", "line 204", "“Total Spent” can be read in two ways; say --decimal point or --decimal comma"}};
    CsvFileReport customers;
    customers.resource = Resource::Customers;
    customers.path = u"/home/ada/customers_export.csv"_s;
    customers.encoding = u"UTF-8"_s;
    customers.flavour = CsvFlavour::Shopify;
    customers.columns = {{toWord(CsvField::Email), u"Email"_s},
                         {toWord(CsvField::FirstName), u"First Name"_s},
                         {toWord(CsvField::TotalSpent), u"Total Spent"_s}};
    customers.unused = QStringList{u"Accepts Email Marketing"_s, u"A very long name of a column that nobody reads"_s};
    CsvFileReport orders = customers;
    orders.resource = Resource::Orders;
    orders.path = u"/home/ada/orders_export.csv"_s;
    orders.columns = {{toWord(CsvField::OrderName), u"Name"_s}, {toWord(CsvField::Total), u"Total"_s}};
    orders.unused = QStringList{u"Vendor"_s};
    orders.hasTimesWithoutZone = true;
    outcome.files = {customers, orders};
    return outcome;
}

// Null when there is no such column.
inline QComboBox* meaningOf(const ImportSheet& sheet, const QString& column) {
    for (QComboBox* box : sheet.findChildren<QComboBox*>())
        if (box->accessibleName().contains(column)) return box;
    return nullptr;
}

} // namespace aiva::test
