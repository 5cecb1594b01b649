-- Erasing people and stores (P1 to P3). What was erased is remembered by keyed digests only, so that neither a sync nor
-- a mailbox brings it back while its source still has it.

CREATE TABLE erasure_key (             -- 32 random bytes, made with the first mark; here and not derived, because a
    id INTEGER PRIMARY KEY CHECK (id = 1), -- change of the workspace key must not make the marks void
    key BLOB NOT NULL
) STRICT;

CREATE TABLE erasure_marks (
    digest BLOB PRIMARY KEY,           -- HMAC-SHA-256 under that key, see storage/erasure_marks.h
    erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE privacy_cleanups (        -- what must still happen after rows went: wanted in their transaction, ended later
    step TEXT NOT NULL,                -- full_text, spool, pages, secrets
    subject TEXT NOT NULL,             -- spool: the file's name; secrets: "shopify:acme.example"; else empty
    wanted_at INTEGER NOT NULL,
    PRIMARY KEY (step, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_ids (                -- ids that no new row may take: the audit log speaks of who had them
    name TEXT PRIMARY KEY,             -- conversations, stores
    id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Mail the server still has and that must not come back: a fault of its own that is nobody's trouble.
ALTER TABLE mail_folders ADD COLUMN erased INTEGER NOT NULL DEFAULT 0; -- of its faults, those that are erased
DROP TRIGGER mail_locations_insert;
DROP TRIGGER mail_locations_delete;
DROP TRIGGER mail_locations_update;
CREATE TRIGGER mail_locations_insert AFTER INSERT ON mail_locations BEGIN
    UPDATE mail_folders SET listed = listed + 1, linked = linked + (new.message_id IS NOT NULL),
        faults = faults + (new.fault <> ''), erased = erased + (new.fault = 'erased') WHERE id = new.folder_id;
END;
CREATE TRIGGER mail_locations_delete AFTER DELETE ON mail_locations BEGIN
    UPDATE mail_folders SET listed = listed - 1, linked = linked - (old.message_id IS NOT NULL),
        faults = faults - (old.fault <> ''), erased = erased - (old.fault = 'erased') WHERE id = old.folder_id;
END;
CREATE TRIGGER mail_locations_update AFTER UPDATE OF message_id, fault ON mail_locations
WHEN (old.message_id IS NULL) <> (new.message_id IS NULL) OR (old.fault = '') <> (new.fault = '')
    OR (old.fault = 'erased') <> (new.fault = 'erased') BEGIN
    UPDATE mail_folders SET linked = linked + (new.message_id IS NOT NULL) - (old.message_id IS NOT NULL),
        faults = faults + (new.fault <> '') - (old.fault <> ''),
        erased = erased + (new.fault = 'erased') - (old.fault = 'erased') WHERE id = new.folder_id;
END;
