// A 64-bit fingerprint of a root record, so that a re-sent record that says nothing new touches no row. Used by the
// record writers only. Fast, not cryptographic: it guards against repetition, not against an adversary.
#pragma once

#include "core/domain/shop/source_records.h"

namespace aiva {

// Over every field, updatedAt included; tags in the source's order.
qint64 contentHash(const CustomerRecord& record);
// Without the items, which are compared row by row because bulk files send them apart.
qint64 contentHash(const OrderRecord& record);
// Of its fulfillments, parcels and refunds alone.
qint64 partsHash(const OrderRecord& record);
// Without the variants, for the same reason.
qint64 contentHash(const ProductRecord& record);

} // namespace aiva
