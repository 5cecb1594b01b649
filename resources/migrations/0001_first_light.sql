-- The first schema. STRICT tables; money is INTEGER minor units beside a currency; times are INTEGER milliseconds UTC.
-- Every row of a shop knows its store (whose kind is the source) and its external id, unique per store.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_secrets (          -- AES-256-GCM under a key derived from the workspace key (C5), for machines
    name TEXT PRIMARY KEY,             -- without a keychain and for access tokens
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- shopify, woocommerce, csv
    domain TEXT NOT NULL,
    external_id TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL DEFAULT '',
    time_zone TEXT NOT NULL DEFAULT '',
    plan TEXT NOT NULL DEFAULT '',
    base_url TEXT NOT NULL DEFAULT '', -- only for a loopback sandbox
    auth TEXT NOT NULL DEFAULT '',     -- client_credentials, token
    client_id TEXT NOT NULL DEFAULT '',
    scopes TEXT NOT NULL DEFAULT '',   -- comma separated, as granted
    schedule TEXT NOT NULL DEFAULT 'hourly',
    history_limited INTEGER NOT NULL DEFAULT 1,
    last_sync_at INTEGER,
    last_sync_status TEXT,
    last_error TEXT,                   -- cause of status error or disconnected: kind/cause words
    created_at INTEGER NOT NULL,
    UNIQUE (kind, domain)
) STRICT;

