// The words of importing files: what a column can mean, what a file was taken for, what an import found.
#pragma once

#include "core/desk/stores/store_desk.h"

#include <QLocale>

namespace aiva {

// What a column of such a file can mean, in the order people look for it.
std::vector<CsvField> importFields(Resource resource);
QString importFieldTitle(CsvField field);

// "Read as an export of Shopify: UTF-8, separated by “,”".
QString importFileText(const CsvFileReport& file);
// "1,204 customers: 1,200 new, 4 changed".
QString importCountsText(Resource resource, const CsvCounts& counts, const QLocale& locale);
// What people should know before they import. `timeZone`: whose times without one were taken for.
QStringList importWarnings(const CsvImportOutcome& outcome, const QString& timeZone);
// Whether it is a new store, or which one is brought up to date.
QString importStoreText(const CsvImportOutcome& outcome);
// Why nothing can be imported, and what to do; empty when it can.
QString importTroubleText(const CsvImportOutcome& outcome);

} // namespace aiva
