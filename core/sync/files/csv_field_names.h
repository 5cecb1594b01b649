// The names columns go by, in the order they are preferred: Shopify's, WooCommerce's and its common export plug-ins',
// then what people write in English, German, French and Spanish.
#pragma once

#include "core/domain/names.h"
#include "core/sync/files/csv_columns.h"

#include <array>

namespace aiva {

struct CsvFieldNames {
    CsvField field;
    const char* word;
    // Separated by blanks; without blanks and punctuation, lower case. A field without names for a resource is none of
    // its fields.
    const char16_t* customers;
    const char16_t* orders;
};

extern const std::array<CsvFieldNames, kCsvFields> kCsvFieldNames;

// "Order #" → "order", "E-Mail" → "email", "Straße" → "straße".
QString plainColumnName(const QString& name);

} // namespace aiva
