// aivactl store import: customers and orders from CSV files.
#pragma once

#include "app/aivactl/commands.h"

namespace aiva::ctl {

Result<int> importStore(Context& context);

} // namespace aiva::ctl
