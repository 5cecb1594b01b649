-- A fingerprint of what an order has besides its items: fulfillments, parcels, refunds. Most changes of an order leave
-- them as they are, and rewriting them all the same costs six pages an order, which the larger the cache is, the
-- rarer are at hand. 0: not known, so the next change writes them once more.
ALTER TABLE orders ADD COLUMN parts_hash INTEGER NOT NULL DEFAULT 0;
