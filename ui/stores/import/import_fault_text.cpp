#include "ui/stores/import/import_fault_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct FaultWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ImportFault)
};

struct FaultSentence {
    const char* cause;
    const char* sentence;
};

// Of a whole row.
constexpr FaultSentence rowSentences[] = {
    {"the row has no id, no e-mail address and no phone number",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "there is no id, no e-mail address and no phone number")},
    {"the row has no order number", QT_TRANSLATE_NOOP("aiva::ImportFault", "there is no order number")},
    {"a row that may belong to it cannot be read",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "a row that may belong to this order cannot be read")},
    {"the same customer stands on an earlier line",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "the same customer stands on an earlier line")},
    {"the same order stands on an earlier line",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "the same order stands on an earlier line")},
    {"rows of the same order stand further up; sort the file by order",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "rows of the same order stand further up: sort the file by order")},
    {"another order of the file has the same id",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "another order of the file has the same id")},
    {"the total is below zero, as of a refund whose order does not stand before it",
     QT_TRANSLATE_NOOP("aiva::ImportFault",
                       "a refund, and its order does not stand before it: sort the file by order")},
    {"the order has too many items", QT_TRANSLATE_NOOP("aiva::ImportFault", "the order has too many items")},
    {"a line item cannot be read", QT_TRANSLATE_NOOP("aiva::ImportFault", "an item of the order cannot be read")},
    {"the file ends within this row", QT_TRANSLATE_NOOP("aiva::ImportFault", "the file ends within this row")},
    {"the row is too large, or a quote is not closed",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "the row is too large, or a quote is not closed")},
    {"the row has too many fields", QT_TRANSLATE_NOOP("aiva::ImportFault", "the row has too many fields")},
    {"a field is too large", QT_TRANSLATE_NOOP("aiva::ImportFault", "a field is too large")},
    {"a quote is not closed", QT_TRANSLATE_NOOP("aiva::ImportFault", "a quote is not closed")},
    {"there is text behind a closing quote",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "there is text behind a closing quote")},
};

// Of one cell; %1 is its column.
constexpr FaultSentence cellSentences[] = {
    {"is no e-mail address", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is no e-mail address")},
    {"is no amount", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is no amount")},
    {"is an amount in another currency",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is an amount in another currency")},
    {"can be read in two ways; say --decimal point or --decimal comma",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” can be read in two ways: choose above how amounts are written")},
    {"is no date", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is no date")},
    {"can be read in two ways; say --date-order dmy or --date-order mdy",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” can be read in two ways: choose above how dates are written")},
    {"is a number that a spreadsheet has rounded",
     QT_TRANSLATE_NOOP("aiva::ImportFault",
                       "a spreadsheet has rounded “%1”: export the file anew, or choose above not to use it")},
    {"is another than the order's",
     QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is another currency than the order's")},
    {"is no currency code", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is no currency")},
    {"is no whole number", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is no whole number")},
    {"is empty", QT_TRANSLATE_NOOP("aiva::ImportFault", "“%1” is empty")},
};

QString rowText(const QString& cause) {
    for (const FaultSentence& one : rowSentences)
        if (cause == QLatin1String(one.cause)) return FaultWords::tr(one.sentence);
    if (cause.endsWith(u"is not known; say --currency"_s))
        return FaultWords::tr("the currency is not known: name it above");
    static const QRegularExpression fields(u"^the row has (\\d+) fields, the header (\\d+)$"_s);
    if (const auto match = fields.match(cause); match.hasMatch())
        return FaultWords::tr("the row has %1 cells, the first line of the file %2")
            .arg(match.captured(1), match.captured(2));
    return FaultWords::tr("it cannot be read");
}

QString causeText(const QString& cause) {
    static const QRegularExpression cell(u"^“(.*)” ((?:is|can) .*)$"_s, QRegularExpression::DotMatchesEverythingOption);
    const auto match = cell.match(cause);
    for (const FaultSentence& one : cellSentences)
        if (match.captured(2) == QLatin1String(one.cause)) return FaultWords::tr(one.sentence).arg(match.captured(1));
    return rowText(cause);
}

} // namespace

QString importFaultText(const RecordFault& fault) {
    const QString line = QString::fromStdString(fault.externalId).remove(u"line "_s);
    return FaultWords::tr("Line %1: %2").arg(line, causeText(QString::fromStdString(fault.cause)));
}

} // namespace aiva