CREATE TABLE store_counts (            -- rows by store, kept by RecordWriter and, for deletions, by triggers: counting a
                                       -- million orders takes too long
    store_id INTEGER PRIMARY KEY REFERENCES stores (id),
    customers INTEGER NOT NULL DEFAULT 0,
    orders INTEGER NOT NULL DEFAULT 0,
    products INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER store_counts_store AFTER INSERT ON stores BEGIN
    INSERT INTO store_counts (store_id) VALUES (new.id);
END;

CREATE TABLE profiles (                -- one person across stores, channels and addresses
    id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE profile_emails (
    email TEXT PRIMARY KEY,            -- normalizedEmail()
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    source TEXT NOT NULL               -- shop: some customer's current address; alias: a former one; order: guests'
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_emails_by_profile ON profile_emails (profile_id);

CREATE TABLE profile_phones (
    phone TEXT NOT NULL,               -- normalizedPhone()
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    PRIMARY KEY (phone, profile_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_phones_by_profile ON profile_phones (profile_id);

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    external_id TEXT NOT NULL,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    display_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,               -- as the source spells it
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    locale TEXT NOT NULL,
    state TEXT NOT NULL,
    tags TEXT NOT NULL,                -- one per line
    address_text TEXT NOT NULL,
    orders_count INTEGER NOT NULL,
    spent_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,       -- the source's; older never overwrites newer (S2)
    content_hash INTEGER NOT NULL,
    UNIQUE (store_id, external_id)
) STRICT;
CREATE TRIGGER store_counts_customers_delete AFTER DELETE ON customers BEGIN
    UPDATE store_counts SET customers = customers - 1 WHERE store_id = old.store_id;
END;
CREATE INDEX customers_by_profile ON customers (profile_id);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    external_id TEXT NOT NULL,
    profile_id INTEGER REFERENCES profiles (id), -- by customer, else by e-mail; absent when it has neither
    customer_external_id TEXT NOT NULL,
    awaits_customer INTEGER NOT NULL DEFAULT 0, -- 1: names a customer the cache does not have yet
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    financial_status TEXT NOT NULL,
    fulfillment_status TEXT NOT NULL,
    cancel_reason TEXT NOT NULL,
    status_page_url TEXT NOT NULL,
    shipping_address_text TEXT NOT NULL,
    tags TEXT NOT NULL,
    currency TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    subtotal_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    discounts_minor INTEGER NOT NULL,
    shipping_minor INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    processed_at INTEGER,
    cancelled_at INTEGER,
    closed_at INTEGER,
    content_hash INTEGER NOT NULL      -- of the order without its items
) STRICT;
-- Descending, because a first sync brings the newest orders first: both indexes then grow at their right edge.
CREATE UNIQUE INDEX orders_by_external_id ON orders (store_id, external_id DESC);
CREATE TRIGGER store_counts_orders_delete AFTER DELETE ON orders BEGIN
    UPDATE store_counts SET orders = orders - 1 WHERE store_id = old.store_id;
END;
CREATE INDEX orders_by_profile ON orders (profile_id, created_at DESC, id DESC) WHERE profile_id IS NOT NULL;
CREATE INDEX orders_by_name ON orders (name COLLATE NOCASE DESC);
CREATE INDEX orders_awaiting_customer ON orders (store_id, customer_external_id) WHERE awaits_customer = 1;

CREATE TABLE order_items (             -- clustered with its order: written and read together
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    variant_title TEXT NOT NULL,
    sku TEXT NOT NULL,
    variant_external_id TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    current_quantity INTEGER NOT NULL,
    unit_price_minor INTEGER NOT NULL,
    PRIMARY KEY (order_id, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fulfillments (
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    display_status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    in_transit_at INTEGER,
    delivered_at INTEGER,
    estimated_delivery_at INTEGER,
    PRIMARY KEY (order_id, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trackings (               -- parcels of a fulfillment, in the source's order
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    fulfillment_external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    company TEXT NOT NULL,
    number TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (order_id, fulfillment_external_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE refunds (
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (order_id, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    external_id TEXT NOT NULL,
    title TEXT NOT NULL,
    handle TEXT NOT NULL,
    status TEXT NOT NULL,
    vendor TEXT NOT NULL,
    product_type TEXT NOT NULL,
    tags TEXT NOT NULL,
    online_store_url TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    content_hash INTEGER NOT NULL,     -- of the product without its variants
    UNIQUE (store_id, external_id)
) STRICT;

CREATE TRIGGER store_counts_products_delete AFTER DELETE ON products BEGIN
    UPDATE store_counts SET products = products - 1 WHERE store_id = old.store_id;
END;
CREATE TABLE variants (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    sku TEXT NOT NULL,
    barcode TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    inventory_quantity INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (product_id, external_id)
) STRICT, WITHOUT ROWID;

-- Conversations ------------------------------------------------------------------------------------------------

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,             -- of the first message
    base_subject TEXT NOT NULL,        -- RFC 5256 §2.1
    store_id INTEGER REFERENCES stores (id),
    status TEXT NOT NULL,              -- open, waiting, done
    customer_email TEXT NOT NULL,      -- normalised: the other side
    customer_name TEXT NOT NULL,
    profile_id INTEGER REFERENCES profiles (id),
    matched_by TEXT NOT NULL DEFAULT 'none',
    match_detail TEXT NOT NULL DEFAULT '',
    precedence TEXT NOT NULL DEFAULT 'PROSPECT', -- kept in step by sync and matching so that splits need no join
    snippet TEXT NOT NULL,
    message_count INTEGER NOT NULL,
    unread_count INTEGER NOT NULL,
    first_message_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    last_inbound_at INTEGER,
    customer_spoke_last INTEGER NOT NULL,
    has_draft INTEGER NOT NULL DEFAULT 0,
    -- What the inbox filters by, in one number: status (open 0, waiting 4, done 8) + customer spoke last (2) + unread (1).
    -- A split or filter is a set of facets, each read in order from one index and merged: every page costs the same.
    inbox_facet INTEGER NOT NULL AS (
        CASE status WHEN 'open' THEN 0 WHEN 'waiting' THEN 4 ELSE 8 END + (customer_spoke_last <> 0) * 2 + (unread_count > 0))
) STRICT;
CREATE INDEX conversations_all ON conversations (last_message_at DESC, id DESC);
CREATE INDEX conversations_by_facet ON conversations (inbox_facet, last_message_at DESC, id DESC);
CREATE INDEX conversations_vip ON conversations (inbox_facet, last_message_at DESC, id DESC) WHERE precedence = 'VIP';
CREATE INDEX conversations_by_profile ON conversations (profile_id, last_message_at DESC) WHERE profile_id IS NOT NULL;
CREATE INDEX conversations_by_email ON conversations (customer_email, last_message_at DESC);

CREATE TABLE inbox_counts (            -- conversations by facet, kept by the triggers below: counting them takes too long
    inbox_facet INTEGER NOT NULL,
    is_vip INTEGER NOT NULL,
    conversations INTEGER NOT NULL,
    PRIMARY KEY (inbox_facet, is_vip)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER inbox_counts_insert AFTER INSERT ON conversations BEGIN
    INSERT INTO inbox_counts VALUES (new.inbox_facet, new.precedence = 'VIP', 1)
    ON CONFLICT DO UPDATE SET conversations = conversations + 1;
END;
CREATE TRIGGER inbox_counts_delete AFTER DELETE ON conversations BEGIN
    UPDATE inbox_counts SET conversations = conversations - 1
    WHERE inbox_facet = old.inbox_facet AND is_vip = (old.precedence = 'VIP');
END;
CREATE TRIGGER inbox_counts_update AFTER UPDATE OF status, customer_spoke_last, unread_count, precedence ON conversations
WHEN old.inbox_facet <> new.inbox_facet OR (old.precedence = 'VIP') <> (new.precedence = 'VIP') BEGIN
    UPDATE inbox_counts SET conversations = conversations - 1
    WHERE inbox_facet = old.inbox_facet AND is_vip = (old.precedence = 'VIP');
    INSERT INTO inbox_counts VALUES (new.inbox_facet, new.precedence = 'VIP', 1)
    ON CONFLICT DO UPDATE SET conversations = conversations + 1;
END;

CREATE TABLE messages (                -- the long columns last: a list reads none of their pages
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    message_id TEXT NOT NULL UNIQUE,   -- header, without brackets
    in_reply_to TEXT NOT NULL,
    direction TEXT NOT NULL,           -- in, out
    from_name TEXT NOT NULL,
    from_email TEXT NOT NULL,
    recipients TEXT NOT NULL,          -- JSON {"to":[{"name","email"}],"cc":[…],"replyTo":[…]}
    sent_at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    folded TEXT NOT NULL,              -- JSON [[firstLine,lineCount,isSignature],…]
    automated INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    raw_size INTEGER NOT NULL,
    has_html INTEGER NOT NULL AS (safe_html <> '') STORED,
    text TEXT NOT NULL,
    safe_html TEXT NOT NULL            -- empty when none
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, sent_at, id);

CREATE TABLE message_references (      -- every id a message names; late parents find their children here
    message_id TEXT NOT NULL,          -- the id named
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    PRIMARY KEY (message_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_references_by_conversation ON message_references (conversation_id); -- joining conversations

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    content_id TEXT NOT NULL,
    is_inline INTEGER NOT NULL,
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message_id, position);

CREATE TABLE attachment_contents (     -- apart, so that listing never touches the bytes
    attachment_id INTEGER PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE drafts (                  -- at most one open draft a conversation; saved as typed
    conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id),
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE match_corrections (       -- D5: remembered and reversible
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    email TEXT NOT NULL,
    old_profile_id INTEGER,
    new_profile_id INTEGER,
    made_at INTEGER NOT NULL,
    reverted_at INTEGER
) STRICT;
CREATE INDEX match_corrections_by_conversation ON match_corrections (conversation_id);
CREATE INDEX match_corrections_by_email ON match_corrections (email) WHERE reverted_at IS NULL;

CREATE TABLE mail_sources (            -- imported files and folders
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    last_import_at INTEGER,
    messages INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Sync ---------------------------------------------------------------------------------------------------------

CREATE TABLE sync_jobs (
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    kind TEXT NOT NULL,
    trigger TEXT NOT NULL,
    status TEXT NOT NULL,
    resources TEXT NOT NULL,           -- comma separated
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    estimated_ms INTEGER,
    counts TEXT NOT NULL DEFAULT '{}', -- {"customers":{"processed","created","updated","failed"},…}
    error TEXT                         -- kind/cause words of what stopped it
) STRICT;
CREATE INDEX sync_jobs_by_store ON sync_jobs (store_id, id DESC);
CREATE INDEX sync_jobs_running ON sync_jobs (store_id, id DESC) WHERE status = 'running';

CREATE TABLE sync_faults (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES sync_jobs (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    external_id TEXT NOT NULL,
    cause TEXT NOT NULL
) STRICT;
CREATE INDEX sync_faults_by_job ON sync_faults (job_id);

CREATE TABLE sync_checkpoints (        -- where an unfinished run stands; written in the transaction of the rows it covers
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,
    job_id INTEGER NOT NULL REFERENCES sync_jobs (id),
    state TEXT NOT NULL,               -- JSON of the run: phase, cursor, bulk operation, spool file and offset
    PRIMARY KEY (store_id, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_watermarks (         -- newest updated_at fully taken over
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (store_id, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE bulk_children (           -- children whose parent was not at hand when their line came
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,
    parent_external_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line TEXT NOT NULL,                -- as it stood in the file
    PRIMARY KEY (store_id, resource, parent_external_id, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bulk_suspects (           -- cached children a re-sent parent came without; stale unless they come late
    store_id INTEGER NOT NULL REFERENCES stores (id),
    resource TEXT NOT NULL,
    parent_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,         -- empty: the parent itself is older than the cache, its late children are void
    PRIMARY KEY (store_id, resource, parent_id, external_id)
) STRICT, WITHOUT ROWID;

-- Search: external-content FTS5 ----------------------------------------------------------------------------------

CREATE VIRTUAL TABLE messages_fts USING fts5 (
    subject, from_name, from_email, text,
    content = 'messages', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER messages_fts_insert AFTER INSERT ON messages BEGIN
    INSERT INTO messages_fts (rowid, subject, from_name, from_email, text)
    VALUES (new.id, new.subject, new.from_name, new.from_email, new.text);
END;
CREATE TRIGGER messages_fts_delete AFTER DELETE ON messages BEGIN
    INSERT INTO messages_fts (messages_fts, rowid, subject, from_name, from_email, text)
    VALUES ('delete', old.id, old.subject, old.from_name, old.from_email, old.text);
END;

-- People and orders have no insert trigger: a trigger makes SQLite open a statement journal for each row, and FTS5 then
-- writes its pending terms out each time, which made a first sync six times slower. RecordWriter inserts these rows.
CREATE VIRTUAL TABLE customers_fts USING fts5 (
    display_name, email, phone, tags, address_text,
    content = 'customers', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER customers_fts_delete AFTER DELETE ON customers BEGIN
    INSERT INTO customers_fts (customers_fts, rowid, display_name, email, phone, tags, address_text)
    VALUES ('delete', old.id, old.display_name, old.email, old.phone, old.tags, old.address_text);
END;
CREATE TRIGGER customers_fts_update AFTER UPDATE OF display_name, email, phone, tags, address_text ON customers
WHEN old.display_name IS NOT new.display_name OR old.email IS NOT new.email OR old.phone IS NOT new.phone
  OR old.tags IS NOT new.tags OR old.address_text IS NOT new.address_text BEGIN
    INSERT INTO customers_fts (customers_fts, rowid, display_name, email, phone, tags, address_text)
    VALUES ('delete', old.id, old.display_name, old.email, old.phone, old.tags, old.address_text);
    INSERT INTO customers_fts (rowid, display_name, email, phone, tags, address_text)
    VALUES (new.id, new.display_name, new.email, new.phone, new.tags, new.address_text);
END;

-- An order is found by its name through orders_by_name and by its person; only what it says beyond them (a guest, a
-- gift's address) is indexed here, else every order would repeat its customer's words.
CREATE TABLE order_texts (
    order_id INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE orders_fts USING fts5 (
    text, content = 'order_texts', content_rowid = 'order_id', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER orders_fts_delete AFTER DELETE ON order_texts BEGIN
    INSERT INTO orders_fts (orders_fts, rowid, text) VALUES ('delete', old.order_id, old.text);
END;
CREATE TRIGGER orders_fts_update AFTER UPDATE ON order_texts BEGIN
    INSERT INTO orders_fts (orders_fts, rowid, text) VALUES ('delete', old.order_id, old.text);
    INSERT INTO orders_fts (rowid, text) VALUES (new.order_id, new.text);
END;
