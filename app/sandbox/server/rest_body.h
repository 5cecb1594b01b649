// The bodies of the shop's webhooks: REST-shaped JSON of the world's records, as far as clients read it. Pure.
#pragma once

#include "app/sandbox/world/world.h"

#include <string>

namespace aiva::sandbox {

// Of the record as it is now.
std::string restBody(const World& world, World::Kind kind, std::int64_t index);

} // namespace aiva::sandbox
