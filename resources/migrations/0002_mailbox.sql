-- The mailbox: accounts, folders, where each message lies on the server, team state, outbox, notes, canned replies.

CREATE TABLE mailboxes (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,      -- normalised
    display_name TEXT NOT NULL,
    own_addresses TEXT NOT NULL,       -- one per line, normalised
    user_name TEXT NOT NULL,
    auth TEXT NOT NULL,                -- password, oauth
    oauth TEXT NOT NULL DEFAULT '',    -- JSON {"name","clientId","authorizeUrl","tokenUrl","scopes":[]}; no secret
    imap_host TEXT NOT NULL,
    imap_port INTEGER NOT NULL,
    imap_security TEXT NOT NULL,
    smtp_host TEXT NOT NULL,
    smtp_port INTEGER NOT NULL,
    smtp_security TEXT NOT NULL,
    ca_certificates TEXT NOT NULL DEFAULT '', -- PEM
    store_id INTEGER REFERENCES stores (id),
    signature_text TEXT NOT NULL DEFAULT '',
    signature_html TEXT NOT NULL DEFAULT '',
    authserv_id TEXT NOT NULL DEFAULT '',
    undo_seconds INTEGER NOT NULL DEFAULT 10,
    sent_proof TEXT NOT NULL DEFAULT 'own_copy',
    team_mode TEXT NOT NULL DEFAULT 'unknown',
    team_reason TEXT NOT NULL DEFAULT '',
    agent_slot INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'connected',
    last_error TEXT NOT NULL DEFAULT '',
    last_sync_at INTEGER
) STRICT;

CREATE TABLE mail_folders (
    id INTEGER PRIMARY KEY,
    mailbox_id INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,                -- none, inbox, sent, drafts, archive, trash, junk, all
    uid_validity INTEGER NOT NULL DEFAULT 0,
    highest_mod_seq INTEGER NOT NULL DEFAULT 0, -- changes up to here are in the cache; 0: none known
    uid_next INTEGER NOT NULL DEFAULT 0,
    listed_at INTEGER,                 -- when every mail and flag was last compared with the server
    listed INTEGER NOT NULL DEFAULT 0, -- its rows in mail_locations, those with a message, those that could not be
    linked INTEGER NOT NULL DEFAULT 0, -- read: kept by the triggers below, counting a large folder takes too long
    faults INTEGER NOT NULL DEFAULT 0,
    UNIQUE (mailbox_id, name)
) STRICT;

