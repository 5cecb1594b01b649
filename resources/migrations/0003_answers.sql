-- Answers: knowledge, playbook texts, model endpoints, proposals, what people did with them, and the audit log.

CREATE TABLE knowledge (               -- policies, FAQ and handling times of a store, cited as facts (A8)
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    kind TEXT NOT NULL,                -- policy, faq, contact, link, handling_time, return_window
    title TEXT NOT NULL,
    text TEXT NOT NULL,                -- handling_time: "24 hours"; return_window: days; contact: the address; link: the URL
    url TEXT NOT NULL DEFAULT '',
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_by_store ON knowledge (store_id, kind, id);
CREATE VIRTUAL TABLE knowledge_fts USING fts5 (
    title, text, content = 'knowledge', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER knowledge_fts_insert AFTER INSERT ON knowledge BEGIN
    INSERT INTO knowledge_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER knowledge_fts_delete AFTER DELETE ON knowledge BEGIN
    INSERT INTO knowledge_fts (knowledge_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER knowledge_fts_update AFTER UPDATE ON knowledge BEGIN
    INSERT INTO knowledge_fts (knowledge_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO knowledge_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE TABLE playbook_texts (          -- a person's own wording; the shipped one stands in resources/playbooks
    playbook TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (playbook, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE playbooks_off (           -- not to be used
    playbook TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE model_endpoints (         -- keys lie in the keychain, never here
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    protocol TEXT NOT NULL,            -- anthropic_messages, openai_responses, openai_chat
    base_url TEXT NOT NULL,
    model TEXT NOT NULL,
    retention TEXT NOT NULL DEFAULT '',-- the user's own statement, in their words; empty: none made
    max_output_tokens INTEGER NOT NULL DEFAULT 1024,
    requests_per_day INTEGER NOT NULL DEFAULT 500,
    requests_per_conversation INTEGER NOT NULL DEFAULT 5,
    is_active INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX model_endpoints_active ON model_endpoints (is_active) WHERE is_active = 1; -- never two

CREATE TABLE model_requests (          -- budgets, and what left the machine: only digests (A11)
    id INTEGER PRIMARY KEY,
    endpoint_id INTEGER NOT NULL REFERENCES model_endpoints (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    payload_digest TEXT NOT NULL,      -- SHA-256, hex
    outcome TEXT NOT NULL,             -- ok, or error words
    input_tokens INTEGER NOT NULL DEFAULT 0,
    output_tokens INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX model_requests_by_endpoint ON model_requests (endpoint_id, at);
CREATE INDEX model_requests_by_conversation ON model_requests (conversation_id, at);

CREATE TABLE intent_labels (           -- what a person accepted or corrected; the store's own training data
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    store_id INTEGER NOT NULL REFERENCES stores (id),
    predicted TEXT NOT NULL,
    confidence INTEGER NOT NULL,       -- of the prediction, in millionths
    label TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intent_labels_by_store ON intent_labels (store_id, made_at);

CREATE TABLE proposals (               -- at most one a conversation; replaced when something new is known
    conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,       -- the customer's newest, which it answers
    state TEXT NOT NULL,               -- ready, check, blocked, hand_over, dismissed
    intent TEXT NOT NULL,              -- JSON
    draft TEXT NOT NULL,               -- JSON; empty: none
    facts TEXT NOT NULL,               -- JSON
    verdict TEXT NOT NULL,             -- JSON
    gate TEXT NOT NULL,                -- JSON
    hand_over TEXT NOT NULL,
    basis TEXT NOT NULL,               -- JSON (V6)
    made_at INTEGER NOT NULL,
    outbox_id INTEGER                  -- waiting there by itself
) STRICT;
CREATE INDEX proposals_by_outbox ON proposals (outbox_id) WHERE outbox_id IS NOT NULL;

-- For the inbox: what the proposal says, kept by the triggers below.
ALTER TABLE conversations ADD COLUMN answer_state TEXT NOT NULL DEFAULT '';
ALTER TABLE conversations ADD COLUMN intent TEXT NOT NULL DEFAULT '';
CREATE INDEX conversations_ready ON conversations (inbox_facet, last_message_at DESC, id DESC) WHERE answer_state = 'ready';
CREATE TABLE ready_counts (            -- conversations with a ready answer by facet, kept like inbox_counts
    inbox_facet INTEGER PRIMARY KEY,
    conversations INTEGER NOT NULL
) STRICT;
CREATE TRIGGER ready_counts_insert AFTER INSERT ON conversations WHEN new.answer_state = 'ready' BEGIN
    INSERT INTO ready_counts VALUES (new.inbox_facet, 1) ON CONFLICT DO UPDATE SET conversations = conversations + 1;
END;
CREATE TRIGGER ready_counts_delete AFTER DELETE ON conversations WHEN old.answer_state = 'ready' BEGIN
    UPDATE ready_counts SET conversations = conversations - 1 WHERE inbox_facet = old.inbox_facet;
END;
CREATE TRIGGER ready_counts_update AFTER UPDATE OF status, customer_spoke_last, unread_count, answer_state ON conversations
WHEN (old.answer_state = 'ready' OR new.answer_state = 'ready')
    AND (old.inbox_facet <> new.inbox_facet OR old.answer_state <> new.answer_state) BEGIN
    UPDATE ready_counts SET conversations = conversations - 1
    WHERE inbox_facet = old.inbox_facet AND old.answer_state = 'ready';
    INSERT INTO ready_counts SELECT new.inbox_facet, 1 WHERE new.answer_state = 'ready'
    ON CONFLICT DO UPDATE SET conversations = conversations + 1;
END;
-- What nothing was proposed for yet: the background takes them from here, however long the inbox is.
CREATE INDEX conversations_unproposed ON conversations (last_message_at DESC, id DESC)
    WHERE answer_state = '' AND inbox_facet IN (2, 3);
CREATE TRIGGER proposals_insert AFTER INSERT ON proposals BEGIN
    UPDATE conversations SET answer_state = new.state,
        intent = coalesce(json_extract(new.intent, '$.intents[0].intent'), '') WHERE id = new.conversation_id;
END;
CREATE TRIGGER proposals_update AFTER UPDATE OF state, intent ON proposals BEGIN
    UPDATE conversations SET answer_state = new.state,
        intent = coalesce(json_extract(new.intent, '$.intents[0].intent'), '') WHERE id = new.conversation_id;
END;
CREATE TRIGGER proposals_delete AFTER DELETE ON proposals BEGIN
    UPDATE conversations SET answer_state = '' WHERE id = old.conversation_id;
END;

CREATE TABLE auto_send_rules (
    store_id INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
    intent TEXT NOT NULL,
    mode TEXT NOT NULL,
    threshold_percent INTEGER NOT NULL,
    delay_minutes INTEGER NOT NULL,
    delay_max_minutes INTEGER NOT NULL,
    window_start_minute INTEGER NOT NULL,
    window_end_minute INTEGER NOT NULL,
    cap_per_hour INTEGER NOT NULL,
    cap_per_customer_day INTEGER NOT NULL,
    approvals_needed INTEGER NOT NULL,
    languages TEXT NOT NULL,           -- separated by blanks
    PRIMARY KEY (store_id, intent)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_outcomes (          -- the earned record: what became of each proposed draft
    id INTEGER PRIMARY KEY,
    store_id INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL,
    customer_email TEXT NOT NULL,      -- normalised; for the cap per customer and day
    intent TEXT NOT NULL,
    source TEXT NOT NULL,              -- playbook, model
    outcome TEXT NOT NULL,             -- unedited, edited, discarded, auto_sent, cancelled
    was_shadow_send INTEGER NOT NULL,  -- the gate would have sent it
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_outcomes_by_store ON draft_outcomes (store_id, intent, outcome, at, was_shadow_send);
CREATE INDEX draft_outcomes_by_customer ON draft_outcomes (customer_email, at) WHERE outcome = 'auto_sent';
CREATE INDEX draft_outcomes_by_conversation ON draft_outcomes (conversation_id, at);

CREATE TABLE audit (                   -- append-only; each entry carries the digest of the one before it (P5)
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,               -- person, aiva
    kind TEXT NOT NULL,                -- gate_decision auto_queued auto_sent auto_cancelled draft_accepted draft_edited …
    store_id INTEGER,
    conversation_id INTEGER,
    detail TEXT NOT NULL,              -- JSON; contexts, prompts and texts only as digests
    previous_digest TEXT NOT NULL,     -- hex; empty for the first
    digest TEXT NOT NULL UNIQUE        -- SHA-256 over every column above, as audit_entry.h says
) STRICT;
CREATE INDEX audit_by_conversation ON audit (conversation_id, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX audit_by_kind ON audit (kind, id);
CREATE TABLE audit_head (              -- where the chain ends: entries cut off behind it are missed
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_id INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- Products by the words of a question (A8). No insert trigger, as for people: ProductWriter inserts these rows.
CREATE VIRTUAL TABLE products_fts USING fts5 (
    title, content = 'products', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO products_fts (products_fts) VALUES ('rebuild');
CREATE TRIGGER products_fts_delete AFTER DELETE ON products BEGIN
    INSERT INTO products_fts (products_fts, rowid, title) VALUES ('delete', old.id, old.title);
END;
CREATE TRIGGER products_fts_update AFTER UPDATE OF title ON products WHEN old.title IS NOT new.title BEGIN
    INSERT INTO products_fts (products_fts, rowid, title) VALUES ('delete', old.id, old.title);
    INSERT INTO products_fts (rowid, title) VALUES (new.id, new.title);
END;

-- Whether a name or a parcel number that stands in a draft is somebody else's.
CREATE INDEX customers_by_name ON customers (store_id, display_name COLLATE NOCASE);
CREATE INDEX trackings_by_number ON trackings (number COLLATE NOCASE) WHERE number <> '';
