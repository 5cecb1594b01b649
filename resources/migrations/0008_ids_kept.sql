-- Ids that something outlives: the answering half knows a waiting mail by its id, a shop's request its delivery. Kept by
-- triggers, so that no way of deleting forgets it; only the highest matters, a lower one is never given again.
INSERT INTO last_ids SELECT 'webhook_deliveries', ifnull(max(delivery), 0) FROM privacy_tasks;
CREATE TRIGGER last_ids_outbox AFTER DELETE ON outbox WHEN old.id > ifnull((SELECT max(id) FROM outbox), 0) BEGIN
    INSERT INTO last_ids VALUES ('outbox', old.id) ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id);
END;
CREATE TRIGGER last_ids_webhook_deliveries AFTER DELETE ON webhook_deliveries
WHEN old.id > ifnull((SELECT max(id) FROM webhook_deliveries), 0) BEGIN
    INSERT INTO last_ids VALUES ('webhook_deliveries', old.id)
    ON CONFLICT (name) DO UPDATE SET id = max(id, excluded.id);
END;
