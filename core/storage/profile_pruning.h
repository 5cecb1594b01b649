// What is left of a person's profile when a store is gone, or erased them while others still know them: only what some
// row that stays says. Used inside core/storage by erasure and by dropping a store, in their transaction.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database.h"

namespace aiva {

// Addresses and phones no customer, order or conversation of the profile has any more.
Result<void> forgetWhatNobodySays(Database& writer, ProfileId profile);
// A profile no shop's record speaks of: it goes, and its conversations are with nobody known.
enum class ProfileFate { Kept, Gone };
Result<ProfileFate> pruneProfile(Database& writer, ProfileId profile);

} // namespace aiva
