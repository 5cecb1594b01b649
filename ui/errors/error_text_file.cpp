// What is wrong with a file that is to be imported.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct FileErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

ErrorText fileErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::NotText:
        return {FileErrorWords::tr("This is no text file"),
                FileErrorWords::tr("Save it as CSV in the program it comes from, and choose that.")};
    case ErrorCause::FileEmpty:
        return {FileErrorWords::tr("The file is empty"), FileErrorWords::tr("Choose another one.")};
    case ErrorCause::HeaderBroken:
        return {FileErrorWords::tr("The first line, which names the columns, cannot be read"),
                FileErrorWords::tr("Save the file as CSV anew.")};
    case ErrorCause::ColumnMissing:
        return {FileErrorWords::tr("A column that is needed is missing"),
                FileErrorWords::tr("Choose which one it is.")};
    case ErrorCause::OtherRecords:
        return {FileErrorWords::tr("This is an export of orders"),
                FileErrorWords::tr("Choose it as the file of orders.")};
    case ErrorCause::ReportOnly:
        return {FileErrorWords::tr("This report of WooCommerce has neither the totals of orders nor e-mail addresses"),
                FileErrorWords::tr("Connect the store, or export its orders with an export plug-in.")};
    case ErrorCause::CurrencyMissing:
        return {FileErrorWords::tr("No column says the currency"), FileErrorWords::tr("Name it.")};
    case ErrorCause::NameMissing:
        return {FileErrorWords::tr("The store has no name"), FileErrorWords::tr("Give it one.")};
    default:
        return {};
    }
}

} // namespace aiva
