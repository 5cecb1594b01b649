-- Whose conversations are to be matched and ranked anew: looking at all of them after each sync and each batch of
-- webhooks costs more the more mail there is. Kept by triggers where rows change or go, so that no way of writing
-- forgets it; by the writers where they are new, because an insert trigger makes a first sync several times slower
-- (see 0001).
CREATE TABLE profiles_changed (
    profile_id INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE ranking_rule (            -- what conversations were ranked by last; without a row all of them are due
    vip_above_major INTEGER NOT NULL
) STRICT;

CREATE TRIGGER profiles_changed_email_update AFTER UPDATE OF profile_id ON profile_emails
WHEN old.profile_id <> new.profile_id BEGIN
    INSERT OR IGNORE INTO profiles_changed VALUES (old.profile_id), (new.profile_id);
END;

CREATE TRIGGER profiles_changed_customer_update AFTER UPDATE OF profile_id, tags, orders_count, spent_minor, currency
ON customers WHEN old.profile_id <> new.profile_id OR old.tags <> new.tags OR old.orders_count <> new.orders_count
    OR old.spent_minor <> new.spent_minor OR old.currency <> new.currency BEGIN
    INSERT OR IGNORE INTO profiles_changed VALUES (old.profile_id), (new.profile_id);
END;
CREATE TRIGGER profiles_changed_customer_delete AFTER DELETE ON customers BEGIN
    INSERT OR IGNORE INTO profiles_changed VALUES (old.profile_id);
END;

CREATE TRIGGER profiles_changed_order_update AFTER UPDATE OF profile_id, currency, total_minor, cancelled_at
ON orders WHEN old.profile_id IS NOT new.profile_id OR old.currency <> new.currency
    OR old.total_minor <> new.total_minor OR (old.cancelled_at IS NULL) <> (new.cancelled_at IS NULL) BEGIN
    INSERT OR IGNORE INTO profiles_changed SELECT old.profile_id WHERE old.profile_id IS NOT NULL;
    INSERT OR IGNORE INTO profiles_changed SELECT new.profile_id WHERE new.profile_id IS NOT NULL;
END;
CREATE TRIGGER profiles_changed_order_delete AFTER DELETE ON orders WHEN old.profile_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO profiles_changed VALUES (old.profile_id);
END;
