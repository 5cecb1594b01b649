// What the source holds, written plainly for tests that compare a cache with it: the values of core/domain records
// under their own names. Also finds the records a touch names.
#pragma once

#include "app/sandbox/graph/record_index.h"

#include <QJsonValue>

namespace aiva::sandbox {

// {"resource":"orders","records":[…]} of the records the search text means, by id.
std::string truthOf(const GraphContext& context, RecordIndex& index, World::Kind kind, const std::string& query);
std::string recordId(const World& world, World::Kind kind, std::int64_t index);
// A number: that many of the newest. A list: order names, e-mail addresses or ids; unknown ones are left out.
std::vector<std::int64_t> chooseRecords(const World& world, World::Kind kind, const QJsonValue& wanted);

} // namespace aiva::sandbox
