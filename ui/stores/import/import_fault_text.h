// The words of what is wrong with a row of an imported file. Core names it in English, for the log and for aivactl.
#pragma once

#include "core/domain/shop/source_records.h"

#include <QString>

namespace aiva {

// "Line 17: “Total” is no amount"
QString importFaultText(const RecordFault& fault);

} // namespace aiva
