// What is said of how a shop's interface does (S6). Pure.
#pragma once

#include "core/readmodel/sync_query.h"

#include <QString>

namespace aiva {

// "1,240 requests in 24 h · 210 ms each · held back 12 s · 3 went wrong, last 14:02"; empty when
// nothing was asked.
QString apiHealthText(const ApiHealth& health, UtcTime now);

} // namespace aiva
