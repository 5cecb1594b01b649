-- A shop whose interface version Aiva was made for has ended answers with another one: people should know before
-- something is missing.
ALTER TABLE stores ADD COLUMN other_api TEXT NOT NULL DEFAULT '';
