// People and orders for the tests of the desk: made up, complete, and the same every time.
#pragma once

#include "core/readmodel/customer_query.h"

namespace aiva::sample {

// Saturday, 21 February 2026, 09:43 UTC.
UtcTime now();
Money usd(qint64 cents);

// #1042: two Blue Widgets and a gift wrap, shipped with USPS, in transit.
OrderView shippedOrder();
OrderView unfulfilledOrder();
OrderView cancelledOrder();
OrderView refundedOrder();
// Two parcels, one without a link; discount, shipping, tax, a refund.
OrderView partialOrder();
OrderView deliveredOrder();
OrderView orderWithItems(int count);

// John Okafor: VIP, three orders, $450.00.
CustomerView vip();
// Long names, many tags, two stores, several addresses, a note, limited history.
CustomerView crowded();
CustomerView prospect();
CustomerView withOrders(int count);

} // namespace aiva::sample
