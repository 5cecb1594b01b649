-- Signed in in the browser with somebody's own rights (C2): such a sign-in holds for a day. NULL: it stays, or the
-- store is connected in another way.
ALTER TABLE stores ADD COLUMN signed_in_until INTEGER;
