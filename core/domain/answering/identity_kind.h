// What gives a person away: used to ask whether a value in a draft is somebody else's. Plain values.
#pragma once

namespace aiva {

enum class IdentityKind { Name, Email, Phone, OrderName, TrackingNumber };

} // namespace aiva
