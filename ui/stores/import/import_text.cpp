#include "ui/stores/import/import_text.h"

#include "ui/errors/error_text.h"
#include "ui/stores/job_text.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct ImportWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ImportText)
};

QString flavourText(CsvFlavour flavour) {
    switch (flavour) {
    case CsvFlavour::Shopify:
        return ImportWords::tr("an export of Shopify");
    case CsvFlavour::WooCommerce:
    case CsvFlavour::WooCommerceAnalytics:
        return ImportWords::tr("an export of WooCommerce");
    case CsvFlavour::Generic:
        break;
    }
    return ImportWords::tr("a table of its own");
}

QString fileTroubleText(const Error& error, std::optional<CsvField> missing) {
    if (missing)
        return ImportWords::tr("No column is known to say “%1”. Choose above which one does.")
            .arg(importFieldTitle(*missing));
    if (error.kind == ErrorKind::NotFound) return ImportWords::tr("The file is not there any more. Choose it again.");
    if (error.kind == ErrorKind::Invalid && error.cause == ErrorCause::None)
        return ImportWords::tr("It cannot be imported as it stands. Save it as CSV anew, or choose another file.");
    return errorSentence(error);
}

} // namespace

std::vector<CsvField> importFields(Resource resource) {
    std::vector<CsvField> fields;
    for (const QString& word : csvFieldWords(resource))
        if (const auto field = csvFieldFrom(word)) fields.push_back(*field);
    return fields;
}

QString importFieldTitle(CsvField field) {
    switch (field) {
    case CsvField::CustomerKey:
        return ImportWords::tr("customer id");
    case CsvField::FirstName:
        return ImportWords::tr("first name");
    case CsvField::LastName:
        return ImportWords::tr("last name");
    case CsvField::FullName:
        return ImportWords::tr("name");
    case CsvField::OrdersCount:
        return ImportWords::tr("number of orders");
    case CsvField::TotalSpent:
        return ImportWords::tr("total spent");
    case CsvField::OrderKey:
        return ImportWords::tr("order id");
    case CsvField::OrderName:
        return ImportWords::tr("order number");
    case CsvField::Status:
        return ImportWords::tr("status");
    case CsvField::FinancialStatus:
        return ImportWords::tr("payment status");
    case CsvField::FulfillmentStatus:
        return ImportWords::tr("shipping status");
    case CsvField::Total:
        return ImportWords::tr("total");
    case CsvField::Subtotal:
        return ImportWords::tr("subtotal");
    case CsvField::Tax:
        return ImportWords::tr("tax");
    case CsvField::Shipping:
        return ImportWords::tr("shipping cost");
    case CsvField::Discounts:
        return ImportWords::tr("discounts");
    case CsvField::Refunded:
        return ImportWords::tr("refunded");
    case CsvField::PaidAt:
        return ImportWords::tr("paid at");
    case CsvField::FulfilledAt:
        return ImportWords::tr("shipped at");
    case CsvField::CancelledAt:
        return ImportWords::tr("cancelled at");
    case CsvField::TrackingNumber:
        return ImportWords::tr("tracking number");
    case CsvField::TrackingCompany:
        return ImportWords::tr("carrier");
    case CsvField::TrackingUrl:
        return ImportWords::tr("tracking link");
    case CsvField::ItemName:
        return ImportWords::tr("item");
    case CsvField::ItemVariant:
        return ImportWords::tr("item's variant");
    case CsvField::ItemSku:
        return ImportWords::tr("item's SKU");
    case CsvField::ItemQuantity:
        return ImportWords::tr("item's quantity");
    case CsvField::ItemPrice:
        return ImportWords::tr("item's price");
    case CsvField::ItemTotal:
        return ImportWords::tr("item's total");
    case CsvField::ItemDiscount:
        return ImportWords::tr("item's discount");
    case CsvField::Email:
        return ImportWords::tr("e-mail");
    case CsvField::Phone:
        return ImportWords::tr("phone");
    case CsvField::Note:
        return ImportWords::tr("note");
    case CsvField::Tags:
        return ImportWords::tr("tags");
    case CsvField::CurrencyCode:
        return ImportWords::tr("currency");
    case CsvField::CreatedAt:
        return ImportWords::tr("created at");
    case CsvField::UpdatedAt:
        return ImportWords::tr("changed at");
    case CsvField::AddressName:
        return ImportWords::tr("address: name");
    case CsvField::AddressFirstName:
        return ImportWords::tr("address: first name");
    case CsvField::AddressLastName:
        return ImportWords::tr("address: last name");
    case CsvField::Company:
        return ImportWords::tr("address: company");
    case CsvField::Address1:
        return ImportWords::tr("address: street");
    case CsvField::Address2:
        return ImportWords::tr("address: second line");
    case CsvField::City:
        return ImportWords::tr("address: city");
    case CsvField::Region:
        return ImportWords::tr("address: region");
    case CsvField::PostalCode:
        return ImportWords::tr("address: postal code");
    case CsvField::Country:
        break;
    }
    return ImportWords::tr("address: country");
}

QString importFileText(const CsvFileReport& file) {
    const QString separator =
        file.delimiter == '\t' ? ImportWords::tr("tabs") : u"“%1”"_s.arg(QLatin1Char(file.delimiter));
    return ImportWords::tr("Read as %1: %2, separated by %3", "whose export, encoding, delimiter")
        .arg(flavourText(file.flavour), file.encoding, separator);
}

QString importCountsText(Resource resource, const CsvCounts& counts, const QLocale& locale) {
    QStringList parts;
    const auto add = [&](qint64 number, const QString& text) {
        if (number > 0) parts << text.arg(locale.toString(number));
    };
    add(counts.created, ImportWords::tr("%1 new"));
    add(counts.updated, ImportWords::tr("%1 changed"));
    add(counts.unchanged, ImportWords::tr("%1 as they were"));
    add(counts.failed, ImportWords::tr("%1 unreadable"));
    const QString all = resourceCountText(resource, counts.processed);
    return parts.isEmpty() ? all : u"%1: %2"_s.arg(all, parts.join(u", "_s));
}

QStringList importWarnings(const CsvImportOutcome& outcome, const QString& timeZone) {
    QStringList warnings;
    for (const CsvFileReport& file : outcome.files) {
        if (file.leavesItemsOut) warnings << ImportWords::tr("Items are left out: no column says what they cost.");
        if (file.hasTimesWithoutZone)
            warnings << ImportWords::tr("Times without a zone are taken for %1.").arg(timeZone);
    }
    warnings.removeDuplicates();
    return warnings;
}

QString importStoreText(const CsvImportOutcome& outcome) {
    return (outcome.isNewStore ? ImportWords::tr("A new store, “%1”")
                               : ImportWords::tr("Brings the store “%1” up to date"))
        .arg(outcome.storeName);
}

QString importTroubleText(const CsvImportOutcome& outcome) {
    if (!outcome.error) return {};
    const QString why = fileTroubleText(*outcome.error, outcome.missing);
    if (!outcome.errorFile) return why;
    return (*outcome.errorFile == Resource::Orders ? ImportWords::tr("Orders: %1") : ImportWords::tr("Customers: %1"))
        .arg(why);
}

} // namespace aiva
