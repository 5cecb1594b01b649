// What a shop is told when its store leaves: `aivactl store disconnect` and `privacy drop-store`.
#pragma once

#include "app/aivactl/commands.h"

#include "core/storage/stores/store_repository.h"

namespace aiva::ctl {

// The shop tells us nothing any more, and its token is revoked where that is possible (C7). What it refuses is said on
// stderr and keeps nobody: a shop that cannot be reached is left all the same. Nothing where disconnecting did so
// before.
void partFromShop(Context& context, OpenWorkspace& open, const StoreRow& store);

} // namespace aiva::ctl
