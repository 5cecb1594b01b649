// The facts of one customer of the invented shop, as the verifier gets them. Used by generated_replies.
#pragma once

#include "app/sandbox/world/world.h"
#include "core/domain/answering/fact.h"

namespace aiva::test {

FactSet factsOfCustomer(const sandbox::World& world, qint64 customer);

} // namespace aiva::test
