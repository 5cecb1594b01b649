-- How each store's interface does (S6): exchanges by how they ended, an hour a row, and the last of either kind.
CREATE TABLE store_api_hours (
    store_id INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
    hour INTEGER NOT NULL, -- UTC, hours since 1970
    answered INTEGER NOT NULL DEFAULT 0,
    answered_ms INTEGER NOT NULL DEFAULT 0, -- of all answered ones
    limited INTEGER NOT NULL DEFAULT 0,     -- "later", by the rate limit
    refused INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unreachable INTEGER NOT NULL DEFAULT 0,
    held_back_ms INTEGER NOT NULL DEFAULT 0, -- waited for the rate limit
    PRIMARY KEY (store_id, hour)
) WITHOUT ROWID;

CREATE TABLE store_api_last (
    store_id INTEGER PRIMARY KEY REFERENCES stores (id) ON DELETE CASCADE,
    answered_at INTEGER, -- UTC, milliseconds since 1970
    failed_at INTEGER,
    error TEXT NOT NULL DEFAULT '' -- of failed_at, in errorWords()
);
