-- Whom the topmost Authentication-Results of a mail names (A10), and the mailbox it came in through: whose results a
-- mailbox may believe is learned from its newest mails. A server's name. NULL: there is none, or the mail is older than
-- this column.
ALTER TABLE sender_checks ADD COLUMN mailbox_id INTEGER REFERENCES mailboxes (id);
ALTER TABLE sender_checks ADD COLUMN seen_authserv_id TEXT;
