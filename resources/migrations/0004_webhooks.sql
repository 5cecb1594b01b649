-- What shops tell by themselves (S4). A delivery is acknowledged once its row is on the disk; it is applied later, in the
-- order of arrival, in one transaction with the rows it changes, so that a kill at any moment loses and doubles nothing.

CREATE TABLE webhook_deliveries (      -- the queue, and the log of what became of each delivery
    id INTEGER PRIMARY KEY,            -- in the order they came
    source TEXT NOT NULL,              -- shopify, woocommerce
    shop TEXT NOT NULL,                -- the domain its store has
    delivery_id TEXT NOT NULL,         -- the source's own, the same whenever it sends this delivery again
    topic TEXT NOT NULL,               -- as the source spells it
    api_version TEXT NOT NULL,
    triggered_at INTEGER,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL,               -- queued, done, failed
    result TEXT NOT NULL,              -- created updated unchanged stale deleted asked recorded noted …; why it failed
    settled_at INTEGER,
    UNIQUE (source, shop, delivery_id) -- a shop can only use up its own ids
) STRICT;
CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (id) WHERE state = 'queued';
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (id) WHERE state = 'failed';
CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE webhook_bodies (          -- apart, and gone once applied: the log keeps no customer data
    delivery INTEGER PRIMARY KEY REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE webhook_refusals (        -- counted by day, so that a flood of forgeries cannot fill the disk
    day INTEGER NOT NULL,              -- since 1970
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    deliveries INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (day, source, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_rereads (          -- records a delivery named without saying all of them: the shop is asked once for each
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,            -- customers, orders, products; shop: are our credentials still good?
    external_id TEXT NOT NULL,
    wanted INTEGER NOT NULL,           -- grows with each wish: one that came while the shop was asked is not lost
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    UNIQUE (store_id, resource, external_id)
) STRICT;
CREATE INDEX record_rereads_due ON record_rereads (next_attempt_at, id);

CREATE TABLE record_tombstones (       -- deleted at the source: what was said of them before, and arrives later, is void
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,
    external_id TEXT NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (store_id, resource, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE privacy_tasks (           -- what the law asks for and a shop passed on (P1 to P3)
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    kind TEXT NOT NULL,                -- data_request, customer_redact, shop_redact
    subject TEXT NOT NULL,             -- JSON {"customer":{"id","email","phone"},"orders":["gid…"],"request":"…"}
    requested_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL,               -- pending, done
    done_at INTEGER,
    delivery INTEGER NOT NULL UNIQUE   -- in webhook_deliveries; the log may be shorter-lived than the task
) STRICT;
CREATE INDEX privacy_tasks_pending ON privacy_tasks (due_at, id) WHERE state = 'pending';
CREATE INDEX privacy_tasks_by_store ON privacy_tasks (store_id);