CREATE TABLE mail_locations (          -- every UID known of a folder
    folder_id INTEGER NOT NULL REFERENCES mail_folders (id) ON DELETE CASCADE,
    uid INTEGER NOT NULL,
    message_id INTEGER REFERENCES messages (id), -- absent: not fetched yet, or refused (fault)
    mod_seq INTEGER NOT NULL,
    flags TEXT NOT NULL,               -- words separated by blanks: \Seen \Answered $Keyword
    fault TEXT NOT NULL DEFAULT '',    -- why it could not be read (S8); tried again when empty and message_id absent
    seen_wanted INTEGER,               -- read (1) or unread (0) was said here and the server does not know yet
    PRIMARY KEY (folder_id, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_locations_by_message ON mail_locations (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mail_locations_to_fetch ON mail_locations (folder_id, uid DESC) WHERE message_id IS NULL AND fault = '';
CREATE INDEX mail_locations_faults ON mail_locations (folder_id, uid) WHERE fault <> '';
CREATE INDEX mail_locations_seen_wanted ON mail_locations (folder_id, uid) WHERE seen_wanted IS NOT NULL;
CREATE TRIGGER mail_locations_insert AFTER INSERT ON mail_locations BEGIN
    UPDATE mail_folders SET listed = listed + 1, linked = linked + (new.message_id IS NOT NULL),
        faults = faults + (new.fault <> '') WHERE id = new.folder_id;
END;
CREATE TRIGGER mail_locations_delete AFTER DELETE ON mail_locations BEGIN
    UPDATE mail_folders SET listed = listed - 1, linked = linked - (old.message_id IS NOT NULL),
        faults = faults - (old.fault <> '') WHERE id = old.folder_id;
END;
CREATE TRIGGER mail_locations_update AFTER UPDATE OF message_id, fault ON mail_locations
WHEN (old.message_id IS NULL) <> (new.message_id IS NULL) OR (old.fault = '') <> (new.fault = '') BEGIN
    UPDATE mail_folders SET linked = linked + (new.message_id IS NOT NULL) - (old.message_id IS NOT NULL),
        faults = faults + (new.fault <> '') - (old.fault <> '') WHERE id = new.folder_id;
END;
-- Whoever reads a mail here, the server is told of it at the next chance, also after being offline.
CREATE TRIGGER messages_seen_wanted AFTER UPDATE OF unread ON messages WHEN old.unread <> new.unread BEGIN
    UPDATE mail_locations SET seen_wanted = CASE
        WHEN (instr(' ' || flags || ' ', ' \Seen ') > 0) = (new.unread = 0) THEN NULL ELSE new.unread = 0 END
    WHERE message_id = new.id;
END;

-- Cached mail that was on the server and is not any more (deleted, or filed where we do not look). The copy stays
-- readable and searchable until retention ends it; a conversation left with nothing to answer is closed, and opened
-- again should its mail come back.
CREATE TABLE mail_gone (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    closed_conversation INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Team state (V8) ------------------------------------------------------------------------------------------------

CREATE TABLE team_agents (
    mailbox_id INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    slot INTEGER NOT NULL,             -- 1…16
    name TEXT NOT NULL,
    is_me INTEGER NOT NULL,
    PRIMARY KEY (mailbox_id, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_anchors (            -- the one message that carries a conversation's state
    conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    folder_id INTEGER NOT NULL REFERENCES mail_folders (id) ON DELETE CASCADE,
    uid INTEGER NOT NULL,              -- 0: its place is not known any more
    mod_seq INTEGER NOT NULL,          -- of the words below; 0: unknown
    words TEXT NOT NULL DEFAULT '',    -- our keywords there as last seen
    is_claiming INTEGER NOT NULL DEFAULT 0, -- written before the claim is asked for: our slot alone proves nothing
    wanted TEXT NOT NULL DEFAULT ''    -- JSON of a change made here and not yet on the server; empty: none
) STRICT;
CREATE INDEX team_anchors_by_place ON team_anchors (folder_id, uid);
CREATE INDEX team_anchors_wanted ON team_anchors (conversation_id) WHERE wanted <> '';

ALTER TABLE conversations ADD COLUMN mailbox_id INTEGER REFERENCES mailboxes (id); -- where it came in
ALTER TABLE conversations ADD COLUMN assignee_slot INTEGER NOT NULL DEFAULT 0;     -- of that mailbox; 0: nobody
ALTER TABLE conversations ADD COLUMN claim_slot INTEGER NOT NULL DEFAULT 0;        -- who is sending right now
CREATE INDEX conversations_by_assignee ON conversations (assignee_slot, inbox_facet, last_message_at DESC, id DESC)
    WHERE assignee_slot > 0;
CREATE INDEX conversations_by_store ON conversations (store_id, inbox_facet, last_message_at DESC, id DESC)
    WHERE store_id IS NOT NULL;

-- Merge and split (V2), each reversible ----------------------------------------------------------------------------

CREATE TABLE conversation_moves (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- merge, split
    from_id INTEGER NOT NULL,          -- merge: the conversation that is gone; split: the one messages left
    to_id INTEGER NOT NULL,            -- merge: the one they went into; split: the new one
    undo TEXT NOT NULL,                -- JSON: ids of the rows moved, and the rows as they were
    made_at INTEGER NOT NULL,
    reverted_at INTEGER
) STRICT;
CREATE INDEX conversation_moves_by_target ON conversation_moves (to_id, id);
CREATE INDEX conversation_moves_by_source ON conversation_moves (from_id, id);

CREATE TABLE conversations_apart (     -- a person said these are two matters: no mail joins them, nothing suggests it
    one_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- every pair stands both ways round
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_apart_by_other ON conversations_apart (other_id);

CREATE TABLE message_tokens (          -- of mail we sent: the token in its Message-ID, see domain/message_ids.h
    token TEXT NOT NULL,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (token, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_tokens_by_message ON message_tokens (message_id);

CREATE TABLE conversation_orders (     -- order numbers the customer named, as order_names finds them
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (conversation_id, name)
) STRICT, WITHOUT ROWID;

-- Of mail behind a sender that writes for many people: "sender order", and customer_email is empty. Else empty.
ALTER TABLE conversations ADD COLUMN shared_party TEXT NOT NULL DEFAULT '';
CREATE INDEX conversations_by_shared_party ON conversations (shared_party, last_message_at DESC) WHERE shared_party <> '';

-- Sender authentication (A10) ----------------------------------------------------------------------------------------

CREATE TABLE sender_checks (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL,             -- verified, unverified, suspicious, failed
    spf TEXT NOT NULL,                 -- RFC 8601 result words; empty: not said by a trusted server
    dkim TEXT NOT NULL,
    dmarc TEXT NOT NULL,
    aligned_domain TEXT NOT NULL,      -- what was authenticated, empty when nothing was
    warnings TEXT NOT NULL             -- words separated by blanks: reply_to_elsewhere look_alike_domain …
) STRICT;

-- Writing ------------------------------------------------------------------------------------------------------------

ALTER TABLE drafts ADD COLUMN kind TEXT NOT NULL DEFAULT 'reply'; -- reply, reply_all
ALTER TABLE drafts ADD COLUMN mailbox_id INTEGER REFERENCES mailboxes (id);
ALTER TABLE drafts ADD COLUMN recipients TEXT NOT NULL DEFAULT ''; -- JSON {"to":[{"name","email"}],"cc":[],"bcc":[]}; empty: as the kind says
ALTER TABLE drafts ADD COLUMN subject TEXT NOT NULL DEFAULT '';    -- empty: Re: of the conversation
ALTER TABLE drafts ADD COLUMN basis TEXT NOT NULL DEFAULT '';      -- JSON of what its facts were read from (V6)
ALTER TABLE drafts ADD COLUMN facts TEXT NOT NULL DEFAULT '';      -- JSON of the orders as they stood then, to show what changed
ALTER TABLE drafts ADD COLUMN quote TEXT NOT NULL DEFAULT 'below'; -- below, left_out
ALTER TABLE drafts ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE note_drafts (             -- of its own: what is meant for colleagues never turns into a reply
    conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_versions (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_versions_by_conversation ON draft_versions (conversation_id, id DESC);

CREATE TABLE draft_attachments (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    content_id TEXT NOT NULL,          -- of an inline image, else empty
    size INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX draft_attachments_by_conversation ON draft_attachments (conversation_id, position);

CREATE TABLE notes (                   -- internal: no path leads from here to a mail
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id),
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_by_conversation ON notes (conversation_id, written_at, id);

CREATE TABLE canned_replies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,                -- {{customer.first_name}} … are variables
    updated_at INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE outbox (                  -- V5: frozen when queued
    id INTEGER PRIMARY KEY,
    mailbox_id INTEGER NOT NULL REFERENCES mailboxes (id),
    conversation_id INTEGER REFERENCES conversations (id),
    message_id TEXT NOT NULL UNIQUE,   -- header, without brackets
    state TEXT NOT NULL,
    origin TEXT NOT NULL,              -- person, auto_reply
    subject TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    recipients TEXT NOT NULL,          -- JSON ["a@b", …]: the envelope
    mail BLOB NOT NULL,                -- the bytes to send
    text TEXT NOT NULL,                -- to show, and to give back as a draft on undo
    draft TEXT NOT NULL,               -- JSON of the draft as it was, to give back on undo
    basis TEXT NOT NULL,               -- V6
    cancel_when_customer_writes INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,       -- end of the undo window, or send later
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    handed_over_at INTEGER,            -- written before the final dot may leave; cleared by a certain refusal
    sent_at INTEGER,
    holds_claim INTEGER NOT NULL DEFAULT 0, -- 1: asked for, perhaps granted, not given back yet
    error TEXT NOT NULL DEFAULT ''     -- kind/cause words of the last failure or hold
) STRICT;
CREATE INDEX outbox_open ON outbox (next_attempt_at) WHERE state IN ('waiting', 'sending', 'unknown', 'filing');
CREATE INDEX outbox_stuck ON outbox (id) WHERE state IN ('held', 'failed');
CREATE INDEX outbox_ended ON outbox (id) WHERE state IN ('sent', 'cancelled');
CREATE INDEX outbox_claims ON outbox (id) WHERE holds_claim = 1;
CREATE INDEX outbox_by_conversation ON outbox (conversation_id, id) WHERE conversation_id IS NOT NULL;

-- Search ---------------------------------------------------------------------------------------------------------

-- A trigger makes SQLite open a statement journal for each row, and FTS5 then writes its pending terms out each time.
-- MessageRows indexes a transaction's new messages at once, just before the commit.
DROP TRIGGER messages_fts_insert;
