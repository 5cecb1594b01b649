// Whether a name, an address or a number is known to be somebody else's than one person's: asked of every such value in
// a draft. Indexed look-ups only; says yes or no, never whose it is.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/identity_kind.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <QString>

#include <memory>

namespace aiva {

class IdentityQuery {
public:
    static Result<std::unique_ptr<IdentityQuery>> create(Database& reader);
    ~IdentityQuery();

    // True when another profile has the value and `own` has it not. Names (whole, in any case) and orders are this
    // store's, because stores count alike; addresses, phones and parcels are anybody's. `own` may be invalid: nobody.
    Result<bool> isSomebodyElses(StoreId store, ProfileId own, IdentityKind kind, const QString& value);

private:
    class Private;
    explicit IdentityQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
