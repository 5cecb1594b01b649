// What is left of a person's profile when a store is gone, or erased them while others still know them, or when one of
// their customers turns out to be somebody else: only what some row that stays says. Used inside core/storage by
// erasure, by dropping a store and by CustomerWriter, in their transaction.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <vector>

namespace aiva {

// Phones no customer and no order of the profile has any more.
Result<void> forgetUnsaidPhones(Database& writer, ProfileId profile);
// These, and addresses no customer, order or conversation of the profile has any more.
Result<void> forgetWhatNobodySays(Database& writer, ProfileId profile);
// Profiles no shop's record speaks of go, and their conversations are with whom their addresses say, once they are
// matched again. The others keep what is said of them. How many went.
Result<qint64> pruneProfiles(Database& writer, const std::vector<ProfileId>& profiles);

} // namespace aiva
