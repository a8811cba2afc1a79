-- Chat groups: what carriers call their members and their chats. Ids are text.
-- An id that hides a number, and the number behind it, as it was once told: both only as hashes.
CREATE TABLE group_aliases (
    group_id TEXT NOT NULL REFERENCES groups (id),
    alias_hash TEXT NOT NULL,       -- hexadecimal SHA-256 of the carrier's id
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    PRIMARY KEY (group_id, alias_hash)
);
CREATE INDEX group_aliases_by_hash ON group_aliases (address_hash);

ALTER TABLE groups ADD COLUMN service TEXT;                     -- in which the carrier keeps the chat, where it has several; the address alone names the chat
UPDATE groups SET service = substr(address, 1, 34), address = substr(address, 36)
WHERE channel = 'whatsapp-conversations' AND address LIKE 'IS%/CH%'
    AND NOT EXISTS (SELECT 1 FROM groups o WHERE o.channel = groups.channel AND o.address = substr(groups.address, 36));
