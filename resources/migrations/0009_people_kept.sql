-- A person's id is never given again, as those in 0008: what people corrected by hand and what a merge put away speak of
-- persons by it, and would otherwise speak of a stranger.
INSERT INTO last_ids SELECT 'profiles', max(
    ifnull((SELECT max(max(ifnull(old_profile_id, 0), ifnull(new_profile_id, 0))) FROM match_corrections), 0),
    ifnull((SELECT max(max(ifnull(undo ->> '$.row.profile_id', 0), ifnull(undo ->> '$.into.profile_id', 0)))
            FROM conversation_moves), 0));
CREATE TRIGGER last_ids_profiles AFTER DELETE ON profiles WHEN old.id > ifnull((SELECT max(id) FROM profiles), 0) BEGIN
    INSERT INTO last_ids VALUES ('profiles', old.id) ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id);
END;
-- What answers were read from says of whom, so that one put aside stays so.
UPDATE proposals SET basis = json_set(basis, '$.person', (SELECT CAST(ifnull(c.profile_id, 0) AS TEXT)
    FROM conversations c WHERE c.id = proposals.conversation_id)) WHERE json_valid(basis);

-- Mail is matched by the orders it names, when they say the same: whose orders of one name are is looked at together.
CREATE TRIGGER profiles_changed_namesake_delete AFTER DELETE ON orders BEGIN
    INSERT OR IGNORE INTO profiles_changed SELECT profile_id FROM orders
    WHERE name COLLATE NOCASE IN (ltrim(old.name, '#'), '#' || ltrim(old.name, '#')) AND profile_id IS NOT NULL;
END;
CREATE TRIGGER profiles_changed_namesake_update AFTER UPDATE OF profile_id, name, email ON orders
WHEN old.profile_id IS NOT new.profile_id OR old.name <> new.name OR old.email <> new.email BEGIN
    INSERT OR IGNORE INTO profiles_changed SELECT profile_id FROM orders
    WHERE name COLLATE NOCASE IN (ltrim(old.name, '#'), '#' || ltrim(old.name, '#'), ltrim(new.name, '#'),
        '#' || ltrim(new.name, '#')) AND profile_id IS NOT NULL;
END;
